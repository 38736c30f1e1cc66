import type { AccountId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { type ChatBatch, type Saved, saveBatches } from './messages.ts';
import type { SyncRow, SyncRun } from './schema.ts';

export type Syncs = ReturnType<typeof createSyncs>;

/** How keeping all linked chats of an account in step stands, and what its reads bring. */
export function createSyncs(db: Database) {
  return {
    /** As it stands; as it begins where nothing was written yet. */
    async get(account: AccountId): Promise<SyncRow> {
      return (await db.read(['syncs'], ({ syncs }) => syncs.get([account]))) ?? beginning(account);
    },

    /** Waits for the disk. What `change` gives is the row from then on; the same row, or null, writes nothing. */
    change(account: AccountId, change: (row: SyncRow) => SyncRow | null): Promise<SyncRow> {
      return db.write(
        ['syncs'],
        async ({ syncs }) => {
          const row = (await syncs.get([account])) ?? beginning(account);
          const next = change(row);
          if (!next || next === row) return row;
          await syncs.put(next);
          return next;
        },
        'strict',
      );
    },

    /**
     * The reads of several chats, each once, and how far the run is then: messages, watermarks and progress in one
     * transaction. Of a chat that no record is linked to any more nothing is written.
     * @param run whose reads these are; null: nobody's
     * @returns what was saved, in the order given, null for a chat that is not linked; null altogether, and nothing
     * written, where the run was given up
     */
    save(
      account: AccountId,
      run: string | null,
      batches: readonly ChatBatch[],
      progress: (run: SyncRun | null, saved: readonly (Saved | null)[]) => SyncRun | null,
    ): Promise<(Saved | null)[] | null> {
      return db.write(['chats', 'messages', 'words', 'counters', 'links', 'syncs'], async (tables) => {
        const row = await tables.syncs.get([account]);
        if (run !== null && row?.run?.id !== run) return null;
        const links = await tables.links.list({ prefix: [account] });
        const linked = new Set(links.filter((link) => !link.closed).map((link) => link.chatId));
        const known = batches.filter(({ chatId }) => linked.has(chatId));
        const done = (await saveBatches(tables, account, known)).values();
        const saved = batches.map(({ chatId }): Saved | null => (linked.has(chatId) ? done.next().value! : null));
        const next = progress(run === null ? null : (row?.run ?? null), saved);
        if (row && next) await tables.syncs.put({ ...row, run: next });
        return saved;
      });
    },
  };
}

function beginning(account: AccountId): SyncRow {
  const never = { listedUpTo: null, doneAt: null, sweptAt: null, dayAt: null };
  return { account, ...never, brought: null, problem: null, run: null, due: null };
}
