import { holdsValue } from '../doctypes/fields.ts';
import { FrappeError } from '../errors.ts';
import { existing } from '../lookup.ts';
import type { Site } from '../site.ts';
import type { Doc } from '../store.ts';
import { readDate } from './dates.ts';
import { beyond, PythonError } from './syntax.ts';
import { Dict, equal, type Fn, fromJson, type PyObject, truthy } from './values.ts';

/** What a script does to the database and to open pages, till it is committed or taken back. */
export interface Transaction {
  /** Done at the commit: notices to pages. */
  later: (() => void)[];
  /** What takes back a write. */
  undo: (() => void)[];
}

export function commit(work: Transaction): void {
  work.undo.length = 0;
  for (const act of work.later.splice(0)) act();
}

export function rollback(work: Transaction): void {
  work.later.length = 0;
  for (const act of work.undo.splice(0).reverse()) act();
}

/** `frappe.get_doc(doctype, name)`: the document whoever asks, with `notify_update`, `db_set` and `get`. */
export function getDoc(site: Site, user: string, work: Transaction): Fn {
  return ([doctype, name]) => {
    if (doctype instanceof Dict || name === undefined)
      throw beyond('frappe.get_doc of anything but (doctype, name)', 0);
    return document(site, user, work, existing(site, String(doctype), String(name)));
  };
}

/** source: frappe/model/document.py (notify_update, db_set) */
function document(site: Site, user: string, work: Transaction, doc: Doc): PyObject {
  const local = new Map<string, unknown>();
  const notify = () => {
    const { doctype, name, modified } = doc;
    work.later.push(() => {
      site.tell('doc_update', doc, { modified, doctype, name });
      site.tell('list_update', doc, { doctype, name, user });
    });
    return null;
  };
  const read = (name: string) => (local.has(name) ? local.get(name) : held(site, doc, name));
  const methods: Record<string, Fn> = {
    notify_update: notify,
    get: ([name, fallback = null]) => read(String(name)) ?? fallback,
    db_set: ([field, value], named) => {
      write(site, user, work, doc, field, value, named.update_modified);
      if (truthy(named.notify ?? false)) notify();
      return null;
    },
  };
  return {
    pyClass: doc.doctype.replaceAll(' ', ''),
    attribute: (name) => {
      if (name.startsWith('__')) return undefined;
      if (['save', 'insert', 'delete', 'submit', 'reload', 'add_comment', 'append', 'set'].includes(name))
        throw beyond(`Document.${name}`, 0);
      return methods[name] ?? read(name);
    },
    write: (name, value) => void local.set(name, value),
  };
}

/** The part of `frappe.db` that is understood. No right is asked for: scripts are an administrator's. */
export function database(site: Site, user: string, work: Transaction): Record<string, Fn> {
  const find = (doctype: unknown, filters: unknown): Doc[] => {
    const type = site.store.meta(String(doctype));
    if (!(filters instanceof Dict)) {
      const doc = site.store.find(type.name, String(filters));
      return doc ? [doc] : [];
    }
    return site.store
      .all(type.name)
      .filter((doc) => [...filters.map].every(([field, wanted]) => equal(held(site, doc, String(field)), wanted)));
  };
  return {
    get_value: ([doctype, filters, fieldname = 'name', , asDict], named) => {
      const [doc] = find(doctype, filters);
      if (!doc) return null;
      if (truthy(named.as_dict ?? asDict ?? false)) {
        const names = Array.isArray(fieldname) ? fieldname : [fieldname];
        return new Dict(
          names.map((name): [unknown, unknown] => [name, column(site, doc, String(name))]),
          true,
        );
      }
      return Array.isArray(fieldname)
        ? fieldname.map((name) => column(site, doc, String(name)))
        : column(site, doc, String(fieldname));
    },
    set_value: ([doctype, filters, field, value], named) => {
      for (const doc of find(doctype, filters)) write(site, user, work, doc, field, value, named.update_modified);
      return null;
    },
    exists: ([doctype, filters]) => find(doctype, filters)[0]?.name ?? null,
    count: ([doctype, filters = new Dict()]) => find(doctype, filters).length,
    commit: () => {
      commit(work);
      return null;
    },
    rollback: () => {
      rollback(work);
      return null;
    },
  };
}

/** A value as the database gives it: times as moments. */
function held(site: Site, doc: Doc, name: string): unknown {
  const value = doc[name];
  const type = site.store.meta(doc.doctype).fields.find((one) => one.fieldname === name)?.fieldtype;
  const moment = name === 'creation' || name === 'modified' || type === 'Datetime';
  return moment && typeof value === 'string' ? readDate(value) : fromJson(value ?? null);
}

function column(site: Site, doc: Doc, name: string): unknown {
  checkColumn(site, doc, name);
  return held(site, doc, name);
}

function checkColumn(site: Site, doc: Doc, name: string): void {
  const own = site.store.meta(doc.doctype).fields.some((one) => one.fieldname === name && holdsValue(one));
  if (own || ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'].includes(name)) return;
  throw new FrappeError({
    status: 500,
    type: 'OperationalError',
    module: 'pymysql.err',
    text: `(1054, "Unknown column '${name}' in 'SELECT'")`,
    bare: true,
  });
}

/** Past all rules, as db_set and frappe.db.set_value are; nobody is told. */
function write(
  site: Site,
  user: string,
  work: Transaction,
  doc: Doc,
  field: unknown,
  value: unknown,
  modified: unknown,
) {
  const values = field instanceof Dict ? [...field.map] : [[field, value] as const];
  const before = { ...doc };
  work.undo.push(() => Object.assign(doc, before));
  for (const [name, given] of values) {
    checkColumn(site, doc, String(name));
    if (given !== null && typeof given === 'object') throw new PythonError('TypeError', 'a plain value is needed');
    doc[String(name)] = given ?? null;
  }
  if (modified === undefined || truthy(modified)) {
    doc.modified = site.stamp();
    doc.modified_by = user;
  }
}
