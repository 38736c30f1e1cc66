import * as v from 'valibot';
import type { FieldValues } from '../model/custom-field.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { Doctype, ErpUser } from '../model/ids.ts';
import { AZURE_FIELD, CHAT_FIELD, JOIN_FIELD, URL_FIELD } from './doctypes/registry.ts';
import { listPath, type Rest, resourcePath, type Write } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

/** Who it is for, and until when it holds. */
interface Bound {
  erpUser: ErpUser;
  deadline: number;
}
export type MakeFieldOrder = Bound & { values: FieldValues };
export type ChangeFieldOrder = Bound & { doctype: Doctype; fieldname: string; values: Record<string, string | number> };
export type RemoveFieldOrder = Bound & { doctype: Doctype; fieldname: string };

export interface FieldDeps {
  rest: Rest;
  user: () => ErpUser | null;
  now: () => number;
}

/**
 * Creates a custom field of ours, or finds it there.
 * @returns whether it was made now.
 * @throws AppFailure `erp-forbidden` without the role System Manager, `erp-refused`, `outcome-unknown`, …
 */
export async function makeField(order: MakeFieldOrder, deps: FieldDeps): Promise<boolean> {
  const { dt, fieldname } = order.values;
  checkOurs(dt, fieldname);
  if (await fieldThere(deps.rest, dt, fieldname)) return false;
  try {
    const made = await send(deps, order, { method: 'POST', path: resourcePath(FIELD), body: order.values }, 'create');
    if (made.fieldname !== fieldname)
      throw fail('erp-refused', 'ERPNext made another field', `It is called ${made.fieldname}. Please remove it.`);
    return true;
  } catch (caught) {
    // Two administrators at once, or a lost answer: what counts is that it is there.
    const settles = caught instanceof AppFailure && ['outcome-unknown', 'erp-refused'].includes(caught.error.code);
    if (settles && (await fieldThere(deps.rest, dt, fieldname).catch(() => false)))
      return caught.error.code === 'outcome-unknown';
    throw caught;
  }
}

/** @throws AppFailure `erp-refused` where ERPNext will not turn one type into the other, or did not take the change. */
export async function changeField(order: ChangeFieldOrder, deps: FieldDeps): Promise<void> {
  const { doctype, fieldname, values } = order;
  checkOurs(doctype, fieldname);
  const path = resourcePath(FIELD, `${doctype}-${fieldname}`);
  const changed = await send(deps, order, { method: 'PUT', path, body: values }, 'change');
  const held = changed as Record<string, unknown>;
  if (Object.entries(values).some(([key, value]) => String(held[key] ?? 0) !== String(value)))
    throw fail(
      'erp-refused',
      'ERPNext kept the field as it was',
      `It did not take the change of ${fieldname} on ${doctype}. Change it in ERPNext under Custom Field.`,
    );
}

/**
 * Removes a field of ours where nothing stands in it, as far as this person may see the documents.
 * @returns the name of a document that holds something, and then nothing is removed; null: it is gone.
 */
export async function removeField(order: RemoveFieldOrder, deps: FieldDeps): Promise<{ heldBy: string | null }> {
  const { doctype, fieldname } = order;
  checkOurs(doctype, fieldname);
  if (!(await fieldThere(deps.rest, doctype, fieldname))) return { heldBy: null };
  const heldBy = fieldname === JOIN_FIELD ? null : await holder(deps.rest, doctype, fieldname);
  if (heldBy !== null) return { heldBy };
  const path = resourcePath(FIELD, `${doctype}-${fieldname}`);
  await deps.rest.send({ method: 'DELETE', path, body: {} }, v.unknown(), { verb: 'change', doctype: FIELD }, () =>
    checkOrder(order, deps.user(), deps.now()),
  );
  return { heldBy: null };
}

const FIELD = 'Custom Field';
const OURS = [CHAT_FIELD, URL_FIELD, JOIN_FIELD];
const Saved = shape({ data: v.looseObject({ name: v.string(), fieldname: v.string() }) });
const Holders = shape({ data: v.array(shape({ name: v.string() })) });

/** Nothing but our own four, whatever the order says. */
function checkOurs(doctype: string, fieldname: string): void {
  if (OURS.includes(fieldname) || (doctype === 'User' && fieldname === AZURE_FIELD)) return;
  throw fail('not-permitted', 'Not a field of Deskside', `Deskside neither makes nor changes ${fieldname}.`);
}

async function send(deps: FieldDeps, order: Bound, write: Write, verb: 'create' | 'change') {
  const { body } = await deps.rest.send(write, Saved, { verb, doctype: FIELD }, () =>
    checkOrder(order, deps.user(), deps.now()),
  );
  return body.data;
}

async function fieldThere(rest: Rest, doctype: string, fieldname: string): Promise<boolean> {
  const { status } = await rest.probe(resourcePath(FIELD, `${doctype}-${fieldname}`));
  return status === 200;
}

async function holder(rest: Rest, doctype: string, fieldname: string): Promise<string | null> {
  const path = listPath(doctype, ['name'], [[fieldname, 'is', 'set']], 1);
  return (await rest.get(path, Holders, { verb: 'read', doctype })).body.data[0]?.name ?? null;
}
