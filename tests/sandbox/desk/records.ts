import { note } from './comments.ts';
import { isTable } from './doctypes/fields.ts';
import { afterDelete } from './effects.ts';
import { thrown } from './errors.ts';
import { existing } from './lookup.ts';
import { checkMayDelete, checkPermission } from './permissions.ts';
import type { Site } from './site.ts';
import type { Doc, Row, Share } from './store.ts';

/** source: frappe/model/delete_doc.py */
export function deleteDoc(site: Site, user: string, doctype: string, name: string): void {
  const doc = existing(site, doctype, name);
  checkMayDelete(site.store, user, doc);
  if (doc.docstatus === 1) {
    throw thrown(
      'ValidationError',
      `${doctype} ${name}: Submitted Record cannot be deleted. You must cancel it first.`,
    );
  }
  const [linked] = linksTo(site, doctype, name).filter(
    ({ holder }) => holder.docstatus < 2 && !IGNORED_LINKS.has(holder.doctype),
  );
  if (linked) {
    const { holder } = linked;
    const [what, where] = [`${doctype} ${bold(name)}`, `${holder.doctype} ${bold(holder.name)}`];
    throw thrown('LinkExistsError', `Cannot delete or cancel because ${what} is linked with ${where}`);
  }
  // Told like a save, to whoever may read it as long as it is there.
  site.saved(doc);
  site.store.remove(doctype, name);
  site.store.revertSeries(site.store.meta(doctype).autoname, name);
  afterDelete(site, doc);
}

/** Types that go with what they point at (frappe/hooks.py, ignore_links_on_delete). */
const IGNORED_LINKS = new Set(['ToDo', 'File']);

const bold = (text: string) => `<strong>${text}</strong>`;

/**
 * Every link field that holds this document, in rows of tables too: they follow a rename, and keep it from being deleted.
 * source: frappe/model/rename_doc.py (update_link_field_values), frappe/model/delete_doc.py (check_if_doc_is_linked)
 */
function linksTo(site: Site, doctype: string, name: string): { holder: Doc; record: Doc | Row; fieldname: string }[] {
  const { store } = site;
  const inRecord = (holder: Doc, record: Doc | Row) =>
    store.meta(record.doctype).fields.flatMap(({ fieldname, fieldtype, options }) => {
      const target = fieldtype === 'Dynamic Link' ? record[options ?? ''] : fieldtype === 'Link' ? options : undefined;
      return target === doctype && record[fieldname] === name ? [{ holder, record, fieldname }] : [];
    });
  return store
    .types()
    .filter((type) => type !== 'Comment')
    .flatMap((type) => store.all(type))
    .flatMap((holder) => [
      ...inRecord(holder, holder),
      ...store
        .meta(holder.doctype)
        .fields.filter(isTable)
        .flatMap((table) => ((holder[table.fieldname] ?? []) as Row[]).flatMap((row) => inRecord(holder, row))),
    ]);
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
  for (const { record, fieldname } of linksTo(site, doctype, oldName)) record[fieldname] = name;
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
  for (const file of store.all('File'))
    if (file.attached_to_doctype === doctype && file.attached_to_name === oldName) file.attached_to_name = name;
  note(site, user, renamed, 'Edit', `renamed from ${bold(oldName)} to ${bold(name)}`);
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
