import { beforeInsert, validateByType } from './controllers.ts';
import { type DocTypeDef, type Field, holdsValue, isNumber, isTable } from './doctypes/fields.ts';
import { afterSave } from './effects.ts';
import { FrappeError, thrown } from './errors.ts';
import { existing } from './lookup.ts';
import { checkPermission } from './permissions.ts';
import { rolesOf } from './roles.ts';
import type { Site } from './site.ts';
import type { Doc, Row } from './store.ts';
import { checkLinks, checkMandatory, checkValues, clean } from './validate.ts';

type Values = Record<string, unknown>;

/**
 * Saves changed values of a document, all of it in one turn of the event loop, so that a `modified` sent along is an
 * atomic compare-and-set. Unknown fields and those above permission level 0 are ignored without a word.
 * source: frappe/model/document.py (_save), frappe/model/base_document.py (_validate_*)
 */
export function updateDoc(site: Site, user: string, doctype: string, name: string, values: Values): Doc {
  const { store } = site;
  const before = existing(site, doctype, name);
  checkPermission(store, user, 'write', doctype, before);
  const doc = structuredClone(before);
  doc.modified = site.stamp();
  doc.modified_by = user;
  if ('modified' in values && values.modified !== before.modified) throw stale(site, before, doc.modified);
  const submitted = before.docstatus === 1;
  checkTransition(site, user, before, 'docstatus' in values ? Number(values.docstatus) : before.docstatus);
  if ('docstatus' in values) doc.docstatus = Number(values.docstatus);
  assign(site, doc, values);
  if (doc.docstatus !== 2) {
    checkLinks(store, doc);
    validateByType(site, doc);
    checkMandatory(store, doc);
    checkValues(store, doc);
  }
  if (submitted && doc.docstatus === 1) checkAfterSubmit(store.meta(doctype), before, doc);
  store.put(doc);
  afterSave(site, user, doc, before);
  site.saved(doc);
  return doc;
}

/** Creates a document; its name comes from the type's series, whatever `name` was sent. */
export function insertDoc(site: Site, user: string, values: Values): Doc {
  const { store } = site;
  const doctype = String(values.doctype ?? '');
  const type = store.meta(doctype);
  const stamp = site.stamp();
  const doc: Doc = {
    name: String(values.name ?? ''),
    owner: user,
    creation: stamp,
    modified: stamp,
    modified_by: user,
    docstatus: 0,
    idx: 0,
    ...emptyValues(type),
    doctype,
  };
  checkPermission(store, user, 'create', doctype);
  assign(site, doc, values, true);
  checkLinks(store, doc);
  // Once more with what was sent: a type's own rule may ask who it is for.
  checkPermission(store, user, 'create', doctype, doc);
  beforeInsert(site, doc);
  doc.name = nameFor(site, type, doc);
  for (const table of type.fields.filter(isTable))
    for (const row of doc[table.fieldname] as Row[]) row.parent = doc.name;
  validateByType(site, doc);
  checkMandatory(store, doc);
  checkValues(store, doc);
  if (store.find(doctype, doc.name)) {
    throw thrown('DuplicateEntryError', `${doctype} ${doc.name} already exists`);
  }
  store.put(doc);
  afterSave(site, user, doc);
  if (Number(values.docstatus) === 1) return updateDoc(site, user, doctype, doc.name, { docstatus: 1 });
  site.saved(doc);
  return doc;
}

function stale(site: Site, before: Doc, now: string): FrappeError {
  const what = site.flavour === 'v16' ? `${before.name} (${before.doctype})` : 'Document';
  return thrown(
    'TimestampMismatchError',
    `Error: ${what} has been modified after you have opened it (${before.modified}, ${now}). Please refresh to get the latest document.`,
  );
}

function checkTransition(site: Site, user: string, before: Doc, to: number): void {
  const from = before.docstatus;
  const bare = (type: string, text: string) => new FrappeError({ status: 417, type, text, bare: true });
  if (from === 2) throw bare('ValidationError', 'Cannot edit cancelled document');
  // Any type can be submitted by whoever has the right, for one that is not meant to be the administrator alone; and a
  // submitted document is saved again only by whoever may submit it.
  if ((from === 0 || from === 1) && to === 1) {
    checkPermission(site.store, user, 'submit', before.doctype, before);
    return;
  }
  if (from === to) return;
  if (from === 1 && to === 2) {
    checkPermission(site.store, user, 'cancel', before.doctype, before);
    return;
  }
  const names = ['0 (Draft)', '1 (Submitted)', '2 (Cancelled)'];
  throw thrown('DocstatusTransitionError', `Cannot change docstatus from ${names[from]} to ${names[to] ?? to}`);
}

function checkAfterSubmit(type: DocTypeDef, before: Doc, after: Doc): void {
  for (const field of type.fields) {
    if (field.allow_on_submit || !holdsValue(field) || isTable(field)) continue;
    const old = before[field.fieldname] ?? null;
    const changed = after[field.fieldname] ?? null;
    if (old === changed) continue;
    const show = (value: unknown) => `<strong>${value ?? 'None'}</strong>`;
    throw thrown(
      'UpdateAfterSubmitError',
      ` Not allowed to change ${show(field.label)} after submission from ${show(old)} to ${show(changed)}`,
      { title: 'Cannot Update After Submit' },
    );
  }
}

/** Takes over what may be set; child tables are replaced whole, rows that are kept keep their name. */
function assign(site: Site, doc: Doc, values: Values, fresh = false): void {
  const { fields, level1 } = site.store.meta(doc.doctype);
  const high = level1 && [...rolesOf(doc.modified_by), 'Administrator'].includes(level1.write);
  for (const field of fields) {
    if (!(field.fieldname in values) || !holdsValue(field) || (field.permlevel && !high)) continue;
    const value = values[field.fieldname];
    doc[field.fieldname] = isTable(field) ? rows(site, doc, field, value, fresh) : clean(site.store, field, value);
  }
  for (const table of site.store.meta(doc.doctype).fields.filter(isTable)) {
    for (const row of (doc[table.fieldname] ?? []) as Row[]) {
      row.modified = doc.modified;
      row.modified_by = doc.modified_by;
      row.docstatus = doc.docstatus;
    }
  }
}

function rows(site: Site, doc: Doc, table: Field, value: unknown, fresh: boolean): Row[] {
  const type = site.store.meta(table.options ?? '');
  const given = Array.isArray(value) ? (value as Values[]) : [];
  const known = new Map(((doc[table.fieldname] ?? []) as Row[]).map((row) => [row.name, row]));
  return given.map((entry, index) => {
    const kept = fresh ? undefined : known.get(String(entry.name));
    const row: Row = {
      ...(kept ?? {
        name: site.store.hashName(),
        owner: doc.modified_by,
        creation: doc.modified,
        modified: doc.modified,
        modified_by: doc.modified_by,
        docstatus: 0,
      }),
      idx: index + 1,
      ...(kept ? {} : emptyValues(type)),
      parent: doc.name,
      parentfield: table.fieldname,
      parenttype: doc.doctype,
      doctype: type.name,
    } as Row;
    for (const field of type.fields) {
      if (field.fieldname in entry && holdsValue(field))
        row[field.fieldname] = clean(site.store, field, entry[field.fieldname]);
    }
    return row;
  });
}

function emptyValues(type: DocTypeDef): Values {
  const values: Values = {};
  for (const field of type.fields.filter(holdsValue)) {
    if (isTable(field)) values[field.fieldname] = [];
    else values[field.fieldname] = field.default ?? (isNumber(field) ? 0 : null);
  }
  return values;
}

function nameFor(site: Site, type: DocTypeDef, doc: Doc): string {
  if (doc.amended_from) return amendedName(String(doc.amended_from));
  if (type.autoname.includes('#')) return site.store.nextInSeries(type.autoname);
  if (type.autoname === 'hash') return site.store.hashName();
  if (type.autoname.startsWith('field:')) return String(doc[type.autoname.slice(6)] ?? '');
  if (doc.doctype === 'Contact') return contactName(doc);
  return doc.name;
}

/** SAL-1 becomes SAL-1-1, and that SAL-1-2. source: frappe/model/naming.py (_get_amended_name) */
function amendedName(from: string): string {
  const [, base = from, count] = /^(.*-\d{3,})-(\d{1,2})$/.exec(from) ?? [];
  return `${base}-${Number(count ?? 0) + 1}`;
}

function contactName(contact: Doc): string {
  const link = ((contact.links ?? []) as Row[])[0];
  const full = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  return link ? `${full}-${link.link_name}` : full;
}
