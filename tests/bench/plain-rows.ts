import type { Message } from '../../lib/model/message.ts';
import { textOf } from '../../lib/storage/block-lines.ts';
import type { WordsRow } from '../../lib/storage/schema.ts';

/** The least that searching costs a database, without anything of ours: all words read, and messages got one by one. */

/** Puts messages into a database of their own, a row each, under 0, 1, 2 … */
export async function putRows(messages: readonly Message[]): Promise<void> {
  const db = await rowsDb();
  const tx = db.transaction('rows', 'readwrite');
  for (const [i, message] of messages.entries()) tx.objectStore('rows').put(message, i);
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
}

/** Milliseconds to get these rows in one transaction, over a connection that is open. */
export async function getAt(keys: readonly number[]): Promise<number> {
  const db = await rowsDb();
  const begun = performance.now();
  const rows = db.transaction('rows').objectStore('rows');
  const found = await Promise.all(keys.map((key) => done<Message | undefined>(rows.get(key))));
  const took = performance.now() - begun;
  if (!found.every(Boolean)) throw new Error('A row is missing.');
  return took;
}

/** Milliseconds to read all rows of words, over a connection that is open. */
export async function readWords(database: string): Promise<number> {
  const db = await done(indexedDB.open(database));
  const begun = performance.now();
  await done(db.transaction('words').objectStore('words').getAll());
  const took = performance.now() - begun;
  db.close();
  return took;
}

/** Milliseconds for `indexOf` to find a word wherever it stands in all words, which are in memory. */
export async function passOver(database: string, word: string): Promise<number> {
  texts ??= allTexts(database);
  const all = await texts;
  const begun = performance.now();
  for (const text of all) for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length));
  return performance.now() - begun;
}

let texts: Promise<string[]> | null = null;
async function allTexts(database: string): Promise<string[]> {
  const db = await done(indexedDB.open(database));
  const rows = await done<WordsRow[]>(db.transaction('words').objectStore('words').getAll());
  db.close();
  return rows.map(({ text }) => textOf(text));
}

let opened: Promise<IDBDatabase> | null = null;
function rowsDb(): Promise<IDBDatabase> {
  if (!opened) {
    const opening = indexedDB.open('bench-rows', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    opened = done(opening);
  }
  return opened;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
