import * as v from 'valibot';
import { AppFailure, fail } from '../model/errors.ts';
import { asErpUser, type Email, type ErpUser, foldEmail } from '../model/ids.ts';
import type { SiteUser } from '../model/mapping.ts';
import { AZURE_FIELD } from './doctypes/registry.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

/**
 * The next enabled users in the order of their names, as far as this person may list them (everybody in Desk may).
 * By name and not by number, so that people who come or go meanwhile shift nobody.
 * @param after the last name of the page before; '' for the first.
 */
export async function listUsers(rest: Rest, { after, limit }: { after: string; limit: number }): Promise<SiteUser[]> {
  return (await ask(rest, SHOWN, [...ENABLED, ['name', '>', after]], limit)).map(toSiteUser);
}

/** How many `listUsers` will list: names alone, all of them in one answer. */
export async function countUsers(rest: Rest): Promise<number> {
  const { body } = await rest.get(listPath('User', ['name'], ENABLED, 0), Users, PURPOSE);
  return body.data.length;
}

/** The users of these addresses; who has none here is left out. */
export async function usersOf(rest: Rest, emails: readonly Email[]): Promise<SiteUser[]> {
  const found: SiteUser[] = [];
  for (let i = 0; i < emails.length; i += AT_ONCE) {
    const some = emails.slice(i, i + AT_ONCE);
    found.push(...(await ask(rest, SHOWN, [['email', 'in', some]], some.length)).map(toSiteUser));
  }
  return found;
}

export interface AzureIdOrder {
  user: ErpUser;
  value: string;
  /** What was there when it was decided: anything else there now is somebody's doing, and stays. */
  was: string;
  /** Whose session must write it. */
  erpUser: ErpUser;
  deadline: number;
}

/**
 * Writes a user's id, bound to what was there and, by `modified`, to the document as it was read: nothing that somebody
 * else saved is overwritten. A lost answer is settled by looking; an id that stands there already is not written again.
 * @throws AppFailure `erp-conflict`, `erp-forbidden`, `field-missing`, `erp-other-user`, `outcome-unknown`, …
 */
export async function writeAzureId(
  order: AzureIdOrder,
  deps: { rest: Rest; user: () => ErpUser | null; now: () => number },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const [row] = await ask(deps.rest, ['name', 'modified'], [['name', '=', order.user]], 1);
    if (!row) throw fail('erp-not-found', 'ERPNext does not have this user', `${order.user} was deleted or renamed.`);
    const now = held(row);
    if (now === null) throw fieldMissing();
    if (now === order.value) return;
    if (now !== order.was) throw changed(order.user);
    try {
      return await put(order, row.modified ?? '', deps);
    } catch (caught) {
      const code = caught instanceof AppFailure ? caught.error.code : 'bug';
      if (attempt === ATTEMPTS || (code !== 'outcome-unknown' && code !== 'erp-conflict')) throw caught;
    }
  }
}

const ATTEMPTS = 3;
const SHOWN = ['name', 'email', 'full_name'];
/** Addresses go into the URL, so they travel in handfuls. */
const AT_ONCE = 50;
/** Frappe's two own users are no people. */
const ENABLED: unknown[][] = [
  ['enabled', '=', 1],
  ['name', 'not in', ['Administrator', 'Guest']],
];
const PURPOSE = { verb: 'read' as const, doctype: 'User' };
const Row = v.looseObject({
  name: v.string(),
  email: v.nullish(v.string()),
  full_name: v.nullish(v.string()),
  modified: v.nullish(v.string()),
});
const Users = shape({ data: v.array(Row) });
const Written = shape({ data: v.looseObject({}) });

/** A list that names a field the site has not is refused as a whole: then it is asked for without. */
async function ask(rest: Rest, fields: string[], filters: unknown[][], limit: number) {
  const path = (names: string[]) =>
    `${listPath('User', names, filters, limit)}&order_by=${encodeURIComponent('name asc')}`;
  try {
    return (await rest.get(path([...fields, AZURE_FIELD]), Users, PURPOSE)).body.data;
  } catch (caught) {
    if (!(caught instanceof AppFailure) || caught.error.code !== 'field-missing') throw caught;
    return (await rest.get(path(fields), Users, PURPOSE)).body.data;
  }
}

function toSiteUser(row: v.InferOutput<typeof Row>): SiteUser {
  return {
    user: asErpUser(row.name),
    email: foldEmail(row.email) ?? foldEmail(row.name),
    name: row.full_name || row.name,
    azureId: held(row),
  };
}

/** Null where the row lacks the field: the site has none, or this person may not see it. */
function held(row: Record<string, unknown>): string | null {
  if (!(AZURE_FIELD in row)) return null;
  const value = row[AZURE_FIELD];
  return typeof value === 'string' ? value : '';
}

async function put(
  order: AzureIdOrder,
  modified: string,
  deps: { rest: Rest; user: () => ErpUser | null; now: () => number },
): Promise<void> {
  const { body } = await deps.rest.send(
    { method: 'PUT', path: resourcePath('User', order.user), body: { [AZURE_FIELD]: order.value, modified } },
    Written,
    { verb: 'change', doctype: 'User', name: order.user },
    () => checkOrder(order, deps.user(), deps.now()),
  );
  // ERPNext ignores a field it does not know, or that this person may not set, and says 200.
  if (body.data[AZURE_FIELD] !== order.value) throw fieldMissing();
}

function fieldMissing(): AppFailure {
  return fail(
    'field-missing',
    'ERPNext has no place for the Azure ID',
    `User needs the custom field ${AZURE_FIELD}, and people need permission to fill it. An ERPNext administrator can create it.`,
  );
}

function changed(user: ErpUser): AppFailure {
  return fail(
    'erp-conflict',
    'Somebody wrote another Azure ID meanwhile',
    `ERPNext now names another Microsoft account for ${user}. Nothing was overwritten; run the sync again to see whose it is.`,
  );
}
