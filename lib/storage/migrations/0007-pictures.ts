import type { IDBPDatabase } from 'idb';

/** Pictures of drafts. */
export function pictures(db: IDBPDatabase): void {
  db.createObjectStore('pictures', { keyPath: ['account', 'recordKey', 'id'] });
}
