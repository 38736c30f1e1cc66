import { asAccountId, asUserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { ChatBatch } from '../../lib/storage/messages.ts';
import { openStore, type Store } from '../../lib/storage/open.ts';
import { type Conversation, corpus } from './corpus.ts';

/**
 * Runs in a page of a real browser: how fast messages go into IndexedDB, ours and the plain ways of doing it. Every
 * group is what one $batch of Graph brings: a page of 50 (newest first) of each of 20 chats. What is left of a chat
 * beyond its full pages is left out: the goals are of full ones.
 */
const ACCOUNT = asAccountId('bench.tenant');
const ME = asUserId('me');
const PAGE = 50;
const BATCH = 20;

/** A page of a chat, and all that reading it proves. */
interface Page {
  no: number;
  read: ChatBatch;
}

const conversations = corpus({ count: 28_000, chats: 240, seed: 20_261_122 });
const groups = groupsOf(conversations);
const messageCount = groups.flat().reduce((sum, { read }) => sum + read.batch.messages.length, 0);

function groupsOf(all: Conversation[]): Page[][] {
  const waiting = all.map(({ chatId, messages }, no) => ({ chatId, no, newest: messages.toReversed(), at: 0 }));
  const found: Page[][] = [];
  for (;;) {
    const next = waiting
      .filter(({ at, newest }) => at + PAGE <= newest.length)
      .sort((a, b) => a.at - b.at)
      .slice(0, BATCH);
    if (next.length < BATCH) return found;
    found.push(
      next.map((chat) => {
        const messages = chat.newest.slice(chat.at, chat.at + PAGE);
        chat.at += PAGE;
        const complete = chat.at >= chat.newest.length;
        const batch = { messages, me: ME, watermark: chat.newest[0]!.modifiedAt, oldest: messages.at(-1)!, complete };
        return { no: chat.no, read: { chatId: chat.chatId, batch } };
      }),
    );
  }
}

/** Per second. */
async function speed(count: number, work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (count / (performance.now() - begun)) * 1000;
}

let opened = 0;
async function fresh<T extends { close(): void }>(open: (name: string) => Promise<T>, use: (db: T) => Promise<number>) {
  opened += 1;
  const name = `bench-${opened}`;
  const db = await open(name);
  const value = await use(db);
  db.close();
  await done(indexedDB.deleteDatabase(name));
  return value;
}

const ways = {
  /** Ours, a page a transaction. */
  pages: () =>
    fresh(openStore, (store) =>
      speed(messageCount, async () => {
        for (const { read } of groups.flat()) await store.messages.save(ACCOUNT, read.chatId, read.batch);
      }),
    ),
  /** Ours, 20 pages of 20 chats a transaction. */
  batches: () =>
    fresh(openStore, (store) =>
      speed(messageCount, async () => {
        for (const group of groups)
          await store.messages.saveMany(
            ACCOUNT,
            group.map(({ read }) => read),
          );
      }),
    ),
  /** A row a message, read and compared before it is written, a page a transaction. */
  rows: () =>
    fresh(openPlain, (db) =>
      speed(messageCount, async () => {
        for (const page of groups.flat()) await putRows(db, [page]);
      }),
    ),
  /** The floor: a page is one row, written blindly, a page a transaction. */
  blobs: () =>
    fresh(openPlain, (db) =>
      speed(messageCount, async () => {
        for (const [i, { no, read }] of groups.flat().entries()) {
          const tx = db.transaction('rows', 'readwrite', { durability: 'relaxed' });
          tx.objectStore('rows').put({ no, id: i, messages: read.batch.messages });
          await committed(tx);
        }
      }),
    ),
};

/** Three more messages in each of 240 stored chats, 20 chats a transaction; each call goes on where the last one ended. */
const CHATS = 240;
const NEW = 3;
let growing: {
  store: Store;
  plain: IDBDatabase;
  chats: Conversation[];
  turns: Record<'ours' | 'rows', number>;
} | null = null;

async function grow(whose: 'ours' | 'rows'): Promise<number> {
  growing ??= await prepareGrowing();
  const { store, plain, chats, turns } = growing;
  const turn = turns[whose]++;
  const groups: Page[][] = [];
  for (let at = 0; at < CHATS; at += BATCH)
    groups.push(
      chats.slice(at, at + BATCH).map(({ chatId, messages }, i) => {
        const news = messages.slice(60 + turn * NEW, 60 + (turn + 1) * NEW).toReversed();
        return { no: at + i, read: { chatId, batch: { messages: news, me: ME, watermark: news[0]!.modifiedAt } } };
      }),
    );
  return speed(CHATS * NEW, async () => {
    for (const group of groups)
      if (whose === 'ours')
        await store.messages.saveMany(
          ACCOUNT,
          group.map(({ read }) => read),
        );
      else await putRows(plain, group);
  });
}

async function prepareGrowing() {
  const one = corpus({ count: 240 * 100, chats: 1, seed: 7 })[0]!.messages;
  const chats = Array.from({ length: CHATS }, (_, i) => ({
    chatId: `19:grow${i}@thread.v2` as Conversation['chatId'],
    messages: one.slice(i * 100, (i + 1) * 100),
  }));
  const [store, plain] = [await openStore('bench-grow'), await openPlain('bench-grow-plain')];
  for (const [no, { chatId, messages }] of chats.entries()) {
    const read = { chatId, batch: { messages: messages.slice(0, 60), me: ME, complete: true } };
    await store.messages.save(ACCOUNT, chatId, read.batch);
    await putRows(plain, [{ no, read }]);
  }
  return { store, plain, chats, turns: { ours: 0, rows: 0 } };
}

/** How often something is written when pages come once more, unchanged. */
function redelivered(): Promise<number> {
  return fresh(openStore, async (store) => {
    const pages = groups.slice(0, 6);
    const all = async () => {
      for (const group of pages) {
        for (const { read } of group) await store.messages.save(ACCOUNT, read.chatId, read.batch);
        await store.messages.saveMany(
          ACCOUNT,
          group.map(({ read }) => read),
        );
      }
    };
    await all();
    let calls = 0;
    const prototype = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    const kept = ['put', 'add', 'delete', 'clear'].map((name) => {
      const own = prototype[name]!;
      prototype[name] = function counted(this: unknown, ...args: unknown[]) {
        calls += 1;
        return own.apply(this, args);
      };
      return () => {
        prototype[name] = own;
      };
    });
    await all();
    for (const restore of kept) restore();
    return calls;
  });
}

async function openPlain(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: ['no', 'id'] });
  return done(opening);
}

async function putRows(db: IDBDatabase, pages: Page[]): Promise<void> {
  const tx = db.transaction('rows', 'readwrite', { durability: 'relaxed' });
  const rows = tx.objectStore('rows');
  for (const { no, read } of pages) {
    const ids = read.batch.messages.map(({ id }) => Number(id));
    const range = IDBKeyRange.bound([no, Math.min(...ids)], [no, Math.max(...ids)]);
    const known = new Map((await done<Message[]>(rows.getAll(range))).map((row) => [Number(row.id), row]));
    for (const message of read.batch.messages) {
      const there = known.get(Number(message.id));
      if (!there || there.modifiedAt < message.modifiedAt) rows.put({ ...message, no, id: Number(message.id) });
    }
  }
  await committed(tx);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
}

export const bench = { ...ways, growOurs: () => grow('ours'), growRows: () => grow('rows'), redelivered };

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
