import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { plainContent } from '../../../lib/model/message.ts';
import { NOTHING_WRITTEN } from '../../../lib/model/writing.ts';
import { migrations } from '../../../lib/storage/indexed-db.ts';
import { openStore } from '../../../lib/storage/open.ts';
import type { SendRow } from '../../../lib/storage/schema.ts';
import { account, chat2, chatId, erpUser, freshIndexedDb, me, message, record, T0 } from './fixtures.ts';

const written = (localId: string) => ({
  ...{ localId, account, recordKey: record, chatId, erpUser, content: plainContent('<p>hi</p>') },
  replyTo: null,
  writtenAt: T0,
});
const LINK = {
  ...{ account, recordKey: record, chatId, confirmedBy: 'created' as const, recordCreation: 'c' },
  linkedAt: T0,
};

beforeEach(freshIndexedDb);
afterEach(() => vi.restoreAllMocks());

async function filled(): Promise<void> {
  const store = await openStore();
  for (const id of ['a', 'b']) await store.outbox.add(written(id));
  await store.links.put(LINK);
  await store.drafts.save(account, record, { ...NOTHING_WRITTEN, text: 'half a sen' }, T0);
  for (const chat of [chatId, chat2])
    await store.messages.save(account, chat, {
      ...{ me, messages: [message(1), message(2)], oldest: message(1), complete: true },
      watermark: message(2).modifiedAt,
    });
  store.close();
}

/** The database as it is, but for these stores. */
async function without(...gone: string[]): Promise<void> {
  const old = await openDB('deskside');
  const version = old.version;
  const rows = new Map<string, unknown[]>();
  const paths = new Map<string, string[]>();
  for (const name of old.objectStoreNames) {
    rows.set(name, await old.getAll(name));
    paths.set(name, old.transaction(name).store.keyPath as string[]);
  }
  old.close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('deskside').onsuccess = resolve;
  });
  const db = await openDB('deskside', version, {
    upgrade(db) {
      for (const [name, keyPath] of paths) if (!gone.includes(name)) db.createObjectStore(name, { keyPath });
    },
  });
  for (const [name, all] of rows) if (!gone.includes(name)) for (const row of all) await db.put(name, row);
  db.close();
}

describe('a damaged database', () => {
  test('is made anew with what nobody else has, which is said once', async () => {
    await filled();
    await without('messages', 'words');
    const store = await openStore();
    expect(store.problem).toBeNull();
    expect((await store.outbox.list(account)).map(({ localId }) => localId)).toEqual(['a', 'b']);
    expect(await store.links.get(account, record)).toEqual(LINK);
    expect(await store.drafts.load(account, record)).toMatchObject({ text: 'half a sen' });
    expect(await store.chats.list(account)).toEqual([]);
    await store.messages.save(account, chatId, { me, messages: [message(1)] });
    await store.outbox.add(written('c'));
    expect((await store.outbox.list(account)).at(-1)?.localId).toBe('c');
    expect(await store.rebuilt.say(T0)).toMatchObject({ title: expect.stringMatching('damaged') });
    expect(await store.rebuilt.say(T0 + 1000)).not.toBeNull();
    expect(await store.rebuilt.say(T0 + 3600_000)).toBeNull();
    store.close();
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['deskside']);
  });

  test('loses nothing where the worker dies between the old and the new one', async () => {
    await filled();
    await without('chats');
    const put = IDBObjectStore.prototype.put;
    const broken = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (this.name === 'links') throw new DOMException('gone', 'AbortError');
      return put.apply(this, args);
    });
    expect((await openStore()).problem).not.toBeNull();
    broken.mockRestore();
    const store = await openStore();
    expect((await store.outbox.list(account)).map(({ localId }) => localId)).toEqual(['a', 'b']);
    expect(await store.links.get(account, record)).toEqual(LINK);
    store.close();
  });

  test('of a newer version is left alone', async () => {
    await filled();
    (await openDB('deskside', migrations.length + 1)).close();
    const store = await openStore();
    expect(store.problem).toMatchObject({ code: 'storage-unavailable' });
    expect((await openDB('deskside')).objectStoreNames.contains('outbox')).toBe(true);
  });

  test('messages that do not read are forgotten with their chat, and read again', async () => {
    await filled();
    const db = await openDB('deskside');
    const [block] = await db.getAll('messages');
    await db.put('messages', { ...block, lines: new TextEncoder().encode(`${block.firstKey}{"id": broken}`) });
    db.close();
    const store = await openStore();
    expect(await store.rebuilt.say(T0)).toBeNull();
    expect(await store.messages.page(account, chatId, null, 9)).toEqual({ messages: [], more: true });
    expect((await store.messages.page(account, chat2, null, 9)).messages).toHaveLength(2);
    expect(await store.chats.get(account, chatId)).toMatchObject({ watermark: null, oldest: null, complete: false });
    expect(await store.rebuilt.say(T0)).not.toBeNull();
    await store.messages.save(account, chatId, { me, messages: [message(1), message(2)], oldest: message(1) });
    expect((await store.messages.page(account, chatId, null, 9)).messages).toHaveLength(2);
    store.close();
  });
});

describe('a full disk', () => {
  /** Rows of these stores find no room. */
  function noRoomFor(...names: string[]): void {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (names.includes(this.name)) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    });
  }

  test('keeps what is written and what waits, and says so', async () => {
    await filled();
    const store = await openStore();
    noRoomFor('messages', 'words', 'chats');
    const full = { error: { code: 'storage-full', action: { kind: 'make-room' } } };
    await expect(store.messages.save(account, chatId, { me, messages: [message(9)] })).rejects.toMatchObject(full);
    expect((await store.messages.page(account, chatId, null, 9)).messages).toHaveLength(2);
    await store.drafts.save(account, record, { ...NOTHING_WRITTEN, text: 'goes on' }, T0);
    expect(await store.drafts.load(account, record)).toMatchObject({ text: 'goes on' });
    expect(await store.outbox.add(written('c'))).toBe(true);
    store.close();
  });

  test('lets a message that was sent be sent, though its copy finds no room', async () => {
    await filled();
    const store = await openStore();
    noRoomFor('messages', 'words', 'chats');
    const [row] = (await store.outbox.list(account)) as SendRow[];
    expect(await store.outbox.settle(row!, message(7), me, T0)).toBe(true);
    expect(await store.outbox.outcome(account, 'a')).toEqual({ kind: 'sent', serverId: message(7).id });
    expect((await store.outbox.list(account)).map(({ localId }) => localId)).toEqual(['b']);
    store.close();
  });
});
