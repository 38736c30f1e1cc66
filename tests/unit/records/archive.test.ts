import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createGraph } from '../../../lib/graph/client.ts';
import { asChatId, asDoctype, asMessageId, asRecordName } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { archiveCalls } from '../../../lib/records/archive-calls.ts';
import { wordsOf } from '../../../lib/records/search-teams.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import type { Sender } from '../../../lib/rpc/server.ts';
import { account, bob, chat2, chatId, me, message, other, T0 } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef } from './fake-worker.ts';

const sender: Sender = { tabId: 1, frameId: 0, from: 'archive', incognito: false };
const CHANNEL = asChatId('19:channel@thread.tacv2');
const UNLINKED = asChatId('19:unlinked@thread.v2');
const second = recordKey({ ...shownRef, doctype: asDoctype('Project'), name: asRecordName('PROJ-7') });
let worker: Worker;
let calls: ReturnType<typeof archiveCalls>;
let granted: Set<string>;
let asked: { kql: string; from: number }[];
let answers: { status: number; body: unknown; headers?: Record<string, string> }[];

const say = (chat: typeof chatId, ms: number, html: string, more: Partial<Message> = {}) =>
  worker.store.messages.save(account, chat, { messages: [message(ms, { html, ...more })], me });
const named = (id: typeof chatId, topic: string) =>
  worker.store.chats.save(account, {
    ...{ id, topic, kind: 'group', webUrl: null, createdAt: '', readUpTo: null, newestAt: null },
    members: [{ userId: bob, displayName: 'Bob', email: null, role: 'owner' }],
  });
const search = async (text: string, from: Parameters<(typeof calls)['archive.search']>[0]['from'] = null) =>
  calls['archive.search']({ text, from }, sender);
const ids = async (text: string) => (await search(text)).hits.map(({ id }) => Number(id) - T0);

beforeEach(async () => {
  let now = 0;
  granted = new Set(['Chat.ReadWrite']);
  asked = [];
  answers = [];
  ({ worker } = await fakeWorker());
  const graph = createGraph({
    token: async () => 't',
    base: () => 'https://graph.test',
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    },
    fetch: async (_, init) => {
      const [request] = JSON.parse(String(init?.body)).requests;
      asked.push({ kql: request.query.queryString, from: request.from });
      const { status, body, headers = {} } = answers.shift()!;
      return new Response(JSON.stringify(body), { status, headers });
    },
  });
  Object.assign(worker, {
    graph,
    auth: { ...worker.auth, granted: async () => granted, adminConsentUrl: async () => 'https://consent.test' },
  });
  calls = archiveCalls(worker, { begin: vi.fn() } as unknown as SignIn);
  const link = { account, confirmedBy: 'person' as const, recordCreation: 'c1', linkedAt: 0 };
  await worker.store.links.put({ ...link, recordKey: second, chatId: chat2 });
  await worker.store.channels.know(account, {
    teamId: 'team',
    team: 'Sales',
    id: CHANNEL,
    name: 'Tenders',
    kind: 'standard',
  });
  await worker.store.channels.choose(account, { record: shownKey }, CHANNEL);
  await named(chatId, 'Summer fair · EV-1');
  await named(chat2, 'Website · PROJ-7');
});

describe('search over everything', () => {
  beforeEach(async () => {
    await say(chatId, 1, 'pump one');
    await say(chat2, 2, 'pump two');
    await say(CHANNEL, 3, 'pump three');
    await say(CHANNEL, 4, 'pump answered', { thread: asMessageId(String(T0 + 3)) });
    await say(UNLINKED, 5, 'pump of nobody');
  });

  test('finds in linked chats and known channels alone, newest first', async () => {
    expect(await ids('pump')).toEqual([4, 3, 2, 1]);
    const [line] = (await search('answered')).hits;
    expect(line).toMatchObject({
      account,
      chatId: CHANNEL,
      inPlace: true,
      words: [
        { text: 'pump ', mark: false },
        { text: 'answered', mark: true },
      ],
    });
  });

  test('in: and record: lead to chats and channels, by their names and their records’', async () => {
    expect(await ids('pump in:tenders')).toEqual([4, 3]);
    expect(await ids('pump in:"summer FAIR"')).toEqual([1]);
    expect(await ids('pump record:proj-7')).toEqual([2]);
    expect(await ids('record:project')).toEqual([2]);
    expect(await ids('record:website')).toEqual([2]);
    expect(await ids('pump record:EV-1')).toEqual([4, 3, 1]);
    expect(await search('pump record:nothing')).toEqual({ hits: [], more: false, places: [] });
    expect(await search('absent in:tenders')).toEqual({ hits: [], more: false, places: ['Sales › Tenders'] });
  });

  test('older ones follow page by page, none twice', async () => {
    for (let i = 10; i < 130; i++) await say(i % 2 ? chatId : chat2, i, `order ${i}`);
    const found: number[] = [];
    let from: Parameters<typeof search>[1] = null;
    for (let page = 0; page < 3; page++) {
      const { hits, more } = await search('order', from);
      found.push(...hits.map(({ id }) => Number(id) - T0));
      expect(more).toBe(page < 2);
      const last = hits.at(-1)!;
      from = { at: Date.parse(last.createdAt), id: last.id };
    }
    expect(found).toEqual(Array.from({ length: 120 }, (_, i) => 129 - i));
  });

  test('a chat that Microsoft does not show any more is left out, and not to be read', async () => {
    await worker.store.links.close(account, chat2);
    expect(await ids('pump')).toEqual([4, 3, 1]);
    await expect(
      calls['archive.page']({ account, chatId: chat2, before: null, count: 5 }, sender),
    ).rejects.toMatchObject({ error: { code: 'not-found' } });
    await expect(
      calls['archive.thread']({ account, chatId: UNLINKED, id: asMessageId('1') }, sender),
    ).rejects.toMatchObject({ error: { code: 'not-found' } });
    await expect(
      calls['archive.page']({ account: other, chatId, before: null, count: 5 }, sender),
    ).rejects.toMatchObject({ error: { code: 'signed-out' } });
  });

  test('the list names each conversation with its records, and its newest message', async () => {
    const { conversations } = await calls['archive.view'](undefined, sender);
    expect(
      conversations.map(({ name, records }) => [name, ...records.map(({ name, title }) => `${name} ${title}`)]),
    ).toEqual([
      ['Sales › Tenders', 'EV-1 null'],
      ['Website · PROJ-7', 'PROJ-7 Website'],
      ['Summer fair · EV-1', 'EV-1 Summer fair'],
    ]);
    expect(await calls['archive.latest']({ of: conversations }, sender)).toMatchObject([
      { chatId: CHANNEL, from: 'Bob', own: false, text: 'pump answered' },
      { chatId: chat2, text: 'pump two' },
      { chatId, text: 'pump one' },
    ]);
  });
});

describe('search in Teams', () => {
  const hit = (id: number, place: object, summary = 'the <c0>pump</c0> <b>') => ({
    summary,
    resource: {
      id: String(id),
      createdDateTime: '2026-01-01T00:00:00Z',
      from: { emailAddress: { name: 'Bob' } },
      ...place,
    },
  });
  const answer = (hits: object[], more = false) => ({
    status: 200,
    body: { value: [{ hitsContainers: [{ ...(hits.length ? { hits } : {}), moreResultsAvailable: more }] }] },
  });
  const teams = async (text: string, from = 0) => calls['archive.teams']({ account, text, from }, sender);
  const OLD = Date.parse('2026-01-01T00:00:00Z') - 1;

  test('shows what is in linked chats and not stored, and stores nothing of it', async () => {
    await say(chatId, 1, 'pump one');
    answers = [
      answer([
        hit(T0 + 1, { chatId }),
        hit(OLD, { chatId }),
        hit(OLD, { chatId: UNLINKED }),
        hit(OLD, { channelIdentity: { channelId: CHANNEL } }),
      ]),
    ];
    const found = await teams('pump');
    expect(asked).toEqual([{ kql: 'pump*', from: 0 }]);
    expect(found).toMatchObject({ next: null, elsewhere: 1, unable: [] });
    expect(found.hits).toMatchObject([
      { chatId, id: String(OLD), createdAt: new Date(OLD).toISOString(), from: { name: 'Bob' }, inPlace: true },
      { chatId: CHANNEL, inPlace: false },
    ]);
    expect(await worker.store.messages.get(account, chatId, asMessageId(String(OLD)))).toBeUndefined();
    expect(await worker.store.chats.get(account, UNLINKED)).toBeUndefined();
  });

  test('in: and record: choose among what Microsoft found', async () => {
    answers = [answer([hit(OLD, { chatId }), hit(OLD, { chatId: chat2 })])];
    expect((await teams('pump record:PROJ-7')).hits.map((line) => line.chatId)).toEqual([chat2]);
  });

  test('goes through pages of other chats, but not without end', async () => {
    const page = answer(
      Array.from({ length: 50 }, () => hit(OLD, { chatId: UNLINKED })),
      true,
    );
    answers = [page, page, page, page, page];
    expect(await teams('pump')).toMatchObject({ hits: [], next: 200, elsewhere: 200 });
    expect(asked.map(({ from }) => from)).toEqual([0, 50, 100, 150]);
  });

  test('a pause that Microsoft asks for is kept, or told where it is long', async () => {
    const busy = (seconds: number) => ({ status: 429, body: {}, headers: { 'Retry-After': String(seconds) } });
    answers = [busy(2), answer([hit(OLD, { chatId })])];
    expect((await teams('pump')).hits).toHaveLength(1);
    answers = [busy(90)];
    await expect(teams('pump')).rejects.toMatchObject({ error: { code: 'throttled', retryAfter: 90 } });
  });

  test('says what cannot be asked, and asks nothing then', async () => {
    expect(await teams('pump has:image')).toMatchObject({ unable: ['has:image'] });
    expect(await teams('record:PROJ-7')).toMatchObject({ unable: ['record:proj-7'] });
    granted = new Set(['Chat.ReadBasic']);
    await expect(teams('pump')).rejects.toMatchObject({
      error: { code: 'missing-scope', action: { url: 'https://consent.test' } },
    });
    expect(asked).toEqual([]);
  });

  test('the words around a hit are text, whatever stands in them', () => {
    expect(wordsOf('a <b>x</b> <c0>pump</c0><ddd/>')).toEqual([
      { text: 'a <b>x</b> ', mark: false },
      { text: 'pump', mark: true },
      { text: '…', mark: false },
    ]);
  });
});
