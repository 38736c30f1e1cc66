import type { AccountId, UserId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { PhotoRow } from './schema.ts';

export type Photos = ReturnType<typeof createPhotos>;

/** Photos as data: URLs. A person without one is remembered too, so that it is not asked for again and again. */
export function createPhotos(db: Database) {
  return {
    /** Undefined: never asked for, or before `since` (milliseconds since 1970). */
    async get(account: AccountId, userId: UserId, since: number): Promise<PhotoRow | undefined> {
      const row = await db.read(['photos'], ({ photos }) => photos.get([account, userId]));
      return row && row.lookedUpAt >= since ? row : undefined;
    },

    /** `url` null: there is none. */
    save(account: AccountId, userId: UserId, url: string | null, lookedUpAt: number): Promise<void> {
      return db.write(['photos'], ({ photos }) => photos.put({ account, userId, url, lookedUpAt }));
    },
  };
}
