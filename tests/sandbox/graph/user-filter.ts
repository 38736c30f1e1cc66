import { type DirectoryUser, emailOf } from '../tenant/people.ts';
import type { GraphContext } from './env.ts';
import { GraphError } from './graph-error.ts';
import { clausesOf, type Filter, parseFilter, passes } from './odata-filter.ts';
import { propertyName, readable, readList, readProperty } from './user-shape.ts';

const MAX_CLAUSES = 15;
const MAX_VALUE = 120;
const MAX_URL = 2048;

/** People that a $filter finds, by the directory's rules (filter-query-parameter.md, known issue 13635). */
export function filterUsers(c: GraphContext, users: DirectoryUser[], text: string, advanced: boolean): DirectoryUser[] {
  const filter = parseUserFilter(text);
  const clauses = clausesOf(filter);
  const count = clauses.reduce((sum, clause) => sum + clause.values.length, 0);
  if (!advanced && count > MAX_CLAUSES) {
    throw unsupported(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${MAX_CLAUSES}.`,
    );
  }
  if (advanced && c.req.url.length > MAX_URL) throw unsupported('The request URL is longer than 2048 characters.');
  if (clauses.some(({ values }) => values.some((v) => typeof v === 'string' && v.length > MAX_VALUE))) {
    throw unsupported(`Invalid filter clause: a value is longer than ${MAX_VALUE} characters.`);
  }
  checkOperators(filter, advanced);
  checkIds(clauses);
  const names = clauses.map(({ path }) => propertyName(path));
  // Who would be found by what the token may not read is left out of the answer, as if there were nobody.
  if (!names.every((name) => readable(c, name))) return [];
  return users.filter((user) =>
    passes(
      filter,
      (path) => readProperty(user, path),
      (path) => readList(user, path),
    ),
  );
}

/** The basic way of asking knows eq, in, startswith, and, or; more needs `ConsistencyLevel: eventual` and $count. */
function checkOperators(filter: Filter, advanced: boolean): void {
  if (filter.kind === 'and' || filter.kind === 'or') {
    for (const part of filter.parts) checkOperators(part, advanced);
    return;
  }
  const basic =
    filter.kind === 'in' ||
    (filter.kind === 'any' && filter.operator === 'eq') ||
    (filter.kind === 'call' && filter.name === 'startswith') ||
    (filter.kind === 'compare' && filter.operator === 'eq' && filter.value !== null);
  const more =
    filter.kind === 'not' ||
    filter.kind === 'any' ||
    (filter.kind === 'call' && filter.name === 'endswith') ||
    (filter.kind === 'compare' && (filter.operator === 'ne' || filter.operator === 'eq'));
  if (!basic && !(advanced && more)) throw unsupported('Unsupported Query.');
}

/** One id that is none spoils the whole filter. */
function checkIds(clauses: ReturnType<typeof clausesOf>): void {
  for (const { path, values } of clauses)
    for (const value of propertyName(path) === 'id' ? values : [])
      if (!GUID.test(String(value)))
        throw new GraphError(400, 'Request_BadRequest', `Invalid object identifier '${value}'.`);
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function parseUserFilter(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    throw error instanceof GraphError ? unsupported(error.message) : error;
  }
}

const unsupported = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);

/** Order of lists without $orderby: any, but always the same. */
export const byName = (a: DirectoryUser, b: DirectoryUser) =>
  a.displayName.localeCompare(b.displayName) || emailOf(a).localeCompare(emailOf(b));
