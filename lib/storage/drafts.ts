import type { AccountId, RecordKey } from '../model/ids.ts';
import type { Writing } from '../model/writing.ts';
import type { Database } from './database.ts';

export type Drafts = ReturnType<typeof createDrafts>;

/** What was typed beside a record and not sent. `account` is null while nobody is signed in. */
export function createDrafts(db: Database) {
  return {
    /** What was written, as a text alone where an older version kept it; or null. */
    async load(account: AccountId | null, recordKey: RecordKey): Promise<({ text: string } & Partial<Writing>) | null> {
      const row = await db.read(['drafts'], ({ drafts }) => drafts.get([account ?? '', recordKey]));
      return row ? { ...row.beside, text: row.text } : null;
    },

    /** Null clears it. `savedAt` in milliseconds since 1970. */
    save(account: AccountId | null, recordKey: RecordKey, writing: Writing | null, savedAt: number): Promise<void> {
      return db.write(['drafts'], async ({ drafts }) => {
        if (!writing) return drafts.delete([account ?? '', recordKey]);
        const { text, ...beside } = writing;
        await drafts.put({ account: account ?? '', recordKey, text, beside, savedAt });
      });
    },
  };
}
