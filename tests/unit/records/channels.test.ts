import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Channel } from '../../../lib/model/channel.ts';
import { fail } from '../../../lib/model/errors.ts';
import { asChatId, asMessageId, type ChatId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { channelUrl } from '../../../lib/model/teams-links.ts';
import { channelCalls } from '../../../lib/records/channel-calls.ts';
import { createChannelList } from '../../../lib/records/channel-list.ts';
import { channelSettingsCalls } from '../../../lib/records/channel-settings-calls.ts';
import { panelCalls } from '../../../lib/records/panel-calls.ts';
import { recordChannel } from '../../../lib/records/record-channel.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import { unfinished } from '../../../lib/records/sign-out.ts';
import { fakeGraph, json } from '../graph/fake-graph.ts';
import { account, erpUser, me, message } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, shownKey, shownRef, TAB } from './fake-worker.ts';

const SALES = 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b';
const general: Channel = {
  teamId: SALES,
  team: 'Sales',
  id: asChatId('19:g@thread.tacv2'),
  name: 'General',
  kind: 'standard',
};
const tenders: Channel = { ...general, id: asChatId('19:t@thread.tacv2'), name: 'Tenders' };
const policy = (channels: Record<string, unknown>) =>
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => ({ channels }) as never);
const policyEvent = { teamId: SALES, channelId: tenders.id, name: 'Tenders', team: 'Sales' };

beforeEach(() => {
  fakeBrowser.reset();
  policy({});
});

async function made() {
  const { worker, pass } = await fakeWorker();
  const ada = (await worker.auth.account())!;
  const enqueue = vi.fn(async (_: unknown) => {});
  const read = {
    ...{ ref: shownRef, title: 'Fair <2026>', modified: 'm', creation: 'c1', owner: erpUser, docstatus: 0 },
    ...{ chatField: '', hasChatField: true, participants: [], erpUser, serverTime: 0 },
    url: 'https://erp.example/app/event/EV-1?a=1&b=2',
  };
  Object.assign(worker.auth, { adminConsentUrl: async (tier: string) => `https://login.test/${tier}` });
  Object.assign(worker, {
    me: { get: async () => ({ mail: erpUser, userPrincipalName: erpUser, displayName: 'Ada' }) },
    outbox: { ...worker.outbox, enqueue, view: async () => [], drain: async () => {} },
    channelPull: {
      act: vi.fn(async () => {}),
      older: vi.fn(async () => false),
      state: async () => ({ syncedAt: null, problem: null }),
    },
    channelList: {
      get: async ({ id }: Channel) => (id === tenders.id ? tenders : general),
      find: vi.fn(),
      forget: vi.fn(),
    },
    order: vi.fn(async (_tab: number, key: string) =>
      key === 'site.read' ? { ok: true, value: read } : { ok: false, error: fail('bug', key, '').error },
    ),
  });
  const calls = channelCalls(worker, {} as SignIn);
  const asked = { pass, shown: shownKey };
  const choose = (channel: Channel | null) => calls['channel.choose']({ ...asked, channel }, panelOf(TAB));
  const post = (more: { channelId?: ChatId; threadId?: string | null; withRecord?: boolean } = {}) =>
    calls['channel.post'](
      {
        ...asked,
        channelId: more.channelId ?? general.id,
        threadId: more.threadId ? asMessageId(more.threadId) : null,
        localId: 'l1',
        content: { ...plainContent('<p>Hello</p>'), subject: 'Offer' },
        withRecord: more.withRecord ?? false,
      },
      panelOf(TAB),
    ) as Promise<void>;
  const has = async () => {
    const { channel, chosenBy } = await recordChannel(worker, ada, shownRef);
    return [channel?.name ?? null, chosenBy];
  };
  return { worker, pass, ada, calls, asked, choose, post, has, enqueue };
}

describe('which channel a record has', () => {
  it('is what the person chose for it, else the administrator’s for its doctype, else the person’s for that', async () => {
    const { worker, choose, has } = await made();
    const settings = channelSettingsCalls(worker, {} as SignIn);
    const set = (channel: Channel | null) =>
      settings['channels.setDefault'](
        { origin: shownRef.origin, doctype: shownRef.doctype, channel },
        { ...panelOf(TAB), from: 'options' },
      ) as Promise<void>;
    expect(await has()).toEqual([null, 'default']);
    await set(general);
    expect(await has()).toEqual(['General', 'default']);
    policy({ Event: policyEvent, Project: { nonsense: true } });
    expect(await has()).toEqual(['Tenders', 'policy']);
    await expect(set(null)).rejects.toMatchObject({ error: { title: 'Set by your organisation' } });
    await choose(general);
    expect(await has()).toEqual(['General', 'person']);
    await choose(null);
    expect(await has(), 'none is a choice, too').toEqual([null, 'person']);
    policy({});
    await set(null);
    const view = await settings['channels.view']({ origin: shownRef.origin }, panelOf(TAB));
    expect(view).toMatchObject({ signedIn: true, defaults: [], policy: [], recent: [{ name: 'General' }] });
    await settings['channels.forgetRecent']({ origin: shownRef.origin }, panelOf(TAB));
    expect(await settings['channels.view']({ origin: shownRef.origin }, panelOf(TAB))).toMatchObject({ recent: [] });
  });

  it('set by an administrator holds in their organisation alone, and in the shape that is known', async () => {
    const { has } = await made();
    const tenantId = '2432b57b-0abd-43db-aa7b-16eadd115d34';
    for (const wrong of [
      { ...policyEvent, tenantId },
      { ...policyEvent, teamId: 'sales' },
      { ...policyEvent, channelId: '19:chat/../me' },
      'General',
    ]) {
      policy({ Event: wrong });
      expect(await has()).toEqual([null, 'default']);
    }
    policy({ Event: policyEvent });
    expect(await has()).toEqual(['Tenders', 'policy']);
  });
});

describe('posting', () => {
  it('goes to the channel on screen, and nothing of the record with it', async () => {
    const { worker, choose, post, enqueue } = await made();
    await expect(post()).rejects.toMatchObject({ error: { code: 'record-changed' } });
    await choose(general);
    await post();
    expect(enqueue).toHaveBeenCalledWith(
      expect.objectContaining({
        chatId: general.id,
        channel: { teamId: SALES, channelId: general.id, threadId: null },
        content: { ...plainContent('<p>Hello</p>'), subject: 'Offer' },
      }),
    );
    expect((await worker.store.channels.get(account, general.id))?.postedAt).not.toBeNull();
    await choose(tenders);
    await expect(post()).rejects.toMatchObject({ error: { title: 'This record has another channel now' } });
    expect(enqueue).toHaveBeenCalledTimes(1);
  });

  it('carries the record’s title and address where the person chose so, and in a new thread alone', async () => {
    const { worker, choose, post, enqueue } = await made();
    await choose(general);
    await post({ withRecord: true });
    const link = '<p><a href="https://erp.example/app/event/EV-1?a=1&amp;b=2">Event EV-1: Fair &lt;2026&gt;</a></p>';
    expect(enqueue.mock.lastCall?.[0]).toMatchObject({ content: { html: `<p>Hello</p>${link}` } });
    await worker.store.messages.save(account, general.id, {
      me,
      messages: [message(1), message(2, { thread: message(1).id })],
    });
    await post({ withRecord: true, threadId: message(1).id });
    expect(enqueue.mock.lastCall?.[0]).toMatchObject({
      content: { html: '<p>Hello</p>' },
      channel: { threadId: message(1).id },
    });
    const inReply = post({ threadId: message(2).id });
    await expect(inReply, 'a thread begins with its first message').rejects.toMatchObject({
      error: { code: 'record-changed' },
    });
  });

  it('is resent and discarded from a record of its channel alone, and told of before signing out', async () => {
    const { worker, asked, choose, ada } = await made();
    const place = { teamId: SALES, channelId: general.id, threadId: null };
    const row = {
      localId: 'p',
      account,
      recordKey: shownKey,
      erpUser,
      content: plainContent('x'),
      replyTo: null,
      writtenAt: 0,
    };
    await worker.store.outbox.add({ ...row, chatId: general.id, channel: place });
    const resend = () => panelCalls(worker, {} as SignIn)['messages.resend']({ ...asked, localId: 'p' }, panelOf(TAB));
    await expect(resend()).rejects.toMatchObject({ error: { code: 'record-changed' } });
    await choose(general);
    await resend();
    expect(worker.outbox.resend).toHaveBeenCalledWith('p');
    expect(await unfinished(worker, ada)).toContain('A message to a channel from EV-1 that is not sent');
  });
});

describe('threads', () => {
  it('are what was posted from here, without the permission to read; nothing is asked', async () => {
    const { worker, calls, asked, choose } = await made();
    await choose(general);
    await worker.store.messages.save(account, general.id, {
      me,
      messages: [message(1), message(5, { thread: message(1).id })],
    });
    const ask = (count: number) => calls['channel.threads']({ ...asked, channelId: general.id, count }, panelOf(TAB));
    expect(await ask(20)).toMatchObject({ threads: [{ id: message(1).id, earlier: 0 }], more: false });
    expect(worker.channelPull.older).not.toHaveBeenCalled();
    expect(worker.channelPull.act).not.toHaveBeenCalled();
    Object.assign(worker.auth, { granted: async () => new Set(['ChannelMessage.Read.All']) });
    expect(await ask(20)).toMatchObject({ filling: true });
    expect(worker.channelPull.act).toHaveBeenCalled();
  });

  it('leave out all but the newest fifty answers, until one is opened by itself', async () => {
    const { worker, calls, asked, choose } = await made();
    await choose(general);
    const root = message(0);
    const replies = Array.from({ length: 60 }, (_, i) => message(i + 1, { thread: root.id }));
    await worker.store.messages.save(account, general.id, { me, messages: [root, ...replies] });
    const page = await calls['channel.threads']({ ...asked, channelId: general.id, count: 5 }, panelOf(TAB));
    expect(page.threads[0]).toMatchObject({ earlier: 10 });
    expect(page.threads[0]?.replies).toHaveLength(50);
    const id = replies[3]!.id;
    const whole = await calls['channel.thread']({ ...asked, channelId: general.id, id }, panelOf(TAB));
    expect(whole?.replies).toHaveLength(60);
  });
});

describe('finding a channel', () => {
  const clock = { now: () => 0, sleep: async () => {} };
  const teams = json({
    value: [
      { id: SALES, displayName: 'Vertrieb Süd' },
      { id: 'p', displayName: 'Projects' },
    ],
  });
  const part = (id: string, names: string[]) => ({
    id,
    status: 200,
    body: {
      value: names.map((name) => ({ id: `19:${name}@thread.tacv2`, displayName: name, membershipType: 'standard' })),
    },
  });
  const channels = json({ responses: [part('0', ['General', 'مشروع الواحة']), part('1', ['Relaunch'])] });

  it('looks in teams and names, whatever the accents and scripts, and asks Microsoft once', async () => {
    const { graph, sent } = fakeGraph([teams, channels]);
    const list = createChannelList(graph, clock);
    const find = async (text: string, recent: Channel[] = []) => {
      const { recent: first, others } = await list.find(text, recent);
      return [first.map(({ name }) => name), others.map(({ name }) => name)];
    };
    const [all] = await Promise.all([find(''), find('gen')]);
    expect(all).toEqual([[], ['Relaunch', 'General', 'مشروع الواحة']]);
    expect(await find('sud general')).toEqual([[], ['General']]);
    expect(await find('الواحة')).toEqual([[], ['مشروع الواحة']]);
    const used = { ...general, id: asChatId('19:Relaunch@thread.tacv2'), team: 'Projects', name: 'Relaunch' };
    expect(await find('', [used])).toEqual([['Relaunch'], ['General', 'مشروع الواحة']]);
    expect(await find('nothing')).toEqual([[], []]);
    expect(sent).toHaveLength(2);
  });

  it('takes the link of a channel or of a message in it', async () => {
    const answers = [
      { id: '0', status: 200, body: { id: SALES, displayName: 'Sales' } },
      { id: '1', status: 200, body: { id: tenders.id, displayName: 'Tenders', membershipType: 'shared' } },
    ];
    const list = createChannelList(fakeGraph([json({ responses: answers })]).graph, clock);
    const { others } = await list.find(` ${channelUrl('global', tenders, 'tenant')} `, []);
    expect(others).toEqual([{ ...tenders, kind: 'shared' }]);
  });
});
