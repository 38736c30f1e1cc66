import type { AccountId, RecordKey } from '../model/ids.ts';
import type { Database } from './database.ts';

export type Drafts = ReturnType<typeof createDrafts>;

/** What was typed beside a record and not sent. `account` is null while nobody is signed in. */
export function createDrafts(db: Database) {
  return {
    /** The text, or null. */
    async load(account: AccountId | null, recordKey: RecordKey): Promise<string | null> {
      const row = await db.read(['drafts'], ({ drafts }) => drafts.get([account ?? '', recordKey]));
      return row?.text ?? null;
    },

    /** Null or nothing but blanks clears it. `savedAt` in milliseconds since 1970. */
    save(account: AccountId | null, recordKey: RecordKey, text: string | null, savedAt: number): Promise<void> {
      return db.write(['drafts'], async ({ drafts }) => {
        if (!text?.trim()) await drafts.delete([account ?? '', recordKey]);
        else await drafts.put({ account: account ?? '', recordKey, text, savedAt });
      });
    },
  };
}
