import { callMethod } from './call.js';

/** Documents of this page by type and name: `window.locals`. */
export const locals = {};
/** Types as getdoctype gave them: meta is cached till the page is loaded anew, so a new custom field is not seen. */
const metas = {};
export const docinfos = {};

export async function withDoctype(doctype) {
  if (metas[doctype]) return metas[doctype];
  const { docs } = await callMethod('frappe.desk.form.load.getdoctype', { doctype }, { type: 'GET' });
  for (const meta of docs) metas[meta.name] ??= meta;
  return metas[doctype];
}

export const metaOf = (doctype) => metas[doctype];

/** Puts documents of an answer into `locals`; each becomes a new object there. */
export function sync(answer) {
  const docs = Array.isArray(answer) ? answer : (answer.docs ?? [answer]);
  for (const doc of docs) {
    locals[doc.doctype] ??= {};
    locals[doc.doctype][doc.name] = doc;
    if (doc.localname) delete locals[doc.doctype][doc.localname];
    doc.__last_sync_on = new Date();
  }
  if (answer.docinfo) docinfos[`${answer.docinfo.doctype}/${answer.docinfo.name}`] = answer.docinfo;
  return docs;
}

export async function fetchDoc(doctype, name) {
  const answer = await callMethod('frappe.desk.form.load.getdoc', { doctype, name }, { type: 'GET', quiet: true });
  if (!answer.docs?.length) throw { status: 404 };
  return sync(answer)[0];
}

export function removeFromLocals(doctype, name) {
  delete locals[doctype]?.[name];
}

/** A new, unsaved document, named as Desk names them: `new-event-` and ten letters. */
export function newDoc(doctype) {
  const doc = {
    doctype,
    name: newName(doctype),
    __islocal: 1,
    __unsaved: 1,
    owner: window.frappe.session.user,
    docstatus: 0,
  };
  for (const field of metas[doctype].fields) {
    if (field.fieldtype === 'Table') doc[field.fieldname] = [];
    else if (field.default !== undefined) doc[field.fieldname] = field.default;
    else if (field.fieldtype === 'Select' && field.reqd) doc[field.fieldname] = field.options.split('\n')[0];
  }
  sync(doc);
  return doc;
}

/** What Duplicate makes: everything but the fields marked no_copy, and child rows as new ones. Amend takes those along. */
export function copyDoc(source, amending = false) {
  const copy = newDoc(source.doctype);
  for (const field of metas[source.doctype].fields) {
    const value = source[field.fieldname];
    if ((field.no_copy && !amending) || value === undefined) continue;
    copy[field.fieldname] = field.fieldtype === 'Table' ? value.map((row) => newRow(copy, field, row)) : value;
  }
  return copy;
}

export function newRow(doc, table, values = {}) {
  const { name, creation, modified, ...kept } = values;
  return {
    ...kept,
    doctype: table.options,
    name: newName(table.options),
    __islocal: 1,
    parent: doc.name,
    parentfield: table.fieldname,
    parenttype: doc.doctype,
    idx: kept.idx ?? (doc[table.fieldname]?.length ?? 0) + 1,
  };
}

export const slug = (doctype) => doctype.toLowerCase().replaceAll(' ', '-');

function newName(doctype) {
  const letters = Array.from({ length: 10 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26)));
  return `new-${slug(doctype)}-${letters.join('')}`;
}
