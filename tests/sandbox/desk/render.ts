import { isTable } from './doctypes/fields.ts';
import type { Doc, Row, Store } from './store.ts';

const FIRST = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];

/**
 * A document as the API shows it: standard fields, its own in the type's order, `doctype`, child tables. Fields above
 * permission level 0 are left out, and so are those without a value where `nulls` is false (a missing key does not mean
 * a missing field).
 */
export function asDict(store: Store, doc: Doc, { nulls = false } = {}): Record<string, unknown> {
  const type = store.meta(doc.doctype);
  const shown: Record<string, unknown> = {};
  for (const key of FIRST) shown[key] = doc[key];
  for (const field of type.fields) {
    if (isTable(field) || (field.permlevel && !type.level1) || !(field.fieldname in doc)) continue;
    const value = doc[field.fieldname];
    if (value !== null && value !== undefined) shown[field.fieldname] = value;
    else if (nulls) shown[field.fieldname] = null;
  }
  shown.doctype = doc.doctype;
  for (const table of type.fields.filter(isTable)) {
    shown[table.fieldname] = ((doc[table.fieldname] ?? []) as Row[]).map((row) => rowAsDict(store, row, nulls));
  }
  return shown;
}

function rowAsDict(store: Store, row: Row, nulls: boolean): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const key of FIRST) shown[key] = row[key];
  for (const field of store.meta(row.doctype).fields) {
    const value = row[field.fieldname];
    if (value !== null && value !== undefined) shown[field.fieldname] = value;
    else if (nulls && field.fieldname in row) shown[field.fieldname] = null;
  }
  for (const key of ['parent', 'parentfield', 'parenttype', 'doctype']) shown[key] = row[key];
  return shown;
}
