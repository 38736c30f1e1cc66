import * as v from 'valibot';
import { type Email, foldEmail, type UserId } from '../model/ids.ts';
import type { DirectoryPerson } from '../model/mapping.ts';
import type { Person } from '../model/person.ts';
import { getMany, MOST_PARTS } from './batch.ts';
import type { CallInit, Graph } from './client.ts';
import { GraphRefusal } from './errors.ts';
import { parsed, query, segment } from './pages.ts';
import { toDirectoryPerson, toPerson } from './transform.ts';

/** All that User.ReadBasic.All lets one see; a filter on anything else silently finds nobody. */
const SELECT = 'id,displayName,mail,userPrincipalName';
/** What User.Read.All shows besides. */
const SELECT_ALL = `${SELECT},accountEnabled,proxyAddresses`;

/** The signed-in person. Docs: api/user-get. */
export async function me(graph: Graph): Promise<Person> {
  return toPerson(await graph.get(`/me${query({ $select: SELECT })}`));
}

/**
 * Who answers to each address, by mail or by sign-in name (a guest's and an alias only by mail): nobody, one, or several
 * to choose from. Every address asked for has an entry. Docs: api/user-list.
 */
export async function findPeople(graph: Graph, emails: Email[]): Promise<Map<Email, Person[]>> {
  const found = new Map<Email, Person[]>(emails.map((email) => [email, []]));
  const asked = [...found.keys()];
  const paths: string[] = [];
  for (let i = 0; i < asked.length; i += ADDRESSES) paths.push(pathFor(asked.slice(i, i + ADDRESSES)));
  const answers = paths.length === 1 ? [await graph.get(paths[0] as string)] : await getMany(graph, paths);
  const people = new Map<string, Person>();
  for (const answer of answers)
    for (const user of parsed(Users, answer).value) {
      const person = toPerson(user);
      people.set(person.id, person);
    }
  for (const person of people.values())
    for (const name of new Set([person.mail, foldEmail(person.userPrincipalName)]))
      if (name) found.get(name)?.push(person);
  return found;
}

/** So many addresses are asked for in one request: 20 filters of a $batch, 15 of them a filter. */
export const LOOK_UP_PAGE = 300;

export interface LookUp {
  /** Addresses, at most `LOOK_UP_PAGE`. */
  emails: readonly Email[];
  /** People to be looked at whatever their address: whom ERPNext names, or who was there the last time. */
  ids: readonly NamedId[];
  /** With User.Read.All: aliases and disabled accounts are seen too. */
  all: boolean;
}

export interface NamedId {
  id: UserId;
  /** Whose id it is said to be. */
  email: Email | null;
}

export interface Found {
  /** Who answers to each address; every address asked for has an entry. */
  byAddress: Map<Email, DirectoryPerson[]>;
  /** Everybody seen. Who was asked for by id and is not here is not in the directory. */
  byId: Map<UserId, DirectoryPerson>;
}

/**
 * A page of a whole site's people, in two requests: by mail first; then by sign-in name who was not met under it (a
 * sign-in name belongs to one person alone, so whoever was needs no second question), together with the ids and, where
 * they may be seen, the aliases. Where that is more than one request holds, an address goes first to the person whom its
 * id names: only those who turn out to bear another name, and aliases, cost a third. Docs: api/user-list.
 */
export async function lookUp(graph: Graph, { emails, ids, all }: LookUp, init: CallInit = {}): Promise<Found> {
  const byId = new Map<UserId, DirectoryPerson>();
  const $select = all ? SELECT_ALL : SELECT;
  const ask = async (filters: string[]) => {
    const paths = filters.map(($filter) => `/users${query({ $filter, $select, $top: 100 })}`);
    for (const answer of await getMany(graph, paths, init))
      for (const user of parsed(Users, answer).value) {
        const person = toDirectoryPerson(user);
        byId.set(person.id, person);
      }
  };
  const asked = [...new Set(emails)].filter(isAskable);
  await ask(filtersOf(asked, (some) => anyOf('mail', some)));
  const mails = new Set([...byId.values()].map((person) => person.mail));
  const unmet = () => {
    const names = new Set([...byId.values()].map((person) => foldEmail(person.userPrincipalName)));
    return asked.filter((email) => !names.has(email));
  };
  const unseen = ids.filter(({ id }) => !byId.has(id));
  const others = [
    ...filtersOf([...new Set(unseen.map(({ id }) => id))], (some) => anyOf('id', some)),
    ...filtersOf(all ? asked.filter((email) => !mails.has(email)) : [], aliasFilter),
  ];
  const byName = (some: Email[]) => filtersOf(some, (few) => anyOf('userPrincipalName', few));
  const early = unmet();
  if (others.length + byName(early).length <= MOST_PARTS) await ask([...others, ...byName(early)]);
  else {
    const named = new Set(unseen.map(({ email }) => email));
    const nameless = early.filter((email) => !named.has(email));
    await ask([...others, ...byName(nameless)]);
    const settled = new Set(nameless);
    await ask(byName(unmet().filter((email) => !settled.has(email))));
  }
  const byAddress = new Map<Email, DirectoryPerson[]>(emails.map((email) => [email, []]));
  for (const person of byId.values())
    for (const name of new Set([person.mail, foldEmail(person.userPrincipalName), ...(person.aliases ?? [])]))
      if (name) byAddress.get(name)?.push(person);
  return { byAddress, byId };
}

/** One person by object id; null where the directory has none of it. Docs: api/user-get. */
export async function getPerson(graph: Graph, id: UserId, all: boolean): Promise<DirectoryPerson | null> {
  try {
    const path = `/users/${segment(id)}${query({ $select: all ? SELECT_ALL : SELECT })}`;
    return toDirectoryPerson(await graph.get(path));
  } catch (caught) {
    if (caught instanceof GraphRefusal && caught.status === 404) return null;
    throw caught;
  }
}

/**
 * People whose name or address begins like the text, for one to be picked: the 20 best. `$search` works over the
 * directory's index, which lags behind by seconds and wants to be told that this is known (`ConsistencyLevel`).
 * Docs: "Use the $search query parameter", directory objects.
 */
export async function searchPeople(graph: Graph, text: string, init: CallInit = {}): Promise<Person[]> {
  const words = text.replace(/["\\]/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 100);
  if (!words) return [];
  const $search = ['displayName', 'mail', 'userPrincipalName'].map((name) => `"${name}:${words}"`).join(' OR ');
  const path = `/users${query({ $search, $select: SELECT, $top: 20 })}`;
  const answer = await graph.get(path, { ...init, headers: { ConsistencyLevel: 'eventual' } });
  return parsed(Users, answer).value.map(toPerson);
}

/** Graph takes 15 expressions in a filter. */
const EXPRESSIONS = 15;
/** Where each address is two of them. */
const ADDRESSES = 7;
const Users = v.object({ value: v.array(v.unknown()) });

function pathFor(emails: Email[]): string {
  const $filter = `${anyOf('mail', emails)} or ${anyOf('userPrincipalName', emails)}`;
  return `/users${query({ $filter, $select: SELECT, $top: 100 })}`;
}

function filtersOf<T extends string>(values: readonly T[], filter: (some: T[]) => string): string[] {
  const filters: string[] = [];
  for (let i = 0; i < values.length; i += EXPRESSIONS) filters.push(filter(values.slice(i, i + EXPRESSIONS)));
  return filters;
}

function anyOf(property: string, values: readonly string[]): string {
  return `${property} in (${values.map(quoted).join(',')})`;
}

/** Addresses are kept with their kind; `SMTP:` is the first of a person, and equality does not mind the case. */
function aliasFilter(emails: readonly Email[]): string {
  return emails.map((email) => `proxyAddresses/any(a:a eq ${quoted(`smtp:${email}`)})`).join(' or ');
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** One value that Graph refuses (longer than 120 characters) would spoil the look-up of all the others. */
function isAskable(email: Email): boolean {
  return email.length <= 115;
}
