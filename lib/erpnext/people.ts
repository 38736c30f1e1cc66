import * as v from 'valibot';
import { type ErpUser, foldEmail } from '../model/ids.ts';
import type { Participant } from '../model/participant.ts';
import type { RowPerson } from './doctypes/knowledge.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { shape } from './shape.ts';

/** Turns rows into people: follows links to the documents that know the address, as far as this person may read them. */
export interface People {
  /** Rows in their order, then the owner. Never throws: who cannot be looked up stays without an address. */
  resolve(rows: RowPerson[], owner: ErpUser): Promise<Participant[]>;
}

interface Known {
  email: string | null;
  name: string | null;
}

export function createPeople(rest: Rest, now: () => number, user: () => ErpUser | null): People {
  const cache = new Map<string, { at: number; known: Promise<Known> }>();
  const remembered = (about: string, look: () => Promise<Known>): Promise<Known> => {
    // What one person may read another may not.
    const key = `${user()} ${about}`;
    const entry = cache.get(key);
    if (entry && now() - entry.at < KEEP_MS) return entry.known;
    const known = look();
    cache.set(key, { at: now(), known });
    return known;
  };

  return {
    async resolve(rows, owner) {
      const userNames = [owner as string, ...rows.filter(needsUser).map((row) => row.link!.name)];
      const users = lookUpUsers(rest, [...new Set(userNames)], remembered);
      const known = await Promise.all(
        rows.map((row): Promise<Known> => {
          if (needsUser(row)) return users(row.link!.name);
          if (foldEmail(row.email) || !row.link) return Promise.resolve(NOTHING);
          const { doctype, name } = row.link;
          return remembered(`${doctype} ${name}`, () => lookUpLinked(rest, doctype, name));
        }),
      );
      const people = rows.map((row, i): Participant => {
        const found = known[i] ?? NOTHING;
        return {
          email: foldEmail(row.email) ?? foldEmail(found.email),
          name: found.name || row.name,
          source: 'row',
        };
      });
      const ownerKnown = await users(owner);
      return [
        ...people,
        { email: foldEmail(ownerKnown.email) ?? foldEmail(owner), name: ownerKnown.name || owner, source: 'owner' },
      ];
    },
  };
}

const KEEP_MS = 60_000;
const NOTHING: Known = { email: null, name: null };

/** A user's row gets the full name even where the address is there: its name in the row is the address itself. */
function needsUser(row: RowPerson): boolean {
  return row.link?.doctype === 'User' && (!foldEmail(row.email) || row.name.includes('@'));
}

const Users = shape({
  data: v.array(shape({ name: v.string(), email: v.nullish(v.string()), full_name: v.nullish(v.string()) })),
});

/** Ordinary people may list users (name, address) though they may not open them (erpnext.md 7): one call for all. */
function lookUpUsers(
  rest: Rest,
  names: string[],
  remembered: (key: string, look: () => Promise<Known>) => Promise<Known>,
): (name: string) => Promise<Known> {
  const missing: string[] = [];
  let answers: Promise<Map<string, Known>> | undefined;
  // All misses are collected before the first is asked for, so that they share the calls.
  const ask = () => {
    answers ??= listUsers(rest, missing);
    return answers;
  };
  const known = new Map(
    names.map((name) => [
      name,
      remembered(`User ${name}`, async () => {
        missing.push(name);
        await Promise.resolve();
        return (await ask()).get(name) ?? { email: name, name: null };
      }),
    ]),
  );
  return (name) => known.get(name) ?? Promise.resolve({ email: name, name: null });
}

/** Names go into the URL, so they travel in handfuls. */
const AT_ONCE = 50;

async function listUsers(rest: Rest, names: string[]): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  for (let i = 0; i < names.length; i += AT_ONCE) {
    const some = names.slice(i, i + AT_ONCE);
    const path = listPath('User', ['name', 'email', 'full_name'], [['name', 'in', some]], some.length);
    try {
      const { body } = await rest.get(path, Users, { verb: 'read', doctype: 'User' });
      for (const user of body.data)
        found.set(user.name, { email: user.email || user.name, name: user.full_name || null });
    } catch {
      // Without the list a user's name is still mostly the address.
    }
  }
  return found;
}

const Linked = shape({ data: v.looseObject({}) });

/** Where documents keep address and name; the first that holds one counts. */
const FIELDS: Record<string, { emails: string[]; names: string[] }> = {
  Employee: { emails: ['user_id', 'company_email', 'prefered_email', 'personal_email'], names: ['employee_name'] },
  Contact: { emails: ['email_id', 'user'], names: ['full_name', 'first_name'] },
  Customer: { emails: ['email_id'], names: ['customer_name'] },
  Supplier: { emails: ['email_id'], names: ['supplier_name'] },
  Lead: { emails: ['email_id'], names: ['lead_name'] },
};

async function lookUpLinked(rest: Rest, doctype: string, name: string): Promise<Known> {
  const fields = FIELDS[doctype];
  if (!fields) return NOTHING;
  try {
    const { body } = await rest.get(resourcePath(doctype, name), Linked, { verb: 'read', doctype, name });
    const first = (keys: string[], good: (text: string) => boolean): string | null => {
      for (const key of keys) {
        const value = body.data[key];
        if (typeof value === 'string' && good(value)) return value;
      }
      return null;
    };
    return { email: first(fields.emails, (text) => !!foldEmail(text)), name: first(fields.names, (text) => !!text) };
  } catch {
    // Mostly not readable for this person: then named by the row alone, without an address.
    return NOTHING;
  }
}
