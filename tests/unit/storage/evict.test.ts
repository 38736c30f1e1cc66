import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../../lib/model/message.ts';
import { openIndexedDb } from '../../../lib/storage/indexed-db.ts';
import { createMemoryDb } from '../../../lib/storage/memory-db.ts';
import { type Store, storeOver } from '../../../lib/storage/open.ts';
import { parseQuery } from '../../../lib/util/search-query.ts';
import { account, chat2, chatId, freshIndexedDb, me, message, T0 } from './fixtures.ts';

let store: Store;
const all = Array.from({ length: 430 }, (_, i) => message(i * 10, { html: `<p>pump ${i}</p>` }));
const between = (from: number, to: number) => all.slice(from, to);
const page = async (chat = chatId, before: Message | null = null) =>
  (await store.messages.page(account, chat, before?.id ?? null, 1000)).messages;
const take = async (before: number) => {
  let gone = 0;
  for (const row of await store.eviction.chats(account, before))
    gone += await store.eviction.take(account, row, before);
  await store.search.purge(account);
  return gone;
};
const find = async (text: string) => {
  const found = await store.search.find(account, null, parseQuery(text, T0), { count: 1000, from: null });
  return found.hits.length;
};

describe.each(['on disk', 'in memory'])('what is taken from this machine, %s', (where) => {
  beforeEach(async () => {
    freshIndexedDb();
    store = storeOver(where === 'on disk' ? await openIndexedDb('deskside') : createMemoryDb(), null);
  });
  afterEach(() => store.close());

  test('is what the plan said: the oldest of each chat but its newest fifty, with their words', async () => {
    await store.messages.save(account, chatId, { me, messages: all, oldest: all[0]!, complete: true });
    await store.messages.save(account, chat2, { me, messages: between(0, 30), oldest: all[0]!, complete: true });
    const before = T0 + 3001;
    expect(await find('pump')).toBe(460);
    const plan = await store.eviction.plan(account, before);
    expect(plan).toMatchObject({ messages: 301, chats: 1 });
    expect(plan.bytes).toBeGreaterThan(301 * 200);
    expect(await take(before)).toBe(301);
    expect(await page()).toEqual(between(301, 430));
    // A chat with fewer than fifty keeps them all, however old.
    expect(await page(chat2)).toHaveLength(30);
    expect(await find('pump')).toBe(129 + 30);
    expect(await store.eviction.plan(account, before)).toEqual({ messages: 0, chats: 0, bytes: 0 });
    expect(await take(T0 + 1e9)).toBe(79);
    expect(await page()).toEqual(between(380, 430));
  });

  test('reads as not stored, and is there again once it was fetched', async () => {
    await store.messages.save(account, chatId, { me, messages: all, oldest: all[0]!, complete: true });
    await take(T0 + 3000);
    const row = await store.chats.get(account, chatId);
    expect(row).toMatchObject({ complete: false, oldest: { id: all[300]!.id }, evicted: { id: all[300]!.id } });
    expect(await store.messages.page(account, chatId, all[300]!.id, 50)).toEqual({ messages: [], more: true });
    expect(await store.messages.from(account, chatId, T0 + 100)).toMatchObject({ id: all[300]!.id, sure: false });
    await store.messages.save(account, chatId, { me, messages: between(240, 300), oldest: all[240]! });
    expect(await page()).toEqual(between(240, 430));
    expect(await find('pump')).toBe(190);
    await store.search.purge(account);
    expect(await find('pump')).toBe(190);
    await store.messages.save(account, chatId, { me, messages: between(0, 240), oldest: all[0]!, complete: true });
    expect(await page()).toEqual(all);
    expect(await find('pump')).toBe(430);
  });

  test('cuts through the runs that somebody read by going to a date', async () => {
    await store.messages.save(account, chatId, { me, messages: between(300, 430), oldest: all[300]! });
    await store.messages.save(account, chatId, { me, messages: between(0, 50), run: { first: true } });
    await store.messages.save(account, chatId, { me, messages: between(100, 200), run: { first: false } });
    await take(T0 + 1500);
    const row = await store.chats.get(account, chatId);
    expect(row?.runs).toEqual([
      {
        from: { id: all[150]!.id, createdAt: all[150]!.createdAt },
        to: { id: all[199]!.id, createdAt: all[199]!.createdAt },
      },
    ]);
    const stretch = await store.messages.stretch(account, chatId, all[160]!.id, { before: 100, after: 2 });
    expect(stretch?.messages[0]).toEqual(all[150]);
    expect(stretch?.more).toBe(true);
    expect(await store.messages.get(account, chatId, all[20]!.id)).toBeUndefined();
    expect(await page()).toEqual(between(300, 430));
  });

  test('counts what is unread anew', async () => {
    await store.messages.save(account, chatId, { me, messages: all, oldest: all[0]!, complete: true });
    await take(T0 + 4000);
    expect((await store.chats.get(account, chatId))?.unread).toBe(50);
  });
});
