import { commentGone, noteEdit } from './comments.ts';
import { isTable } from './doctypes/fields.ts';
import { thrown } from './errors.ts';
import { checkPermission } from './permissions.ts';
import { existing } from './save.ts';
import type { Site } from './site.ts';
import type { Doc, Row, Share } from './store.ts';

/** source: frappe/model/delete_doc.py */
export function deleteDoc(site: Site, user: string, doctype: string, name: string): void {
  const doc = existing(site, doctype, name);
  checkPermission(site.store, user, 'delete', doctype, doc);
  if (doc.docstatus === 1) {
    throw thrown(
      'ValidationError',
      `${doctype} ${name}: Submitted Record cannot be deleted. You must cancel it first.`,
    );
  }
  site.store.remove(doctype, name);
  if (doctype === 'Comment') commentGone(site, doc);
  for (const one of site.store.all('Comment').filter(isAbout(doctype, name))) site.store.remove('Comment', one.name);
}

/** Comments hang on a document by its name alone. */
const isAbout = (doctype: string, name: string) => (comment: Doc) =>
  comment.reference_doctype === doctype && comment.reference_name === name;

/** Gives a document another name; `modified` stays. source: frappe/model/rename_doc.py */
export function renameDoc(site: Site, user: string, doctype: string, oldName: string, newName: string): string {
  const { store } = site;
  const doc = existing(site, doctype, oldName);
  checkPermission(store, user, 'write', doctype, doc);
  const name = newName.trim();
  if (!store.meta(doctype).allow_rename) throw thrown('ValidationError', `${doctype} not allowed to be renamed`);
  if (!name || name === oldName)
    throw thrown('ValidationError', 'No changes made because old and new name are the same.');
  if (store.find(doctype, name))
    throw thrown('ValidationError', `Another ${doctype} with name ${name} exists, select another name`);
  store.remove(doctype, oldName);
  const renamed: Doc = { ...doc, name };
  for (const table of store.meta(doctype).fields.filter(isTable)) {
    for (const row of (renamed[table.fieldname] ?? []) as Row[]) row.parent = name;
  }
  store.put(renamed);
  for (const share of store.shares) {
    if (share.share_doctype === doctype && share.share_name === oldName) share.share_name = name;
  }
  for (const one of store.all('Comment').filter(isAbout(doctype, oldName))) one.reference_name = name;
  const bold = (text: string) => `<strong>${text}</strong>`;
  noteEdit(site, user, renamed, `renamed from ${bold(oldName)} to ${bold(name)}`);
  site.saved(renamed);
  return name;
}

/** source: frappe/share.py (add) */
export function shareDoc(site: Site, user: string, args: Record<string, unknown>): Share {
  const { store } = site;
  const doc = existing(site, String(args.doctype), String(args.name));
  checkPermission(store, user, 'share', doc.doctype, doc);
  const flag = (value: unknown): 0 | 1 => (value === true || Number(value) > 0 ? 1 : 0);
  const asked: Share = {
    name: store.hashName(),
    user: String(args.user ?? ''),
    share_doctype: doc.doctype,
    share_name: doc.name,
    read: 1,
    write: flag(args.write),
    submit: flag(args.submit),
    share: flag(args.share),
    everyone: flag(args.everyone),
  };
  const kept = store.shares.find(
    (one) => one.user === asked.user && one.share_doctype === doc.doctype && one.share_name === doc.name,
  );
  if (!kept) store.shares.push(asked);
  return kept ? Object.assign(kept, { ...asked, name: kept.name }) : asked;
}
