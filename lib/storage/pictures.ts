import type { AccountId, RecordKey } from '../model/ids.ts';
import { type Database, everything } from './database.ts';
import type { PictureRow } from './schema.ts';

export type Pictures = ReturnType<typeof createPictures>;

/** Pictures that wait beside a record's draft; the draft names them by their ids. Forgotten with their account. */
export function createPictures(db: Database) {
  return {
    /** Resolves when it is on the disk. */
    put(row: PictureRow): Promise<void> {
      return db.write(['pictures'], ({ pictures }) => pictures.put(row), 'strict');
    },

    get(account: AccountId, recordKey: RecordKey, id: string): Promise<PictureRow | undefined> {
      return db.read(['pictures'], ({ pictures }) => pictures.get([account, recordKey, id]));
    },

    drop(account: AccountId, recordKey: RecordKey, ids: readonly string[]): Promise<void> {
      return db.write(['pictures'], async ({ pictures }) => {
        for (const id of ids) await pictures.delete([account, recordKey, id]);
      });
    },

    /** Pictures from before a time (milliseconds since 1970) that no draft names go: their page ended before it said so. */
    sweep(before: number): Promise<void> {
      return db.write(['pictures', 'drafts'], async ({ pictures, drafts }) => {
        for (const { account, recordKey, id, savedAt } of await pictures.list(everything)) {
          if (savedAt >= before) continue;
          const draft = await drafts.get([account, recordKey]);
          if (!draft?.beside?.images?.some((image) => image.id === id)) await pictures.delete([account, recordKey, id]);
        }
      });
    },
  };
}
