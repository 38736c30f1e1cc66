import type { AccountId, RecordKey } from '../model/ids.ts';
import { type Database, everything } from './database.ts';
import type { JobRow } from './schema.ts';

export type JobRows = ReturnType<typeof createJobRows>;

/** Unfinished work. Every write waits for the disk: the effect that follows must never be forgotten. */
export function createJobRows(db: Database) {
  return {
    get(account: AccountId, id: string): Promise<JobRow | undefined> {
      return db.read(['jobs'], ({ jobs }) => jobs.get([account, id]));
    },

    /** Of one account, or of all; in the order in which they were begun. */
    async list(account?: AccountId): Promise<JobRow[]> {
      const rows = await db.read(['jobs'], ({ jobs }) => jobs.list(account ? { prefix: [account] } : everything));
      return rows.sort((a, b) => a.createdAt - b.createdAt);
    },

    async ofRecord(account: AccountId, recordKey: RecordKey, kind?: string): Promise<JobRow[]> {
      const rows = await db.read(['jobs'], ({ jobs }) => jobs.list({ prefix: [account] }));
      return rows.filter((row) => row.recordKey === recordKey && (!kind || row.kind === kind));
    },

    /** False, and nothing written, where the job is there already: a repeated call starts nothing twice. */
    add(row: JobRow): Promise<boolean> {
      return db.write(
        ['jobs'],
        async ({ jobs }) => {
          if (await jobs.get([row.account, row.id])) return false;
          await jobs.put(row);
          return true;
        },
        'strict',
      );
    },

    /** The changed row, or undefined where the job has been discarded meanwhile (then nothing is written). */
    update(account: AccountId, id: string, change: Partial<JobRow>): Promise<JobRow | undefined> {
      return db.write(
        ['jobs'],
        async ({ jobs }) => {
          const row = await jobs.get([account, id]);
          if (!row) return undefined;
          const next = { ...row, ...change };
          await jobs.put(next);
          return next;
        },
        'strict',
      );
    },

    remove(account: AccountId, id: string): Promise<void> {
      return db.write(['jobs'], ({ jobs }) => jobs.delete([account, id]), 'strict');
    },
  };
}
