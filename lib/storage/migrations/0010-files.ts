import type { IDBPDatabase } from 'idb';

/** Files of drafts and of messages on their way: what each is, and its bytes in parts. */
export function files(db: IDBPDatabase): void {
  db.createObjectStore('files', { keyPath: ['account', 'id'] });
  db.createObjectStore('fileParts', { keyPath: ['account', 'id', 'no'] });
}
