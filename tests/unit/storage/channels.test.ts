import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../lib/model/channel.ts';
import { asChatId, asDoctype } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { account, freshIndexedDb, me, message, other, random, record, T0 } from './fixtures.ts';

const general: Channel = {
  teamId: 'sales',
  team: 'Sales',
  id: asChatId('19:g@thread.tacv2'),
  name: 'General',
  kind: 'standard',
};
const tenders: Channel = { ...general, id: asChatId('19:t@thread.tacv2'), name: 'Tenders' };
const EVENT = { doctype: asDoctype('Event') };
let store: Store;

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
});

describe('the channels an account knows', () => {
  it('are offered again in the order they were last used, until that is cleared; what they were chosen for stays', async () => {
    await store.channels.know(account, general);
    await store.channels.know(account, tenders);
    expect(await store.channels.recent(account)).toEqual([]);
    await store.channels.used(account, general.id, T0);
    await store.channels.posted(account, tenders.id, T0 + 1);
    await store.channels.choose(account, { record }, general.id);
    expect((await store.channels.recent(account)).map(({ name }) => name)).toEqual(['Tenders', 'General']);
    expect(await store.channels.recent(other)).toEqual([]);
    await store.channels.know(account, { ...general, name: 'Main' });
    expect(await store.channels.get(account, general.id)).toMatchObject({ name: 'Main', usedAt: T0 });
    expect(await store.chats.get(account, general.id)).toMatchObject({ kind: 'channel', topic: 'Sales › Main' });
    await store.channels.forgetRecent(account);
    expect(await store.channels.recent(account)).toEqual([]);
    expect(await store.channels.get(account, tenders.id)).toMatchObject({ postedAt: T0 + 1 });
    expect(await store.channels.choice(account, { record })).toMatchObject({ channelId: general.id });
  });

  it('are chosen for a record or for a doctype, or none is, and a choice can be taken back', async () => {
    await store.channels.know(account, general);
    await store.channels.choose(account, EVENT, general.id);
    await store.channels.choose(account, { record }, null);
    expect(await store.channels.choice(account, { record })).toMatchObject({ channelId: null });
    expect(await store.channels.defaults(account)).toMatchObject([{ doctype: 'Event', channel: { name: 'General' } }]);
    await store.channels.choose(account, { record }, undefined);
    await store.channels.choose(account, EVENT, undefined);
    expect(await store.channels.choice(account, { record })).toBeUndefined();
    expect(await store.channels.defaults(account)).toEqual([]);
  });

  it('go with the account', async () => {
    for (const who of [account, other]) {
      await store.channels.know(who, general);
      await store.channels.choose(who, { record }, general.id);
      await store.messages.save(who, general.id, { me, messages: [message(1)] });
    }
    await store.forgetAccount(account);
    expect(await store.channels.get(account, general.id)).toBeUndefined();
    expect(await store.channels.choice(account, { record })).toBeUndefined();
    expect((await store.threads.list(account, general.id, 10)).threads).toEqual([]);
    expect((await store.threads.list(other, general.id, 10)).threads).toHaveLength(1);
    expect(await store.channels.get(other, general.id)).toBeDefined();
  });
});

describe('threads', () => {
  const reply = (ms: number, root: Message) => message(ms, { thread: root.id });
  const save = (messages: Message[]) => store.messages.save(account, general.id, { me, messages });
  const list = async (count: number) => {
    const { threads, more } = await store.threads.list(account, general.id, count);
    return {
      threads: threads.map(({ id, replies }) => [Number(id) - T0, ...replies.map((m) => Number(m.id) - T0)]),
      more,
    };
  };

  it('stand in the order in which they were written in last, each whole, also where an old one is answered again', async () => {
    const [a, b, c] = [message(1), message(2), message(3)];
    await save([a, b, c, reply(4, b), reply(900, a), reply(901, a)]);
    expect(await list(10)).toEqual({ threads: [[1, 900, 901], [2, 4], [3]], more: false });
    expect(await list(2)).toEqual({
      threads: [
        [1, 900, 901],
        [2, 4],
      ],
      more: true,
    });
    expect((await store.threads.of(account, general.id, reply(900, a).id))?.replies).toHaveLength(2);
    expect((await store.threads.of(account, general.id, c.id))?.root?.id).toBe(c.id);
    expect(await store.threads.of(account, general.id, message(77).id)).toBeNull();
  });

  it('are the same whatever the blocks they lie in and the order they came in', async () => {
    const chance = random(7);
    const roots = Array.from({ length: 60 }, (_, i) => message(i * 10));
    const all = [...roots];
    for (let i = 0; i < 700; i++) {
      const root = roots[Math.floor(chance() * roots.length)]!;
      all.push(reply(1000 + i, root));
    }
    const shuffled = [...all].sort(() => chance() - 0.5);
    for (let i = 0; i < shuffled.length; i += 50) await save(shuffled.slice(i, i + 50));
    const expected = roots
      .map((root) => ({ root, replies: all.filter((m) => m.thread === root.id) }))
      .sort((x, y) => Number((y.replies.at(-1) ?? y.root).id) - Number((x.replies.at(-1) ?? x.root).id))
      .map(({ root, replies }) => [root, ...replies].map((m) => Number(m.id) - T0));
    expect(await list(100)).toEqual({ threads: expected, more: false });
    expect(await list(5)).toEqual({ threads: expected.slice(0, 5), more: true });
  });

  it('keep answers whose first message is not stored', async () => {
    await save([reply(5, message(1))]);
    expect(await list(5)).toEqual({ threads: [[1, 5]], more: false });
    expect((await store.threads.list(account, general.id, 5)).threads[0]?.root).toBeNull();
  });
});
