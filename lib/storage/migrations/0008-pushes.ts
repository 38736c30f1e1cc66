import type { IDBPDatabase } from 'idb';

/** Subscriptions of chats, where a site rings. */
export function pushes(db: IDBPDatabase): void {
  db.createObjectStore('pushes', { keyPath: ['account', 'chatId'] });
}
