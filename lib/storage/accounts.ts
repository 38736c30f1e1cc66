import { type Database, everything } from './database.ts';
import type { AccountRow } from './schema.ts';

export type AccountRows = ReturnType<typeof createAccountRows>;

/** Who is signed in to Microsoft on this machine, and on which sites each speaks: so a restarted browser knows. */
export function createAccountRows(db: Database) {
  return {
    /** In the order of signing in. */
    async list(): Promise<AccountRow[]> {
      const rows = await db.read(['accounts'], ({ accounts }) => accounts.list(everything));
      return rows.sort((a, b) => a.place - b.place);
    },

    /** These and no others: a site changes hands, and an account goes, in one transaction. */
    replace(rows: readonly Omit<AccountRow, 'place'>[]): Promise<void> {
      return db.write(['accounts'], async ({ accounts }) => {
        await accounts.clear(everything);
        for (const [place, row] of rows.entries()) await accounts.put({ ...row, place });
      });
    },
  };
}
