import type { AccountId, Email } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { Database } from './database.ts';
import type { PeopleRow } from './schema.ts';

export type People = ReturnType<typeof createPeople>;

/** Who answers to an e-mail address in Microsoft 365, as looked up before; "nobody" is an answer too. */
export function createPeople(db: Database) {
  return {
    /** The rows that are known and not looked up before `since` (milliseconds since 1970), by address. */
    get(account: AccountId, emails: readonly Email[], since: number): Promise<Map<Email, PeopleRow>> {
      return db.read(['people'], async ({ people }) => {
        const rows = await Promise.all(emails.map((email) => people.get([account, email])));
        const fresh = rows.filter((row) => row !== undefined).filter((row) => row.lookedUpAt >= since);
        return new Map(fresh.map((row) => [row.email, row]));
      });
    },

    /** All answers of one look-up. */
    save(account: AccountId, found: ReadonlyMap<Email, Person[]>, lookedUpAt: number): Promise<void> {
      return db.write(['people'], async ({ people }) => {
        for (const [email, persons] of found) await people.put({ account, email, people: persons, lookedUpAt });
      });
    },
  };
}
