import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bell } from '../../../lib/model/bell.ts';
import { bellUrl, mayBeReached } from '../../../lib/model/bell.ts';
import { type ErrorCode, fail } from '../../../lib/model/errors.ts';
import { asOrigin } from '../../../lib/model/ids.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createPush, LASTS_MS } from '../../../lib/sync/push.ts';
import { createRinger } from '../../../lib/sync/ring.ts';
import { account, chat2, chatId, freshIndexedDb } from '../storage/fixtures.ts';
import { ada, mortal, testClock } from './fixtures.ts';

const ORIGIN = asOrigin('https://erp.contoso.test');
const BELL: Bell = { note: 'N1', method: `deskside_bell_${'a'.repeat(32)}`, state: 'b'.repeat(64) };
const MINUTE = 60_000;

let store: Store;
let clock: ReturnType<typeof testClock>;
let calls: string[];
let refusal: ErrorCode | null;
/** Subscriptions that Graph has, and their ends. */
let live: Map<string, number>;
const wakes: number[] = [];

const api = {
  async subscribe(id: string, to: { url: string; state: string; until: number }) {
    calls.push(`subscribe ${to.url}`);
    expect(to.state).toBe(BELL.state);
    if (refusal) throw fail(refusal, 't', 'x');
    if ([...live.keys()].some((key) => key.startsWith(id))) throw fail('push-taken', 't', 'x');
    live.set(`${id} ${live.size}`, to.until);
    return { id: [...live.keys()].at(-1)!, until: to.until };
  },
  async renew(id: string, until: number) {
    calls.push('renew');
    if (!live.has(id)) throw fail('not-found', 't', 'x');
    live.set(id, until);
    return { id, until };
  },
  async unsubscribe(id: string) {
    calls.push('unsubscribe');
    live.delete(id);
  },
};
const push = (wrapped = store, graph = api) =>
  createPush({
    store: wrapped,
    api: graph,
    clock,
    random: () => 0.5,
    me: async () => ada,
    canRead: async () => true,
    wake: (at) => void wakes.push(at),
  });

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  calls = [];
  refusal = null;
  live = new Map();
  wakes.length = 0;
});
afterEach(() => store.close());

describe('a chat’s bell', () => {
  it('is asked for once, and renewed before it runs out', async () => {
    const one = push();
    await Promise.all([one.keep(ORIGIN, BELL, chatId), one.keep(ORIGIN, BELL, chatId)]);
    await one.keep(ORIGIN, BELL, chatId);
    expect(calls).toEqual([`subscribe ${bellUrl(ORIGIN, BELL)}`]);
    expect(wakes.at(-1)).toBe(clock.now() + LASTS_MS - 15 * MINUTE);
    clock.move(LASTS_MS - 10 * MINUTE);
    await one.keep(ORIGIN, BELL, chatId);
    expect(calls.slice(1)).toEqual(['renew']);
    expect([...live.values()]).toEqual([clock.now() + LASTS_MS]);
  });

  it('that Graph ended is asked for anew', async () => {
    await push().keep(ORIGIN, BELL, chatId);
    live.clear();
    clock.move(LASTS_MS - 10 * MINUTE);
    await push().keep(ORIGIN, BELL, chatId);
    expect(calls.slice(1)).toEqual(['renew', calls[0]]);
    expect(live.size).toBe(1);
  });

  it('that a colleague keeps is left to them for some minutes, and taken over later', async () => {
    refusal = 'push-taken';
    await push().keep(ORIGIN, BELL, chatId);
    clock.move(9 * MINUTE);
    await push().keep(ORIGIN, BELL, chatId);
    expect(calls).toHaveLength(1);
    expect(await push().reached(account, ORIGIN, BELL.method)).toBe(true);
    expect(await push().problem(account, ORIGIN)).toBeNull();
    refusal = null;
    clock.move(2 * MINUTE);
    await push().keep(ORIGIN, BELL, chatId);
    expect(live.size).toBe(1);
  });

  it('whose site Microsoft does not reach is tried once an hour, and says so', async () => {
    refusal = 'push-unreachable';
    await push().keep(ORIGIN, BELL, chatId);
    clock.move(59 * MINUTE);
    await push().keep(ORIGIN, BELL, chatId);
    expect(calls).toHaveLength(1);
    expect(await push().problem(account, ORIGIN)).toMatchObject({ code: 'push-unreachable' });
    expect(await push().reached(account, ORIGIN, BELL.method)).toBe(false);
  });

  it('of another method is asked for at once: the site was set up anew', async () => {
    await push().keep(ORIGIN, BELL, chatId);
    live.clear();
    const other = { ...BELL, method: `deskside_bell_${'c'.repeat(32)}` };
    await push().keep(ORIGIN, other, chatId);
    expect(calls.at(-1)).toBe(`subscribe ${bellUrl(ORIGIN, other)}`);
  });

  it('is ended when its account signs out, one of others is not', async () => {
    await push().keep(ORIGIN, BELL, chatId);
    await push().keep(ORIGIN, BELL, chat2);
    await push().giveUp(account, (id) => id === chat2);
    expect([...live.keys()]).toEqual([`${chatId} 0`]);
    await push().giveUp(account);
    expect(live.size).toBe(0);
    expect(await store.pushes.list(account)).toEqual([]);
  });

  it('is there once, or lapses, wherever the worker dies', async () => {
    for (let dieAt = 1; dieAt <= 8; dieAt++)
      for (const when of ['before', 'after'] as const) {
        freshIndexedDb();
        store = await openStore();
        live = new Map();
        const { wrap, death } = mortal(dieAt, when);
        await Promise.race([push(wrap(store), wrap(api)).keep(ORIGIN, BELL, chatId), death]);
        clock.move(2 * MINUTE);
        await push().keep(ORIGIN, BELL, chatId);
        expect(live.size, `${dieAt} ${when}`).toBe(1);
        store.close();
      }
    store = await openStore();
  });
});

it('only public https addresses can be reached', () => {
  for (const good of ['https://erp.contoso.com', 'https://erp.contoso.com:8443']) expect(mayBeReached(good)).toBe(true);
  for (const no of [
    'http://erp.contoso.com',
    'https://localhost',
    'https://erp',
    'https://10.0.0.4',
    'https://[::1]:8000',
    'https://erp.local',
    'https://172.20.1.1',
  ])
    expect(mayBeReached(no), no).toBe(false);
});

describe('bells that ring', () => {
  /** A clock whose sleepers wake when it is moved past them. */
  function sleepy() {
    let now = 0;
    const sleepers: { at: number; wake: () => void }[] = [];
    return {
      now: () => now,
      sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
      async to(at: number) {
        now = at;
        for (const one of sleepers.splice(0)) one.at <= now ? one.wake() : sleepers.push(one);
        await new Promise((done) => setTimeout(done, 0));
      },
    };
  }

  it('within a second bring one read; such as bring nothing have to wait ever longer', async () => {
    const time = sleepy();
    const reads: number[] = [];
    let brings = true;
    const ringer = createRinger(time, async () => {
      reads.push(time.now());
      return brings;
    });
    for (let i = 0; i < 20; i++) void ringer.rang(chatId);
    await time.to(1_100);
    expect(reads).toEqual([1_100]);
    brings = false;
    for (let ms = 1_200; ms <= 61_000; ms += 100) {
      void ringer.rang(chatId);
      await time.to(ms);
    }
    // A forged bell ten times a second for a minute: no more reads than acts of people would have made, and few at first.
    expect(reads.length).toBeLessThan(10);
    brings = true;
  });
});
