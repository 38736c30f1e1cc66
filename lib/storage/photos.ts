import type { AccountId, UserId } from '../model/ids.ts';
import type { Database } from './database.ts';

export type Photos = ReturnType<typeof createPhotos>;

/** Photos as data: URLs. A person without one is remembered too, so that it is not asked for again and again. */
export function createPhotos(db: Database) {
  return {
    /** By person, null where there is none; left out who was never asked for, or before `since` (milliseconds since 1970). */
    get(account: AccountId, ids: readonly UserId[], since: number): Promise<Map<UserId, string | null>> {
      return db.read(['photos'], async ({ photos }) => {
        const rows = await Promise.all(ids.map((id) => photos.get([account, id])));
        const fresh = rows.filter((row) => row !== undefined).filter((row) => row.lookedUpAt >= since);
        return new Map(fresh.map((row) => [row.userId, row.url]));
      });
    },

    save(account: AccountId, found: ReadonlyMap<UserId, string | null>, lookedUpAt: number): Promise<void> {
      return db.write(['photos'], async ({ photos }) => {
        for (const [userId, url] of found) await photos.put({ account, userId, url, lookedUpAt });
      });
    },
  };
}
