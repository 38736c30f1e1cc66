import * as v from 'valibot';
import { AppFailure } from '../model/errors.ts';
import type { RecordRef } from '../model/record.ts';
import { listPath, type Rest } from './rest.ts';
import { shape } from './shape.ts';

/** `create` is asked of a doctype: of a record without a name. */
export type Right = 'write' | 'submit' | 'create';

/**
 * Whether this session may save the document: frappe.client.has_permission asks the controller too, which the
 * permissions in the form's own data do not (a private event's participants would seem to have the right). One that is
 * submitted is saved again only by whoever may submit it (frappe/model/document.py check_docstatus_transition).
 * @throws AppFailure where ERPNext did not answer the question.
 */
export async function mayWrite(rest: Rest, ref: RecordRef, right: Right = 'write'): Promise<boolean> {
  const query = new URLSearchParams({ doctype: ref.doctype, docname: ref.name, perm_type: right });
  const { body } = await rest.get(`/api/method/frappe.client.has_permission?${query}`, HasPermission, {
    verb: 'read',
    doctype: ref.doctype,
    name: ref.name,
  });
  return !!body.message.has_permission;
}

/** Only a System Manager may list custom fields, and who may list them may create one (erpnext.md 7). */
export async function isAdmin(rest: Rest): Promise<boolean> {
  try {
    await rest.get(listPath('Custom Field', ['name'], [], 1), shape({ data: v.array(v.unknown()) }), {
      verb: 'read',
      doctype: 'Custom Field',
    });
    return true;
  } catch (caught) {
    if (caught instanceof AppFailure && caught.error.code === 'erp-forbidden') return false;
    throw caught;
  }
}

const HasPermission = shape({
  message: shape({ has_permission: v.unknown() }),
});
