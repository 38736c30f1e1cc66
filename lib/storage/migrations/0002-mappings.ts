import type { IDBPDatabase } from 'idb';

/** Who ERPNext's users are at Microsoft. */
export function mappings(db: IDBPDatabase): void {
  db.createObjectStore('mappings', { keyPath: ['account', 'origin', 'address'] });
}
