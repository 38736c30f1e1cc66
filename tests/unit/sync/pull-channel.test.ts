import { beforeEach, describe, expect, it } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import { asChatId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { type ChannelPull, createChannelPull } from '../../../lib/sync/pull-channel.ts';
import { account, changed, freshIndexedDb, message, other, random, T0 } from '../storage/fixtures.ts';
import { ada, testClock, testSession } from './fixtures.ts';

const channel = { teamId: 'sales', id: asChatId('19:g@thread.tacv2') };
const known = { ...channel, team: 'Sales', name: 'General', kind: 'standard' as const };
const PAGE = 5;
const MONTH = 30 * 24 * 3_600_000;

let store: Store;
let clock: ReturnType<typeof testClock>;
let pull: ChannelPull;
let posts: Message[];
let calls: string[];
let notices: ChangeNotice[];
let stored: string[];
let signedIn: typeof ada | null;
let reading: boolean;
let expired: string | null;
let fault: unknown;

/** A channel as Graph gives it: whole threads, those touched last first. */
const threads = () =>
  posts
    .filter((m) => !m.thread)
    .map((root) => [root, ...posts.filter((m) => m.thread === root.id)])
    .map((messages) => ({ messages, touched: Math.max(...messages.map((m) => Date.parse(m.modifiedAt))) }))
    .sort((a, b) => b.touched - a.touched);

function make(session = testSession()) {
  return createChannelPull({
    store,
    clock,
    session,
    me: async () => signedIn,
    canRead: async () => reading,
    changed: (notice) => void notices.push(notice),
    stored: async (_, messages) => void stored.push(...messages.map(({ id }) => id)),
    api: {
      async listThreads(_, from) {
        calls.push(from ? `page ${from}` : 'page');
        if (fault) throw fault;
        if (from && from === expired) throw fail('refused-by-microsoft', 'No', 'No');
        const start = Number(from ?? 0);
        const all = threads();
        const page = all.slice(start, start + PAGE).flatMap(({ messages }) => messages);
        return { messages: page, older: all.length > start + PAGE ? String(start + PAGE) : null };
      },
      async listChangedThreads(_, since) {
        calls.push('since');
        if (fault) throw fault;
        const eight = Math.max(Date.parse(since), clock.now() - 8 * MONTH);
        return threads()
          .filter(({ touched }) => touched > eight)
          .flatMap(({ messages }) => messages);
      },
    },
  });
}

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  [posts, calls, notices, stored, signedIn, reading, expired, fault] = [[], [], [], [], ada, true, null, null];
  await store.channels.know(account, known);
  pull = make();
});

const post = (root?: Message): Message => {
  clock.move(1000);
  const written = message(clock.now() - T0, root ? { thread: root.id } : {});
  posts.push(written);
  return written;
};
const alter = (m: Message, more: Partial<Message>) => {
  clock.move(1000);
  posts[posts.findIndex(({ id }) => id === m.id)] = changed(m, clock.now() - T0, more);
};
const here = async () => {
  const { threads: all } = await store.threads.list(account, channel.id, 1000);
  return all.flatMap(({ root, replies }) => [...(root ? [root] : []), ...replies]);
};
const there = () => [...posts].sort((a, b) => Number(a.id) - Number(b.id));
const sorted = (messages: Message[]) => [...messages].sort((a, b) => Number(a.id) - Number(b.id));
const act = async () => {
  clock.move(15_000);
  await pull.act(channel);
};

describe('reading a channel', () => {
  it('brings the newest page first, then what changed in whatever thread, then nothing', async () => {
    const roots = Array.from({ length: 8 }, () => post());
    await pull.act(channel);
    expect(await here()).toHaveLength(PAGE);
    post(roots[0]);
    alter(roots[7]!, { html: 'edited' });
    await act();
    expect(calls).toEqual(['page', 'since']);
    const all = await here();
    expect(all.map(({ id }) => id)).toContain(roots[0]!.id);
    expect(all.find(({ id }) => id === roots[7]!.id)?.html).toBe('edited');
    const told = notices.length;
    await act();
    expect(notices).toHaveLength(told);
    expect((await pull.state(channel.id)).syncedAt).toBe(new Date(clock.now()).toISOString());
  });

  it('rests for fifteen seconds, whatever is done, also over a worker’s death', async () => {
    const session = testSession();
    pull = make(session);
    post();
    await Promise.all([pull.act(channel), pull.act(channel)]);
    await pull.act(channel);
    await make(session).act(channel);
    expect(calls).toEqual(['page']);
    await act();
    expect(calls).toHaveLength(2);
  });

  it('is not tried without the permission or an account', async () => {
    reading = false;
    await pull.act(channel);
    expect(await pull.older(channel)).toBe(false);
    [reading, signedIn] = [true, null];
    await pull.act(channel);
    expect(calls).toEqual([]);
  });

  it('goes on to older threads to the last one, also where Graph forgot the way', async () => {
    for (let i = 0; i < 17; i++) post();
    await pull.act(channel);
    expect(await pull.older(channel)).toBe(true);
    expect(await here()).toHaveLength(10);
    expired = '10';
    await pull.older(channel);
    expect(calls.slice(2)).toEqual(['page 10', 'page', 'page 5', 'page 10']);
    expired = null;
    await store.channels.setOlder(account, channel.id, '5');
    while (await pull.older(channel));
    expect(sorted(await here())).toEqual(there());
    const asked = calls.length;
    expect(await pull.older(channel)).toBe(false);
    expect(calls, 'the end is known').toHaveLength(asked);
  });

  it('after more months than Graph remembers reads from the top down to what was known', async () => {
    const old = Array.from({ length: 12 }, () => post());
    await pull.act(channel);
    clock.move(9 * MONTH);
    for (const root of old) post(root);
    clock.move(2 * MONTH - 15_000);
    post();
    await act();
    expect(calls.filter((call) => call === 'since')).toEqual([]);
    expect(sorted(await here())).toEqual(there());
  });

  it('says why it failed and for how long to wait, and tells when it is well again', async () => {
    post();
    fault = fail('throttled', 'Wait', 'Wait', { retryAfter: 60 });
    await pull.act(channel);
    expect((await pull.state(channel.id)).problem?.code).toBe('throttled');
    fault = null;
    await act();
    expect(calls, 'not before Microsoft allows it').toHaveLength(1);
    clock.move(60_000);
    await act();
    expect((await pull.state(channel.id)).problem).toBeNull();
    expect(await here()).toHaveLength(1);
    expect(stored).toEqual([posts[0]!.id]);
  });

  it('writes nothing of an account that signed out meanwhile', async () => {
    post();
    const run = pull.act(channel);
    signedIn = null;
    await run;
    await store.channels.know(other, known);
    expect(await here()).toEqual([]);
  });

  it('ends with exactly what the server has, whatever happens between the readings', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const chance = random(seed);
      const pick = <T>(list: T[]) => list[Math.floor(chance() * list.length)];
      for (let step = 0; step < 40; step++) {
        const roots = posts.filter((m) => !m.thread);
        const dice = chance();
        if (dice < 0.3) post();
        else if (dice < 0.6) post(pick(roots));
        else if (dice < 0.8 && posts.length) alter(pick(posts)!, { html: `edited ${step}` });
        else if (dice < 0.9) await act();
        else await pull.older(channel);
      }
      await act();
      while (await pull.older(channel));
      expect(sorted(await here()), `seed ${seed}`).toEqual(there());
    }
  });
});
