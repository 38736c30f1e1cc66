import type { IDBPDatabase } from 'idb';

/** Who is signed in to Microsoft, and on which sites. */
export function accounts(db: IDBPDatabase): void {
  db.createObjectStore('accounts', { keyPath: ['account'] });
}
