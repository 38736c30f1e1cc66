import type { IDBPDatabase } from 'idb';

/** How keeping all of an account's chats in step stands. */
export function syncs(db: IDBPDatabase): void {
  db.createObjectStore('syncs', { keyPath: ['account'] });
}
