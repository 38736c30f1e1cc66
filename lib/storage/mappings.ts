import type { AccountId, Email, ErpUser, Origin } from '../model/ids.ts';
import type { Mapping, SiteUser } from '../model/mapping.ts';
import type { Database, Table } from './database.ts';
import type { MappingRow } from './schema.ts';

export type Mappings = ReturnType<typeof createMappings>;

/** Who ERPNext's users are at Microsoft, by site and address; what a person confirmed among it. */
export function createMappings(db: Database) {
  return {
    list(account: AccountId, origin: Origin): Promise<MappingRow[]> {
      return db.read(['mappings'], ({ mappings }) => mappings.list({ prefix: [account, origin] }));
    },

    /** Those of these addresses that are known, by address. */
    get(
      account: AccountId,
      origin: Origin,
      addresses: readonly MappingRow['address'][],
    ): Promise<Map<Email | ErpUser, MappingRow>> {
      return db.read(['mappings'], async ({ mappings }) => {
        const rows = await Promise.all(addresses.map((address) => mappings.get([account, origin, address])));
        return new Map(rows.filter((row) => row !== undefined).map((row) => [row.address, row]));
      });
    },

    /**
     * All of a page, in one transaction. `decide` is given what stands there at that moment, so that what a person
     * says while a page is being looked up is not lost; it must answer at once.
     */
    savePage(
      account: AccountId,
      origin: Origin,
      users: readonly SiteUser[],
      decide: (user: SiteUser, earlier: MappingRow | undefined) => Mapping,
    ): Promise<void> {
      return db.write(['mappings'], async ({ mappings }) => {
        for (const user of users) {
          const address = addressOf(user);
          const mapping = decide(user, await mappings.get([account, origin, address]));
          await mappings.put({ ...mapping, account, origin, address });
        }
      });
    },

    /** The changed row, or undefined where there is none. */
    update(
      account: AccountId,
      origin: Origin,
      address: MappingRow['address'],
      change: Partial<Mapping>,
    ): Promise<MappingRow | undefined> {
      return db.write(
        ['mappings'],
        async ({ mappings }) => {
          const row = await mappings.get([account, origin, address]);
          if (!row) return undefined;
          const next = { ...row, ...change };
          await mappings.put(next);
          return next;
        },
        'strict',
      );
    },

    /** A person said who it is; waits for the disk. */
    put(row: MappingRow): Promise<void> {
      return db.write(['mappings'], ({ mappings }) => mappings.put(row), 'strict');
    },

    /** Users of the site whom its list has not shown since (milliseconds since 1970): disabled there, or gone. */
    removeOlder(account: AccountId, origin: Origin, since: number): Promise<void> {
      return db.write(['mappings'], ({ mappings }) => removeOlder(mappings, account, origin, since));
    },
  };
}

/** Under which a user's mapping is kept. */
export function addressOf(user: Pick<SiteUser, 'email' | 'user'>): MappingRow['address'] {
  return user.email ?? user.user;
}

async function removeOlder(mappings: Table<MappingRow>, account: AccountId, origin: Origin, since: number) {
  for (const row of await mappings.list({ prefix: [account, origin] }))
    if (row.lookedUpAt < since) await mappings.delete([account, origin, row.address]);
}
