import { fail } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import type { SendFile } from '../model/upload.ts';
import type { Database } from './database.ts';
import type { ReceiptRow, SendRow } from './schema.ts';

/** A message that was discarded, when (milliseconds since 1970). */
export interface Discard {
  row: SendRow;
  at: number;
}

/** What people give up of what is on its way. Its receipt holds the message until that cannot be undone any more. */
export function createDiscards(db: Database) {
  return {
    /** @throws AppFailure `not-permitted` while it is on its way: nobody can say then what a discard would mean. */
    discard(account: AccountId, localId: string, at: number): Promise<void> {
      return db.write(
        ['outbox', 'receipts'],
        async ({ outbox, receipts }) => {
          const row = await outbox.get([account, localId]);
          if (!row) return;
          if (row.state === 'sending') {
            throw fail('not-permitted', 'This message is being sent', 'Wait a moment, then look again.');
          }
          const kept = row.act ? {} : { row };
          await receipts.put({ account, localId, chatId: row.chatId, serverId: null, at, ...kept });
          await outbox.delete([account, localId]);
        },
        'strict',
      );
    },

    /** Puts it back as it was. False where it was not discarded, or that is settled. */
    restore(account: AccountId, localId: string): Promise<boolean> {
      return db.write(
        ['outbox', 'receipts'],
        async ({ outbox, receipts }) => {
          const { row, over } = (await receipts.get([account, localId])) ?? {};
          if (!row || over) return false;
          await outbox.put(row);
          await receipts.delete([account, localId]);
          return true;
        },
        'strict',
      );
    },

    /** Those of which something may be left. */
    async discards(account: AccountId): Promise<Discard[]> {
      const receipts = await db.read(['receipts'], (tables) => tables.receipts.list({ prefix: [account] }));
      return receipts.flatMap(({ row, at }) => (row ? [{ row, at }] : []));
    },

    /**
     * How far the files of a message have come, also where it was discarded meanwhile: what is uploaded by then must be
     * found again. The row, where it still waits to be sent.
     */
    async noteFiles(account: AccountId, localId: string, files: SendFile[]): Promise<SendRow | undefined> {
      return db.write(
        ['outbox', 'receipts'],
        async ({ outbox, receipts }) => {
          const row = await outbox.get([account, localId]);
          if (row && !row.act) {
            await outbox.put({ ...row, files });
            return row.state === 'queued' ? { ...row, files } : undefined;
          }
          const receipt = await receipts.get([account, localId]);
          if (receipt?.row) await receipts.put({ ...receipt, row: { ...receipt.row, files } });
          return undefined;
        },
        'strict',
      );
    },

    /** From now on it cannot be undone. False where it was undone before. */
    settleDiscard(account: AccountId, localId: string): Promise<boolean> {
      return db.write(
        ['receipts'],
        async ({ receipts }) => {
          const receipt = await receipts.get([account, localId]);
          if (!receipt?.row) return false;
          await receipts.put({ ...receipt, over: true });
          return true;
        },
        'strict',
      );
    },

    /** Nothing is left of it. */
    forgetDiscard(account: AccountId, localId: string): Promise<void> {
      return db.write(
        ['receipts'],
        async ({ receipts }) => {
          const receipt = await receipts.get([account, localId]);
          if (!receipt?.row) return;
          const { row: _, over: _over, ...bare }: ReceiptRow = receipt;
          await receipts.put(bare);
        },
        'strict',
      );
    },
  };
}
