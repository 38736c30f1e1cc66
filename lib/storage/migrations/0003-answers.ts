import type { IDBPDatabase } from 'idb';

/** What a person said once and is not asked again. */
export function answers(db: IDBPDatabase): void {
  db.createObjectStore('answers', { keyPath: ['account', 'question'] });
}
