import type { IDBPDatabase } from 'idb';

/** The words of messages, for search. Those stored by then are taken by the first search (search/search.ts). */
export function texts(db: IDBPDatabase): void {
  db.createObjectStore('texts', { keyPath: ['no', 'firstKey'] });
}
