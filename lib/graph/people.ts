import * as v from 'valibot';
import { type Email, foldEmail } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import { getMany } from './batch.ts';
import type { Graph } from './client.ts';
import { parsed, query } from './pages.ts';
import { toPerson } from './transform.ts';

/** All that User.ReadBasic.All lets one see; a filter on anything else silently finds nobody. */
const SELECT = 'id,displayName,mail,userPrincipalName';

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

/** Graph takes 15 expressions in a filter, and each address is two. */
const ADDRESSES = 7;
const Users = v.object({ value: v.array(v.unknown()) });

function pathFor(emails: Email[]): string {
  const list = emails.map((email) => `'${email.replaceAll("'", "''")}'`).join(',');
  const $filter = `mail in (${list}) or userPrincipalName in (${list})`;
  return `/users${query({ $filter, $select: SELECT, $top: 100 })}`;
}
