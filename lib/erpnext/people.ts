import * as v from 'valibot';
import { AppFailure } from '../model/errors.ts';
import { type ErpUser, foldEmail } from '../model/ids.ts';
import type { Participant } from '../model/participant.ts';
import type { NamedPerson } from './doctypes/people-of.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { shape } from './shape.ts';

/** Turns names into people: follows links to the documents that know the address, as far as this person may read them. */
export interface People {
  /** In their order. Never throws: who cannot be looked up stays without an address. */
  resolve(named: NamedPerson[]): Promise<Participant[]>;
}

interface Known {
  email: string | null;
  name: string | null;
  /** The document that would know, where this person may not read it. */
  hidden?: { doctype: string; name: string };
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
    async resolve(named) {
      const userNames = named.filter(needsUser).map(({ link }) => link!.name);
      const users = lookUpUsers(rest, [...new Set(userNames)], remembered);
      return Promise.all(
        named.map(async (person): Promise<Participant> => {
          const found = await look(person);
          const email = foldEmail(person.email) ?? foldEmail(found.email);
          return {
            email,
            name: found.name || person.name,
            source: person.source,
            ...(found.hidden && !email ? { hiddenIn: found.hidden } : {}),
          };
        }),
      );

      function look(person: NamedPerson): Promise<Known> {
        if (needsUser(person)) return users(person.link!.name);
        if (foldEmail(person.email) || !person.link) return Promise.resolve(NOTHING);
        const { doctype, name } = person.link;
        return remembered(`${doctype} ${name}`, () => lookUpLinked(rest, doctype, name));
      }
    },
  };
}

const KEEP_MS = 60_000;
const NOTHING: Known = { email: null, name: null };

/** A user's row gets the full name even where the address is there: its name in the row is the address itself. */
function needsUser(person: NamedPerson): boolean {
  return person.link?.doctype === 'User' && (!foldEmail(person.email) || person.name.includes('@'));
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

interface Whereabouts {
  emails: string[];
  names: string[];
  /** Child table with more addresses; the primary one first. */
  table?: string;
  /** The Contact that stands for it where it has no address itself. */
  contact?: string;
}

/** Where documents keep address and name; the first that holds one counts. */
const FIELDS: Record<string, Whereabouts> = {
  Employee: { emails: ['user_id', 'company_email', 'prefered_email', 'personal_email'], names: ['employee_name'] },
  Contact: { emails: ['email_id', 'user'], names: ['full_name', 'first_name'], table: 'email_ids' },
  Customer: { emails: ['email_id'], names: ['customer_name'], contact: 'customer_primary_contact' },
  Supplier: { emails: ['email_id'], names: ['supplier_name'], contact: 'supplier_primary_contact' },
  Lead: { emails: ['email_id'], names: ['lead_name'] },
};

async function lookUpLinked(rest: Rest, doctype: string, name: string): Promise<Known> {
  const fields = FIELDS[doctype];
  if (!fields) return NOTHING;
  try {
    const { body } = await rest.get(resourcePath(doctype, name), Linked, { verb: 'read', doctype, name });
    const document = body.data;
    const emails = [...fields.emails.map((field) => document[field]), ...tableEmails(document, fields.table)];
    const known = {
      email: firstText(emails, (text) => !!foldEmail(text)),
      name: firstText(
        fields.names.map((field) => document[field]),
        (text) => !!text,
      ),
    };
    const contact = fields.contact && document[fields.contact];
    if (known.email || typeof contact !== 'string' || !contact) return known;
    return { ...(await lookUpLinked(rest, 'Contact', contact)), name: known.name };
  } catch (caught) {
    // Mostly not readable for this person: then named by the row alone, without an address.
    const refused = caught instanceof AppFailure && caught.error.code === 'erp-forbidden';
    return refused ? { ...NOTHING, hidden: { doctype, name } } : NOTHING;
  }
}

function tableEmails(document: Record<string, unknown>, table: string | undefined): unknown[] {
  const rows = table === undefined ? [] : document[table];
  if (!Array.isArray(rows)) return [];
  const primaryFirst = [...rows].sort((a, b) => Number(!!b?.is_primary) - Number(!!a?.is_primary));
  return primaryFirst.map((row) => row?.email_id);
}

function firstText(values: unknown[], good: (text: string) => boolean): string | null {
  return values.find((value): value is string => typeof value === 'string' && good(value)) ?? null;
}
