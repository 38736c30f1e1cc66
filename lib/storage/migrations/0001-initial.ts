import type { IDBPDatabase } from 'idb';

/** The first shape. Written out here, not taken from schema.ts: a migration never changes once it has been released. */
export function initial(db: IDBPDatabase): void {
  db.createObjectStore('chats', { keyPath: ['account', 'chatId'] });
  db.createObjectStore('messages', { keyPath: ['no', 'firstKey'] });
  db.createObjectStore('links', { keyPath: ['account', 'recordKey'] });
  db.createObjectStore('outbox', { keyPath: ['account', 'localId'] });
  db.createObjectStore('receipts', { keyPath: ['account', 'localId'] });
  db.createObjectStore('jobs', { keyPath: ['account', 'id'] });
  db.createObjectStore('drafts', { keyPath: ['account', 'recordKey'] });
  db.createObjectStore('people', { keyPath: ['account', 'email'] });
  db.createObjectStore('photos', { keyPath: ['account', 'userId'] });
  db.createObjectStore('counters', { keyPath: ['name'] });
}
