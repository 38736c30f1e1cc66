import type { IDBPDatabase } from 'idb';

/** Channels that were used or chosen, and what they were chosen for. */
export function channels(db: IDBPDatabase): void {
  db.createObjectStore('channels', { keyPath: ['account', 'channelId'] });
  db.createObjectStore('channelChoices', { keyPath: ['account', 'of'] });
}
