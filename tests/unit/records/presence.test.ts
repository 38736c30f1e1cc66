import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { asOrigin, asUserId, foldEmail, type UserId } from '../../../lib/model/ids.ts';
import { deskFaceCalls, faceCalls, panelFaceCalls } from '../../../lib/records/face-calls.ts';
import { createPresences } from '../../../lib/records/presence.ts';
import { presenceOnPage, presenceView } from '../../../lib/records/show-presence.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { saveFace } from '../../../lib/settings/faces.ts';
import { fakeGraph, graphError, json, type Sent } from '../graph/fake-graph.ts';
import { account, me, other } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, TAB } from './fake-worker.ts';

const bob = asUserId('bbbbbbbb-0000-4000-8000-000000000002');
const ids = (sent: Sent[]) => sent.map(({ body }) => (body as { ids: string[] }).ids);
const everybody = (one: Sent) =>
  json({
    value: (one.body as { ids: string[] }).ids.map((id) => ({ id, availability: 'Available', activity: 'Available' })),
  });
const AVAILABLE = { look: 'available', word: 'available', alsoOut: false };

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({}));
});

describe('what Microsoft said', () => {
  it('holds for a minute and a half, for all tabs that ask, of each account apart', async () => {
    const { graph, sent, clock } = fakeGraph([everybody]);
    const presences = createPresences(graph, clock);
    const [one, two] = await Promise.all([presences.of(account, [bob, me]), presences.of(account, [bob])]);
    expect(one.known.get(bob)).toEqual(AVAILABLE);
    expect(two.known.get(bob)).toEqual(AVAILABLE);
    expect(ids(sent)).toEqual([[bob, me]]);
    await clock.sleep(89_000);
    const carol = asUserId('carol');
    await presences.of(account, [bob, carol]);
    expect(ids(sent).at(-1)).toEqual([carol]);
    await clock.sleep(1_000);
    await presences.of(account, [bob]);
    expect(ids(sent).at(-1)).toEqual([bob]);
    await presences.of(other, [bob]);
    expect(sent).toHaveLength(4);
  });

  it('stays for five minutes where asking again fails, which waits as long as Microsoft says', async () => {
    const { graph, sent, clock } = fakeGraph([
      everybody,
      graphError(429, 'x', 'x', { 'Retry-After': '120' }),
      everybody,
    ]);
    const presences = createPresences(graph, clock);
    await presences.of(account, [bob]);
    await clock.sleep(100_000);
    const second = await presences.of(account, [bob]);
    expect(second.problem?.code).toBe('throttled');
    expect(second.known.get(bob)).toEqual(AVAILABLE);
    await clock.sleep(100_000);
    expect((await presences.of(account, [bob])).problem?.code).toBe('throttled');
    expect(sent).toHaveLength(2);
    await clock.sleep(21_000);
    expect(await presences.of(account, [bob])).toEqual({ known: new Map([[bob, AVAILABLE]]), problem: null });
  });

  it('is not shown for ever', async () => {
    const { graph, clock } = fakeGraph([everybody, graphError(403, 'Forbidden', 'blocked by policy')]);
    const presences = createPresences(graph, clock);
    await presences.of(account, [bob]);
    await clock.sleep(301_000);
    expect((await presences.of(account, [bob])).known.size).toBe(0);
  });

  it('goes with the account', async () => {
    const { graph, sent, clock } = fakeGraph([everybody]);
    const presences = createPresences(graph, clock);
    await presences.of(account, [bob]);
    presences.forget(account);
    await presences.of(account, [bob]);
    expect(sent).toHaveLength(2);
  });
});

/** A worker whose account may ask (or not), over a Graph that says everybody is available. */
async function facesWorker({ allowed = true, cloud = 'global' as 'global' | 'china' } = {}) {
  const fake = await fakeWorker();
  const { graph, sent, clock } = fakeGraph([everybody]);
  const granted = new Set(allowed ? ['Presence.Read.All'] : []);
  const worker = {
    ...fake.worker,
    auth: { ...fake.worker.auth, granted: async () => granted },
    presences: createPresences(graph, clock),
    settings: async () => ({
      sites: [],
      registration: { clientId: 'x', tenant: 'y', cloud },
      managed: [],
      liveSeconds: null,
      commentLinks: true,
    }),
  } as Worker;
  const asking = await worker.auth.account();
  return { worker, pass: fake.pass, sent, granted, account: asking! };
}

describe('the panel', () => {
  it('is told why nothing is shown, and asks nobody then', async () => {
    const state = async (options: Parameters<typeof facesWorker>[0]) => {
      const { worker, account, sent } = await facesWorker(options);
      const view = await presenceView(worker, account, [bob]);
      expect(sent).toHaveLength(view.state === 'on' ? 1 : 0);
      return view.state;
    };
    expect(await state({})).toBe('off');
    vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({ presence: false }) as never);
    expect(await state({})).toBe('refused');
    vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({}));
    await saveFace('presence', true);
    expect(await state({})).toBe('on');
    expect(await state({ allowed: false })).toBe('not-allowed');
    expect(await state({ cloud: 'china' })).toBe('none-here');
  });

  it('switches it on once Microsoft said yes, and not where it said no', async () => {
    const { worker, pass, granted } = await facesWorker({ allowed: false });
    const begin = vi.fn(async () => {
      throw new Error('refused');
    });
    const calls = panelFaceCalls(worker, { begin } as unknown as SignIn);
    await expect(calls['presence.on']({ pass }, panelOf(TAB))).rejects.toThrow('refused');
    expect(begin).toHaveBeenCalledWith(worker.accounts, { tier: 'presence', account });
    expect((await calls.presence({ pass, userIds: [bob] }, panelOf(TAB))).state).toBe('off');
    const yes = vi.fn(async () => void granted.add('Presence.Read.All'));
    const again = panelFaceCalls(worker, { begin: yes } as unknown as SignIn);
    await again['presence.on']({ pass }, panelOf(TAB));
    expect(await again.presence({ pass, userIds: [bob] }, panelOf(TAB))).toEqual({
      state: 'on',
      people: [{ userId: bob, presence: AVAILABLE }],
      problem: null,
    });
  });

  it('is believed only with its pass', async () => {
    const { worker } = await facesWorker();
    const calls = panelFaceCalls(worker, {} as SignIn);
    await expect(calls.presence({ pass: 'forged', userIds: [] }, panelOf(TAB))).rejects.toMatchObject({
      error: { code: 'unknown-frame' },
    });
    await expect(calls.photos({ pass: 'forged', userIds: [] }, panelOf(TAB))).rejects.toMatchObject({
      error: { code: 'unknown-frame' },
    });
  });
});

describe('photos', () => {
  it('are asked for once a day, misses too', async () => {
    const { worker, pass } = await facesWorker();
    const answer = (one: Sent) =>
      json({
        responses: (one.body as { requests: { id: string; url: string }[] }).requests.map(({ id, url }) =>
          url.includes(bob)
            ? { id, status: 200, headers: { 'Content-Type': 'image/png' }, body: 'AQL/' }
            : { id, status: 404, headers: {}, body: { error: {} } },
        ),
      });
    const { graph, sent, clock } = fakeGraph([answer]);
    const calls = panelFaceCalls({ ...worker, graph, clock }, {} as SignIn);
    const ask = () => calls.photos({ pass, userIds: [bob, me] as UserId[] }, panelOf(TAB));
    expect(await ask()).toEqual([{ userId: bob, url: 'data:image/png;base64,AQL/' }]);
    expect(await ask()).toEqual([{ userId: bob, url: 'data:image/png;base64,AQL/' }]);
    expect(sent).toHaveLength(1);
    await clock.sleep(24 * 3600_000 + 1);
    await ask();
    expect(sent).toHaveLength(2);
  });
});

describe('a page of ERPNext', () => {
  const origin = asOrigin('https://erp.example');
  const person = (id: UserId) => ({
    id,
    displayName: 'Bob',
    mail: foldEmail('bob@example.org'),
    userPrincipalName: 'bob@example.org',
    guest: false,
  });

  it('is told of people this account knows already, and looks nobody up', async () => {
    const { worker, account: mine, sent } = await facesWorker();
    const [bobs, twin] = [foldEmail('bob@example.org')!, foldEmail('twin@example.org')!];
    const found = new Map([
      [bobs, [person(bob)]],
      [twin, [person(bob), person(me)]],
    ]);
    await worker.store.people.save(mine.id, found, 0);
    await saveFace('presence', true);
    const users = ['Bob@Example.org', 'twin@example.org', 'stranger@example.org', 'Administrator', '"><img>'];
    expect(await presenceOnPage(worker, mine, origin, users)).toEqual([]);
    expect(sent).toHaveLength(0);
    await saveFace('presenceInErpnext', true);
    expect(await presenceOnPage(worker, mine, origin, users)).toEqual([
      { user: 'Bob@Example.org', presence: AVAILABLE },
    ]);
    expect(ids(sent)).toEqual([[bob]]);
    expect(await presenceOnPage(worker, mine, origin, [mine.username])).toHaveLength(1);
    expect(ids(sent).at(-1), 'oneself').toEqual([mine.userId]);
  });

  it('believes a doubtful mapping no more than nobody', async () => {
    const { worker, account: mine } = await facesWorker();
    await saveFace('presence', true);
    await saveFace('presenceInErpnext', true);
    const address = foldEmail('bob@example.org')!;
    const directory = { ...person(bob), enabled: null, aliases: null };
    const row = { account, origin, address, user: 'bob@example.org', email: address, name: 'Bob', azureId: null };
    const rest = { person: directory, candidates: [], by: 'address', lookedUpAt: 0, problem: null };
    await worker.store.people.save(mine.id, new Map([[address, [person(bob)]]]), 0);
    await worker.store.mappings.put({ ...row, ...rest, state: 'disagrees' } as never);
    expect(await presenceOnPage(worker, mine, origin, ['bob@example.org'])).toEqual([]);
    await worker.store.mappings.put({ ...row, ...rest, state: 'mapped' } as never);
    expect(await presenceOnPage(worker, mine, origin, ['bob@example.org'])).toHaveLength(1);
    // Another site's users are other people.
    expect(await presenceOnPage(worker, mine, asOrigin('https://other.example'), ['bob@example.org'])).toHaveLength(1);
  });
});

describe('marks in lists', () => {
  const desk = (worker: Worker) => deskFaceCalls(worker, (sender) => sender.tabId!);
  const sender = { ...panelOf(TAB), from: 'desk' as const, frameId: 0 };

  it('are told of records of the tab’s own site that have a chat, once switched on', async () => {
    const { worker } = await facesWorker();
    const ask = (doctype: string, names: string[]) => desk(worker)['desk.marks']({ doctype, names }, sender);
    expect(await ask('Event', ['EV-1', 'EV-2'])).toEqual([]);
    await saveFace('listMarks', true);
    expect(await ask('Event', ['EV-1', 'EV-2'])).toEqual([{ name: 'EV-1', unread: 0 }]);
    expect(await ask('Project', ['EV-1'])).toEqual([]);
    expect(await ask('Event', ['EV-2'])).toEqual([]);
    await worker.tabs.shows({ tabId: 9, origin: asOrigin('https://other.example'), erpUser: null, shown: null });
    expect(await desk(worker)['desk.marks']({ doctype: 'Event', names: ['EV-1'] }, { ...sender, tabId: 9 })).toEqual(
      [],
    );
  });
});

describe('the options', () => {
  it('show what holds, and change nothing that an administrator decided', async () => {
    vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({ listMarks: true }) as never);
    const { worker } = await facesWorker();
    const calls = faceCalls(worker, {} as SignIn);
    const from = { ...panelOf(TAB), from: 'options' as const };
    expect(await calls['faces.view'](undefined, from)).toEqual({
      settings: { presence: false, presenceInErpnext: false, listMarks: true },
      managed: ['listMarks'],
      signedIn: true,
      mayAsk: true,
      hasPresence: true,
    });
    await expect(calls['faces.set']({ what: 'listMarks', on: false }, from)).rejects.toMatchObject({
      error: { code: 'not-permitted' },
    });
    await calls['faces.set']({ what: 'presence', on: true }, from);
    expect((await calls['faces.view'](undefined, from)).settings.presence).toBe(true);
  });
});
