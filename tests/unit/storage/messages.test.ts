import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MessageId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import { messagesOf } from '../../../lib/storage/block-lines.ts';
import { openMemoryStore, openStore, type Store } from '../../../lib/storage/open.ts';
import type { MessageBlock } from '../../../lib/storage/schema.ts';
import { account, changed, chat2, chatId, freshIndexedDb, me, message, random } from './fixtures.ts';

let store: Store;

describe.each([
  ['IndexedDB', () => openStore()],
  ['memory', async () => openMemoryStore()],
])('messages over %s', (_, open) => {
  beforeEach(async () => {
    freshIndexedDb();
    store = await open();
  });
  afterEach(() => store.close());

  const save = (messages: Message[], more = {}) => store.messages.save(account, chatId, { messages, me, ...more });

  async function all(count = 7): Promise<Message[]> {
    const found: Message[] = [];
    let before: MessageId | null = null;
    for (;;) {
      const page = await store.messages.page(account, chatId, before, count);
      found.unshift(...page.messages);
      if (!page.messages.length || !page.more) return found;
      before = page.messages[0]?.id ?? null;
    }
  }

  test.each([1, 2, 3, 4, 5])(
    'holds what a plain map holds, whatever comes in whatever order (seed %i)',
    async (seed) => {
      const next = random(seed);
      const model = new Map<string, Message>();
      let clock = 1_000_000;
      for (let round = 0; round < 40; round++) {
        const batch: Message[] = [];
        const size = Math.floor(next() ** 3 * 230) + 1;
        // New at the end, new at the front, anywhere; edits, deletions, stale versions, the same again.
        const centre = Math.floor(next() * 6000) - 3000;
        for (let i = 0; i < size; i++) {
          const known = [...model.values()];
          const old = known[Math.floor(next() * known.length)];
          const what = next();
          if (old && what < 0.2) batch.push(changed(old, ++clock, { html: `edit ${clock}` }));
          else if (old && what < 0.3)
            batch.push(changed(old, ++clock, { html: '', deletedAt: new Date(clock).toISOString() }));
          else if (old && what < 0.4) batch.push(changed(old, -1e9, { html: 'stale' }));
          else if (old && what < 0.5) batch.push(old);
          else batch.push(message(centre + Math.floor(next() * 400)));
        }
        for (const m of batch) {
          const there = model.get(m.id);
          if (!there || Date.parse(m.modifiedAt) > Date.parse(there.modifiedAt)) model.set(m.id, m);
        }
        await save(batch, { complete: true });
      }
      const expected = [...model.values()].sort((a, b) => Number(a.id) - Number(b.id));
      expect(expected.length).toBeGreaterThan(500);
      expect(await all(1 + (seed % 3) * 49)).toEqual(expected);
      const middle = expected[200];
      expect(middle && (await store.messages.get(account, chatId, middle.id))).toEqual(middle);
      expect(await store.messages.newest(account, chatId)).toEqual(expected.at(-1));
    },
  );

  test('a newer version replaces, an older one does not, the same instant goes by the etag', async () => {
    const m = message(1);
    await save([m]);
    await save([changed(m, 5, { html: 'edited' })]);
    await save([changed(m, 3, { html: 'late' })]);
    expect((await all())[0]?.html).toBe('edited');
    await save([{ ...changed(m, 5, { html: 'again' }), etag: String(Number(changed(m, 5).etag) + 1) }]);
    expect((await all())[0]?.html).toBe('again');
  });

  test('says what was added and what replaced', async () => {
    await save([message(1), message(2)]);
    const { added, replaced } = await save([message(2), changed(message(1), 9), message(3)]);
    expect(added.map((m) => m.id)).toEqual([message(3).id]);
    expect(replaced.map((m) => m.id)).toEqual([message(1).id]);
  });

  test('ids of different length stand in the order of their time', async () => {
    await save([message(0, { id: '10' as MessageId }), message(1, { id: '9' as MessageId })], { complete: true });
    expect((await all()).map((m) => m.id)).toEqual(['9', '10']);
  });

  test('what lies below a hole is not shown until the hole is closed', async () => {
    await save([message(10)]);
    const newest = [message(100), message(110)];
    await save(newest, { watermark: message(110).modifiedAt, oldest: message(100) });
    const page = await store.messages.page(account, chatId, null, 50);
    expect(page).toEqual({ messages: newest, more: true });
    await save([message(50), message(100)], { oldest: message(50) });
    expect((await store.messages.page(account, chatId, null, 50)).messages.map((m) => m.id)).toEqual(
      [50, 100, 110].map((ms) => message(ms).id),
    );
    await save([message(10)], { oldest: message(10), complete: true });
    expect(await store.messages.page(account, chatId, null, 50)).toMatchObject({ more: false });
    expect(await all()).toHaveLength(4);
  });

  test('pages have exactly what was asked for, and know whether more is there', async () => {
    await save(
      Array.from({ length: 250 }, (_, i) => message(i)),
      { oldest: message(0), complete: true },
    );
    const newest = await store.messages.page(account, chatId, null, 100);
    expect(newest.messages.map((m) => m.id)).toEqual(Array.from({ length: 100 }, (_, i) => message(150 + i).id));
    expect(newest.more).toBe(true);
    const rest = await store.messages.page(account, chatId, message(50).id, 50);
    expect(rest.messages[0]?.id).toBe(message(0).id);
    expect(rest.more).toBe(false);
    expect(await store.messages.page(account, chatId, message(0).id, 50)).toEqual({ messages: [], more: false });
  });

  test('counts what others wrote and the person has not seen', async () => {
    const mine = message(3, { from: { userId: me, name: 'Ada' } });
    const gone = message(4, { deletedAt: message(5).createdAt });
    const event = message(5, { from: null, event: { kind: 'left', who: [{ userId: null, name: 'Eve' }] } });
    const { row } = await save([message(1), message(2), mine, gone, event, message(6)]);
    expect(row.unread).toBe(3);
    expect((await store.messages.markRead(account, chatId, message(2).id))?.unread).toBe(1);
    expect(await store.messages.markRead(account, chatId, message(1).id)).toBeUndefined();
    expect((await save([message(7)])).row.unread).toBe(2);
    expect((await store.messages.markRead(account, chatId, message(7).id))?.unread).toBe(0);
  });

  test('several chats are stored together as each would be alone, or none of them', async () => {
    const batches = [chatId, chat2].map((id, i) => ({ chatId: id, batch: { messages: [message(i)], me } }));
    const saved = await store.messages.saveMany(account, batches);
    expect(saved.map(({ row, added }) => [row.chatId, added.length, row.unread])).toEqual([
      [chatId, 1, 1],
      [chat2, 1, 1],
    ]);
    const broken = { chatId: chat2, batch: { messages: [message(3, { id: null as never })], me } };
    await expect(
      store.messages.saveMany(account, [{ chatId, batch: { messages: [message(2)], me } }, broken]),
    ).rejects.toThrow();
    expect((await all()).map((m) => m.id)).toEqual([message(0).id]);
  });

  test('two chats and two accounts do not meet', async () => {
    await save([message(1)]);
    await store.messages.save(account, chat2, { messages: [message(2)], me });
    expect((await all()).map((m) => m.id)).toEqual([message(1).id]);
    expect((await store.messages.page(account, chat2, null, 9)).messages.map((m) => m.id)).toEqual([message(2).id]);
  });
});

describe('what a read costs', () => {
  let puts: { mock: { calls: unknown[][] } };
  beforeEach(async () => {
    freshIndexedDb();
    store = await openStore();
    puts = vi.spyOn(IDBObjectStore.prototype, 'put');
  });
  afterEach(() => store.close());

  test('an unchanged read writes nothing', async () => {
    const messages = Array.from({ length: 130 }, (_, i) => message(i));
    const batch = { messages, me, watermark: message(129).modifiedAt, oldest: message(0), complete: true };
    await store.messages.save(account, chatId, batch);
    const before = puts.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    await store.messages.save(account, chatId, batch);
    await store.messages.save(account, chatId, { ...batch, messages: messages.slice(-50) });
    expect(puts.mock.calls.length).toBe(before);
  });

  test('a new message rewrites one block, the words of as many, and the chat', async () => {
    const messages = Array.from({ length: 350 }, (_, i) => message(i));
    await store.messages.save(account, chatId, { messages, me });
    const before = puts.mock.calls.length;
    await store.messages.save(account, chatId, { messages: [message(400)], me });
    expect(puts.mock.calls.length - before).toBe(3);
  });

  test('blocks are full, whether a chat grows at its end or at its front, page by page or one by one', async () => {
    for (let page = 0; page < 20; page++) {
      const up = Array.from({ length: 50 }, (_, i) => message(page * 50 + i));
      const down = Array.from({ length: 50 }, (_, i) => message(-(page * 50 + i)));
      await store.messages.save(account, chatId, { messages: up, me });
      await store.messages.save(account, chat2, { messages: down, me });
    }
    for (let i = 0; i < 300; i++) await store.messages.save(account, chatId, { messages: [message(1000 + i)], me });
    const sizes = await sizesOfBlocks();
    expect(sizes(2)).toEqual(Array.from({ length: 20 }, () => 50));
    expect(sizes(1).slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 50));
    // What came in last waits in small ones.
    expect(sizes(1).length).toBeLessThan(35);
    expect(sizes(1).reduce((sum, size) => sum + size, 0)).toBe(1300);
  });

  async function sizesOfBlocks(): Promise<(no: number) => number[]> {
    const db = await openDB('deskside');
    const rows: MessageBlock[] = await db.getAll('messages');
    db.close();
    return (no) => rows.filter((row) => row.no === no).map((row) => messagesOf(row).length);
  }

  test('reads backwards by a cursor where the browser knows no other way', async () => {
    await store.messages.save(account, chatId, { messages: Array.from({ length: 350 }, (_, i) => message(i)), me });
    const modern = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'getAllRecords');
    expect(modern).toBeDefined();
    const newer = await store.messages.page(account, chatId, message(220).id, 150);
    Reflect.deleteProperty(IDBObjectStore.prototype, 'getAllRecords');
    const cursors = vi.spyOn(IDBObjectStore.prototype, 'openCursor');
    try {
      expect(await store.messages.page(account, chatId, message(220).id, 150)).toEqual(newer);
      expect(cursors).toHaveBeenCalled();
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'getAllRecords', modern as PropertyDescriptor);
    }
  });
});
