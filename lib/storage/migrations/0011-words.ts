import type { IDBPDatabase } from 'idb';

/**
 * The words of messages by account, in rows that are never changed once written, in place of those by chat. Of messages
 * stored by then they are taken once, from the messages (search/take-words.ts).
 */
export function words(db: IDBPDatabase): void {
  db.deleteObjectStore('texts');
  db.createObjectStore('words', { keyPath: ['account', 'seq'] });
}
