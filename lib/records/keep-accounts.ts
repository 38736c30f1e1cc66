import type { Keeper } from '../auth/roll.ts';
import type { AccountRows } from '../storage/accounts.ts';

/** The list of accounts in the database: private windows have another, which lives in memory. */
export function keeperOver(rows: AccountRows): Keeper {
  return {
    load: async () =>
      (await rows.list()).map(({ account: id, userId, name, username, tenantId, tier, sites }) => ({
        account: { id, userId, name, username, tenantId },
        tier,
        sites,
      })),
    save: (kept) =>
      rows.replace(
        kept.map(({ account: { id, ...account }, tier, sites }) => ({ account: id, ...account, tier, sites })),
      ),
  };
}
