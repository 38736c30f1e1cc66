import type { AccountId } from '../model/ids.ts';
import { partsOf, slicesOf } from '../model/upload.ts';
import { type Database, everything } from './database.ts';

export type Files = ReturnType<typeof createFiles>;

/** Bytes of files that wait to be uploaded; a draft or a message on its way names them by their ids. */
export function createFiles(db: Database) {
  const drop = (account: AccountId, ids: readonly string[]): Promise<void> =>
    db.write(['files', 'fileParts'], async ({ files, fileParts }) => {
      for (const id of ids) {
        await files.delete([account, id]);
        await fileParts.clear({ prefix: [account, id] });
      }
    });

  return {
    /** Resolves when the part is on the disk. Parts come in any order, and again. */
    put(
      account: AccountId,
      file: { id: string; size: number; savedAt: number },
      no: number,
      bytes: Uint8Array<ArrayBuffer>,
    ): Promise<void> {
      return db.write(
        ['files', 'fileParts'],
        async ({ files, fileParts }) => {
          await files.put({ account, ...file });
          await fileParts.put({ account, id: file.id, no, bytes });
        },
        'strict',
      );
    },

    /** Whether all its bytes are here; no part is read for it. */
    async isWhole(account: AccountId, id: string, size: number): Promise<boolean> {
      if ((await db.read(['files'], ({ files }) => files.get([account, id])))?.size !== size) return false;
      // Parts are given one after the other, so the last one tells of all.
      return db.read(['fileParts'], async ({ fileParts }) => !!(await fileParts.get([account, id, partsOf(size) - 1])));
    },

    /** At most `most` bytes from `from` on; null where they are not kept any more. */
    range(account: AccountId, id: string, size: number, from: number, most: number): Promise<Blob | null> {
      return db.read(['fileParts'], async ({ fileParts }) => {
        const found: BlobPart[] = [];
        for (const slice of slicesOf(from, most, size)) {
          const row = await fileParts.get([account, id, slice.part]);
          if (!row || row.bytes.length < slice.to) return null;
          found.push(row.bytes.subarray(slice.from, slice.to));
        }
        return new Blob(found);
      });
    },

    drop,

    /** Files from before a time (milliseconds since 1970) that neither draft nor message names go. */
    async sweep(before: number): Promise<void> {
      const gone = await db.read(
        ['files', 'drafts', 'outbox', 'receipts'],
        async ({ files, drafts, outbox, receipts }) => {
          const old = (await files.list(everything)).filter(({ savedAt }) => savedAt < before);
          if (!old.length) return [];
          const rows = [
            ...(await outbox.list(everything)),
            ...(await receipts.list(everything)).flatMap(({ row }) => row ?? []),
          ];
          const named = new Set([
            ...(await drafts.list(everything)).flatMap(({ beside }) => (beside?.files ?? []).map(({ id }) => id)),
            ...rows.flatMap((row) => (row.act ? [] : (row.files ?? []).map(({ id }) => id))),
          ]);
          return old.filter(({ id }) => !named.has(id));
        },
      );
      for (const { account, id } of gone) await drop(account, [id]);
    },
  };
}
