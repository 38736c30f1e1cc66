import * as v from 'valibot';
import { AppFailure, fail } from '../model/errors.ts';
import type { Doctype, ErpUser } from '../model/ids.ts';
import { CHAT_FIELD } from './doctypes/registry.ts';
import { type Rest, resourcePath } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

export interface FieldOrder {
  doctype: Doctype;
  erpUser: ErpUser;
  deadline: number;
}

/**
 * Creates the field that holds the chat (Custom Field, erpnext.md 8), or finds it there. `no_copy`: a duplicated record
 * starts without a chat. `read_only` and `hidden`: people do not edit it in the form, REST still sets it.
 * @throws AppFailure `erp-forbidden` without the role System Manager, `outcome-unknown`, …
 */
export async function createChatField(
  order: FieldOrder,
  deps: { rest: Rest; user: () => ErpUser | null; now: () => number },
): Promise<void> {
  const { rest } = deps;
  if (await fieldThere(rest, order.doctype)) return;
  try {
    const { body } = await rest.send(
      { method: 'POST', path: resourcePath('Custom Field'), body: definition(order.doctype) },
      Created,
      { verb: 'create', doctype: 'Custom Field' },
      () => checkOrder(order, deps.user(), deps.now()),
    );
    if (body.data.fieldname !== CHAT_FIELD)
      throw fail('erp-refused', 'ERPNext made another field', `It is called ${body.data.fieldname}. Please remove it.`);
  } catch (caught) {
    // Two administrators at once, or a lost answer: what counts is that it is there.
    const settles = caught instanceof AppFailure && ['outcome-unknown', 'erp-refused'].includes(caught.error.code);
    if (settles && (await fieldThere(rest, order.doctype).catch(() => false))) return;
    throw caught;
  }
}

/** As POSTed to /api/resource/Custom Field. */
export function definition(doctype: Doctype): Record<string, string | number> {
  return {
    dt: doctype,
    fieldname: CHAT_FIELD,
    label: 'Teams Chat ID',
    fieldtype: 'Data',
    length: 255,
    insert_after: 'status',
    hidden: 1,
    read_only: 1,
    no_copy: 1,
    print_hide: 1,
  };
}

const Created = shape({ data: shape({ name: v.string(), fieldname: v.string() }) });

async function fieldThere(rest: Rest, doctype: Doctype): Promise<boolean> {
  const { status } = await rest.probe(resourcePath('Custom Field', `${doctype}-${CHAT_FIELD}`));
  return status === 200;
}
