import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import type { Message } from '../../../lib/model/message.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { type Around, createAround } from '../../../lib/sync/around.ts';
import { createPull, type Pull } from '../../../lib/sync/pull.ts';
import { account, chatId, freshIndexedDb, message, random, T0 } from '../storage/fixtures.ts';
import { ada, fakeTeams, testClock, testSession } from './fixtures.ts';

let store: Store;
let clock: ReturnType<typeof testClock>;
let teams: ReturnType<typeof fakeTeams>;
let around: Around;
let pull: Pull;
let reading: boolean;

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  teams = fakeTeams(clock);
  reading = true;
  const deps = {
    store,
    api: teams.api,
    clock,
    session: testSession(),
    me: async () => ada,
    canRead: async () => reading,
    changed: () => {},
  };
  around = createAround(deps);
  pull = createPull(deps);
});
afterEach(() => store.close());

const HOUR = 3_600_000;
const all = (): Message[] => [...teams.inChat(chatId)].sort((a, b) => Number(a.id) - Number(b.id));
const texts = (messages: readonly Message[]) => messages.map((m) => m.html);
const row = () => store.chats.get(account, chatId);
/** So many messages, each some time after the one before; the newest fifty are read. */
async function talk(count: number, apart: (i: number) => number): Promise<Message[]> {
  for (let i = 0; i < count; i++) {
    clock.move(apart(i));
    teams.inChat(chatId).push(message(clock.now() - T0, { html: `no ${i}` }));
  }
  await pull.act(chatId);
  teams.calls.length = 0;
  return all();
}

describe('going to a time', () => {
  test('that is stored asks nobody', async () => {
    const said = await talk(40, () => HOUR);
    const there = await around.at(chatId, T0 + 10 * HOUR + 5, { before: 3, after: 3 });
    expect(there?.id).toBe(said[10]!.id);
    expect(texts(there!.messages)).toEqual(texts(said.slice(7, 14)));
    expect(teams.calls).toEqual([]);
  });

  test('that is not stored brings it with its neighbours in few requests', async () => {
    const said = await talk(1000, () => HOUR);
    const there = await around.at(chatId, T0 + 700 * HOUR, { before: 20, after: 20 });
    expect(there?.id).toBe(said[699]!.id);
    expect(texts(there!.messages)).toEqual(texts(said.slice(679, 699 + there!.messages.length - 20)));
    expect(there!.messages.length).toBeGreaterThan(21);
    expect(there).toMatchObject({ more: true, newer: true });
    expect(teams.calls.length).toBeLessThanOrEqual(3);
    // What the panel pages through by itself has not become another.
    expect(texts((await store.messages.page(account, chatId, null, 100)).messages)).toEqual(texts(said.slice(-50)));
  });

  test('before the beginning leads to the first message, later than the newest to none', async () => {
    const said = await talk(500, () => HOUR);
    const there = await around.at(chatId, T0 - 400 * HOUR, { before: 5, after: 5 });
    expect(there).toMatchObject({ id: said[0]!.id, more: false, newer: true });
    expect(await around.at(chatId, clock.now() + 1, { before: 5, after: 5 })).toBeNull();
  });

  test('in a long silence leads to the first message after it', async () => {
    const said = await talk(300, (i) => (i === 100 ? 2000 * HOUR : 60_000));
    const there = await around.at(chatId, T0 + 300 * HOUR, { before: 5, after: 5 });
    expect(there?.id).toBe(said[100]!.id);
    expect(texts(there!.messages).slice(0, 6)).toEqual(texts(said.slice(95, 101)));
  });

  test('without the permission to read knows what is stored, and asks nobody', async () => {
    const said = await talk(200, () => HOUR);
    reading = false;
    const there = await around.at(chatId, T0 + 10 * HOUR, { before: 5, after: 5 });
    expect(there?.id).toBe(said[150]!.id);
    expect(teams.calls).toEqual([]);
  });

  test('says why where Microsoft does not answer', async () => {
    await talk(200, () => HOUR);
    teams.faults.read = fail('offline', 'No connection', 'x');
    await expect(around.at(chatId, T0, { before: 5, after: 5 })).rejects.toMatchObject({ error: { code: 'offline' } });
    delete teams.faults.read;
    expect(await around.at(chatId, T0, { before: 5, after: 5 })).not.toBeNull();
  });
});

test('reading on from there, in both directions, misses none and closes every hole', async () => {
  const said = await talk(600, (i) => (i % 90 === 0 ? 50 * HOUR : 60_000));
  const start = await around.at(chatId, Date.parse(said[300]!.createdAt), { before: 50, after: 50 });
  let read = start!.messages;
  for (let more = true; more; ) {
    const page = (await around.page(chatId, read[0]!.id, 100)) ?? (await pull.page(chatId, read[0]!.id, 100));
    read = [...page.messages, ...read];
    more = page.more;
  }
  for (let newer = true; newer; ) {
    const next = await around.stretch(chatId, read.at(-1)!.id, { before: 0, after: 100 });
    read = [...read, ...next!.messages.slice(1)];
    newer = next!.newer;
    expect(next!.messages.length).toBeGreaterThan(newer ? 1 : 0);
  }
  expect(texts(read)).toEqual(texts(said));
  expect(await row()).toMatchObject({ complete: true });
  expect((await row())?.runs).toBeUndefined();
  expect(texts((await store.messages.page(account, chatId, null, 5000)).messages)).toEqual(texts(said));
}, 30_000);

test.each([1, 2, 3, 4, 5, 6])(
  'whatever is read in whatever order, no page hides a hole (seed %i)',
  async (seed) => {
    const next = random(seed);
    const said = await talk(500, () => 1 + Math.floor(next() ** 6 * 40 * HOUR));
    const between = (messages: readonly Message[]) => {
      if (messages.length === 0) return;
      const from = said.findIndex((m) => m.id === messages[0]!.id);
      expect(texts(messages)).toEqual(texts(said.slice(from, from + messages.length)));
    };
    for (let round = 0; round < 20; round++) {
      const some = said[Math.floor(next() * said.length)]!;
      const what = next();
      if (what < 0.3) {
        const time = Date.parse(some.createdAt) - Math.floor(next() * 5);
        const there = await around.at(chatId, time, { before: 30, after: 30 });
        expect(there?.id, 'the first from a time on').toBe(said.find((m) => Date.parse(m.createdAt) >= time)!.id);
        between(there!.messages);
      } else if (what < 0.6) {
        const there = await around.stretch(chatId, some.id, { before: 30, after: 60 });
        if (there) between(there.messages);
      } else {
        const page = (await around.page(chatId, some.id, 60)) ?? (await pull.page(chatId, some.id, 60));
        between(page.messages);
        if (page.messages.length) expect(Number(page.messages.at(-1)!.id)).toBeLessThan(Number(some.id));
      }
    }
    // Each run is what it says, and none touches another.
    const { runs = [], oldest, complete } = (await row())!;
    const stored = async (to: string) =>
      (await store.messages.page(account, chatId, to as Message['id'], 5000)).messages;
    for (const { from, to } of runs) {
      const run = await stored(to.id);
      between(run);
      expect(run[0]?.id ?? to.id).toBe(from.id);
      if (oldest && !complete) expect(Number(to.id)).toBeLessThan(Number(oldest.id));
    }
  },
  30_000,
);
