import 'fake-indexeddb/auto';
import { type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chat } from '../../../lib/model/chat.ts';
import { asErpUser, asOrigin, asUserId, type Email, foldEmail } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { NOTHING_WRITTEN } from '../../../lib/model/writing.ts';
import { openIndexedDb } from '../../../lib/storage/indexed-db.ts';
import { initial } from '../../../lib/storage/migrations/0001-initial.ts';
import { openMemoryStore, openStore, type Store } from '../../../lib/storage/open.ts';
import type { JobRow, LinkRow, MappingRow, SendRow } from '../../../lib/storage/schema.ts';
import { keyPaths } from '../../../lib/storage/schema.ts';
import { account, bob, chat2, chatId, erpUser, freshIndexedDb, me, message, other, record, T0 } from './fixtures.ts';

const chat: Chat = {
  id: chatId,
  topic: 'Fair · EV-1',
  kind: 'group',
  webUrl: 'https://teams.example/1',
  createdAt: '2026-11-22T09:00:00Z',
  members: [{ userId: me, displayName: 'Ada', email: 'ada@example.org', role: 'owner' }],
  readUpTo: null,
  newestAt: null,
};
const email = foldEmail('bob@example.org') as Email;
const draftOf = (localId: string, whose = account) => {
  return {
    localId,
    account: whose,
    recordKey: record,
    chatId,
    erpUser,
    content: plainContent('<p>hi</p>'),
    replyTo: null,
    writtenAt: T0,
  };
};
const site = asOrigin('https://erp.example');
const words = (text: string) => ({ ...NOTHING_WRITTEN, text });
const mapping = (whose = account, address = email): MappingRow => ({
  account: whose,
  origin: site,
  address,
  user: asErpUser(address),
  email: address,
  name: 'Bob',
  azureId: '',
  state: 'not-found',
  person: null,
  candidates: [],
  by: null,
  lookedUpAt: T0,
  problem: null,
});
const job: JobRow = {
  id: 'j1',
  kind: 'create-chat',
  account,
  recordKey: record,
  origin: asOrigin('https://erp.example'),
  erpUser,
  step: 'claiming',
  data: { a: 1 },
  createdAt: T0,
  updatedAt: T0,
  wakeAt: null,
  problem: null,
  question: null,
};

let store: Store;

describe.each([
  ['IndexedDB', () => openStore()],
  ['memory', async () => openMemoryStore()],
])('repositories over %s', (_, open) => {
  beforeEach(async () => {
    freshIndexedDb();
    store = await open();
  });
  afterEach(() => store.close());

  test('a chat keeps its number, its read mark and its watermark over newer lists', async () => {
    const first = await store.chats.save(account, { ...chat, readUpTo: message(5).createdAt });
    await store.messages.save(account, chatId, { messages: [message(9)], me, watermark: message(9).modifiedAt });
    const second = await store.chats.save(account, { ...chat, topic: 'New · EV-1', readUpTo: message(1).createdAt });
    expect(second).toMatchObject({ no: first.no, topic: 'New · EV-1', unread: 1 });
    expect(second.readUpTo).toBe(message(5).createdAt);
    expect(second.watermark).toBe(message(9).modifiedAt);
    expect(await store.chats.get(account, chatId)).toEqual(second);
    expect((await store.chats.save(account, { ...chat, readUpTo: message(9).createdAt })).unread).toBe(0);
    const third = await store.chats.save(account, { ...chat, id: chat2 });
    expect(third.no).not.toBe(first.no);
    expect((await store.chats.save(other, chat)).no).not.toBe(first.no);
    expect((await store.chats.list(account)).map((row) => row.chatId)).toEqual([chatId, chat2]);
    await store.chats.setNotify(account, chatId, true);
    expect((await store.chats.get(account, chatId))?.notify).toBe(true);
  });

  test('links are found by record and by chat', async () => {
    const link = {
      account,
      recordKey: record,
      chatId,
      confirmedBy: 'created' as const,
      recordCreation: '2026',
      linkedAt: T0,
    };
    await store.links.put(link);
    await store.links.put({ ...link, account: other });
    expect(await store.links.get(account, record)).toEqual(link);
    expect(await store.links.ofChat(account, chatId)).toEqual([link]);
    expect(await store.links.ofChat(account, chat2)).toEqual([]);
    await store.links.remove(account, record);
    expect(await store.links.list(account)).toEqual([]);
    expect(await store.links.list(other)).toHaveLength(1);
  });

  test('pictures of a draft outlive what names them by a day, and are dropped by name', async () => {
    const picture = (id: string, savedAt = T0, whose = account) => {
      const bytes = new Uint8Array([1, 2, 3]);
      return { account: whose, recordKey: record, id, contentType: 'image/png', bytes, savedAt };
    };
    const left = async () => {
      const found = await Promise.all(['named', 'lost', 'fresh'].map((id) => store.pictures.get(account, record, id)));
      return found.flatMap((row) => row?.id ?? []);
    };
    for (const row of [picture('named'), picture('lost'), picture('fresh', T0 + 5)]) await store.pictures.put(row);
    const image = { id: 'named', name: '', contentType: 'image/png', width: 1, height: 1, alt: '', size: 3 };
    await store.drafts.save(account, record, { ...words('x'), images: [image] }, T0);
    expect(await store.pictures.get(account, record, 'named')).toEqual(picture('named'));
    await store.pictures.sweep(T0 + 1);
    expect(await left()).toEqual(['named', 'fresh']);
    await store.pictures.drop(account, record, ['named']);
    expect(await left()).toEqual(['fresh']);
    await store.forgetAccount(account);
    expect(await left()).toEqual([]);
  });

  test('drafts, people and photos come back as they went in', async () => {
    const half = { ...words('@Bob half a sen'), mentions: [{ start: 0, end: 4, userId: bob, name: 'Bob' }] };
    await store.drafts.save(account, record, half, T0);
    await store.drafts.save(null, record, words('nobody'), T0);
    expect(await store.drafts.load(account, record)).toEqual(half);
    expect(await store.drafts.load(null, record)).toMatchObject({ text: 'nobody' });
    await store.drafts.save(account, record, null, T0);
    expect(await store.drafts.load(account, record)).toBeNull();

    const person = { id: bob, displayName: 'Bob', mail: email, userPrincipalName: 'bob@x', guest: false };
    const nobody = foldEmail('nobody@example.org') as Email;
    await store.people.save(
      account,
      new Map([
        [email, [person]],
        [nobody, []],
      ]),
      T0,
    );
    const known = await store.people.get(account, [email, nobody, foldEmail('new@example.org') as Email], T0);
    expect([...known.values()].map((row) => row.people)).toEqual([[person], []]);
    expect((await store.people.get(account, [email], T0 + 1)).size).toBe(0);

    await store.photos.save(account, new Map([[bob, null]]), T0);
    expect(await store.photos.get(account, [bob, me], T0)).toEqual(new Map([[bob, null]]));
    expect((await store.photos.get(account, [bob, me], T0 + 1)).size).toBe(0);
  });

  test('a job is added once, changed while it is there, and stays gone', async () => {
    expect(await store.jobs.add(job)).toBe(true);
    expect(await store.jobs.add({ ...job, step: 'again' })).toBe(false);
    expect((await store.jobs.update(account, 'j1', { step: 'looking' }))?.step).toBe('looking');
    expect(await store.jobs.ofRecord(account, record, 'create-chat')).toHaveLength(1);
    expect(await store.jobs.ofRecord(account, record, 'other')).toHaveLength(0);
    await store.jobs.remove(account, 'j1');
    expect(await store.jobs.update(account, 'j1', { step: 'writing' })).toBeUndefined();
    expect(await store.jobs.list()).toEqual([]);
  });

  test('a mapping is of one site, a page keeps what a person said meanwhile, and who is listed no more goes', async () => {
    const ann = foldEmail('ann@example.org') as Email;
    const elsewhere = asOrigin('https://other.example');
    await store.mappings.put({ ...mapping(), by: 'person' });
    await store.mappings.put({ ...mapping(), origin: elsewhere });
    await store.mappings.savePage(account, site, [mapping(), mapping(account, ann)], (user, earlier) => ({
      ...mapping(account, user.email!),
      by: earlier?.by ?? null,
      lookedUpAt: T0 + 5,
    }));
    expect((await store.mappings.list(account, site)).map((row) => [row.address, row.by])).toEqual([
      [ann, null],
      [email, 'person'],
    ]);
    expect((await store.mappings.update(account, site, ann, { azureId: 'x' }))?.azureId).toBe('x');
    expect(await store.mappings.update(other, site, ann, { azureId: 'y' })).toBeUndefined();
    await store.mappings.put({ ...mapping(account, ann), lookedUpAt: T0 });
    await store.mappings.removeOlder(account, site, T0 + 5);
    const left = await store.mappings.get(account, site, [ann, email]);
    expect([...left.keys()]).toEqual([email]);
    expect(await store.mappings.list(account, elsewhere)).toHaveLength(1);
  });

  test('an outgoing message is written once, in order, and its id is spent for ever', async () => {
    for (const id of ['b', 'a']) expect(await store.outbox.add(draftOf(id))).toBe(true);
    expect(await store.outbox.add(draftOf('b'))).toBe(false);
    const [b, a] = (await store.outbox.list(account, chatId)) as SendRow[];
    expect([b?.localId, a?.localId]).toEqual(['b', 'a']);
    if (!a || !b) return;
    expect(await store.outbox.change(account, 'b', ['sending'], { state: 'unknown' })).toBeUndefined();
    expect(await store.outbox.settle(b, message(1), me, T0)).toBe(true);
    expect(await store.outbox.settle(a, message(1), me, T0)).toBe(false);
    expect(await store.outbox.add(draftOf('b'))).toBe(false);
    expect((await store.messages.page(account, chatId, null, 9)).messages).toEqual([message(1)]);
    expect(await store.outbox.outcome(account, 'b')).toEqual({ kind: 'sent', serverId: message(1).id });
    expect(await store.outbox.outcome(account, 'a')).toMatchObject({ kind: 'waiting' });
    await store.outbox.change(account, 'a', ['queued'], { state: 'sending' });
    await expect(store.outbox.discard(account, 'a', T0)).rejects.toThrow('not-permitted');
    await store.outbox.change(account, 'a', ['sending'], { state: 'failed' });
    await store.outbox.discard(account, 'a', T0 + 5);
    expect(await store.outbox.outcome(account, 'a')).toEqual({ kind: 'discarded' });
    expect(await store.outbox.add(draftOf('a'))).toBe(false);
    await store.outbox.prune(T0 + 5);
    expect(await store.outbox.outcome(account, 'b')).toBeUndefined();
    expect(await store.outbox.outcome(account, 'a')).toEqual({ kind: 'discarded' });
  });

  test('forgetting an account leaves nothing of it and all of the other', async () => {
    const fill = async (whose: typeof account) => {
      await store.chats.save(whose, chat);
      await store.messages.save(whose, chatId, { messages: [message(1), message(2)], me });
      await store.links.put({
        account: whose,
        recordKey: record,
        chatId,
        confirmedBy: 'person',
        recordCreation: '',
        linkedAt: T0,
      });
      await store.outbox.add(draftOf('x', whose));
      await store.outbox.add(draftOf('y', whose));
      await store.outbox.discard(whose, 'y', T0);
      await store.jobs.add({ ...job, account: whose });
      await store.drafts.save(whose, record, words('text'), T0);
      await store.people.save(whose, new Map([[email, []]]), T0);
      await store.photos.save(whose, new Map([[bob, 'data:x']]), T0);
      await store.mappings.put(mapping(whose));
    };
    const look = async (whose: typeof account) => [
      await store.chats.list(whose),
      (await store.messages.page(whose, chatId, null, 9)).messages,
      await store.links.list(whose),
      await store.outbox.list(whose),
      [await store.outbox.outcome(whose, 'y')].filter(Boolean),
      await store.jobs.list(whose),
      [await store.drafts.load(whose, record)].filter(Boolean),
      [...(await store.people.get(whose, [email], 0)).keys()],
      [...(await store.photos.get(whose, [bob], 0)).values()],
      await store.mappings.list(whose, site),
    ];
    await fill(account);
    await fill(other);
    const before = await look(other);
    expect(before.every((rows) => rows.length > 0)).toBe(true);
    await store.forgetAccount(account);
    expect((await look(account)).flat()).toEqual([]);
    expect(await look(other)).toEqual(before);
    // Its old number does not come back with its old messages.
    await store.chats.save(account, chat);
    expect((await store.messages.page(account, chatId, null, 9)).messages).toEqual([]);
  });

  test('a transaction that fails leaves nothing', async () => {
    await store.outbox.add(draftOf('a'));
    const [row] = (await store.outbox.list(account)) as SendRow[];
    const broken = message(1, { html: (() => 'no clone of a function') as never });
    await expect(row && store.outbox.settle(row, broken, me, T0)).rejects.toThrow();
    expect(await store.outbox.outcome(account, 'a')).toMatchObject({ kind: 'waiting' });
    expect((await store.messages.page(account, chatId, null, 9)).messages).toEqual([]);
    expect(await store.chats.get(account, chatId)).toBeUndefined();
  });

  test('what is handed out is a copy', async () => {
    await store.jobs.add(job);
    const got = await store.jobs.get(account, 'j1');
    if (got) (got.data as { a: number }).a = 2;
    expect(await store.jobs.get(account, 'j1')).toEqual(job);
  });
});

describe('a chat vouched for', () => {
  const row = (more: Partial<LinkRow> = {}): LinkRow => ({
    account,
    recordKey: record,
    chatId,
    confirmedBy: 'created',
    recordCreation: 'c',
    linkedAt: 1,
    ...more,
  });
  test('by its maker stays so, though a look at its topic comes in late', async () => {
    await store.links.vouch(row());
    expect(await store.links.vouch(row({ confirmedBy: 'marker', linkedAt: 2 }))).toEqual(row());
    expect(await store.links.get(account, record)).toEqual(row());
  });
  test('by its topic is outranked, and another chat or document begins anew', async () => {
    await store.links.vouch(row({ confirmedBy: 'marker' }));
    for (const next of [row({ confirmedBy: 'person' }), row({ confirmedBy: 'marker', chatId: chat2 })])
      expect(await store.links.vouch(next)).toEqual(next);
    const reborn = row({ confirmedBy: 'marker', recordCreation: 'another' });
    expect(await store.links.vouch(reborn)).toEqual(reborn);
  });
});

describe('opening', () => {
  beforeEach(freshIndexedDb);

  test('rows outlive the worker', async () => {
    const first = await openStore();
    expect(first.problem).toBeNull();
    await first.drafts.save(account, record, words('text'), T0);
    first.close();
    const second = await openStore();
    expect(await second.drafts.load(account, record)).toMatchObject({ text: 'text' });
    second.close();
  });

  test('the migrations make the stores that the repositories know', async () => {
    (await openStore()).close();
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('deskside');
      opening.onsuccess = () => resolve(opening.result);
    });
    const made = [...db.objectStoreNames].map((name) => [name, db.transaction(name).objectStore(name).keyPath]);
    expect(Object.fromEntries(made)).toEqual(keyPaths);
    db.close();
  });

  test('a database of the first version keeps its rows and gets the stores that came since', async () => {
    const old = await openDB('deskside', 1, { upgrade: (db) => initial(db as unknown as IDBPDatabase) });
    await old.put('drafts', { account, recordKey: record, text: 'from before', savedAt: T0 });
    old.close();
    const opened = await openStore();
    expect(opened.problem).toBeNull();
    expect(await opened.drafts.load(account, record)).toMatchObject({ text: 'from before' });
    await opened.mappings.put(mapping());
    expect(await opened.mappings.list(account, site)).toEqual([mapping()]);
    opened.close();
  });

  test('where IndexedDB is refused at once, nothing goes on waiting for it', async () => {
    vi.useFakeTimers();
    try {
      vi.spyOn(indexedDB, 'open').mockImplementation(() => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      });
      await expect(openIndexedDb('refused')).rejects.toMatchObject({ error: { code: 'storage-unavailable' } });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('where IndexedDB is refused, everything works in memory and says so', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
    });
    const refused = await openStore();
    expect(refused.problem).toMatchObject({ code: 'storage-unavailable' });
    await refused.drafts.save(account, record, words('text'), T0);
    expect(await refused.drafts.load(account, record)).toMatchObject({ text: 'text' });
  });

  test('a failure of the moment is no reason for memory', async () => {
    const open = indexedDB.open.bind(indexedDB);
    vi.spyOn(indexedDB, 'open')
      .mockImplementationOnce(() => {
        throw new DOMException('later', 'UnknownError');
      })
      .mockImplementation(open);
    const opened = await openStore();
    expect(opened.problem).toBeNull();
    opened.close();
  });

  test('a newer version that wants the database gets it, and this one says so when asked', async () => {
    const old = await openStore();
    await old.drafts.save(account, record, words('text'), T0);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('deskside', 99);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    await expect(old.drafts.load(account, record)).rejects.toThrow('storage-unavailable');
    newer.close();
    old.close();
  });

  test('a connection that the browser ended is opened again', async () => {
    const closing: IDBDatabase[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...args
    ) {
      closing.push(this);
      return transaction.apply(this, args);
    });
    const opened = await openStore();
    await opened.drafts.save(account, record, words('text'), T0);
    spy.mockRestore();
    closing[0]?.close();
    expect(await opened.drafts.load(account, record)).toMatchObject({ text: 'text' });
    opened.close();
  });

  test('a full disk is said in a sentence', async () => {
    const opened = await openStore();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const saving = opened.photos.save(account, new Map([[asUserId('x'), 'data:']]), T0);
    await expect(saving).rejects.toMatchObject({
      error: { code: 'storage-full', title: expect.stringMatching('no room') },
    });
    opened.close();
  });
});
