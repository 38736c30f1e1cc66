import { callMethod, callResource } from './call.js';
import { confirmThat, promptFor, showAlert } from './dialogs.js';
import { wait } from './dom.js';
import { runHandlers } from './handlers.js';
import { jQuery } from './jquery.js';
import { copyDoc, locals, removeFromLocals, slug, sync } from './model.js';
import { setDataRoute } from './route-mark.js';

/** Save, Submit, Update or Cancel. A refusal is shown by the call itself, and the edits stay. */
export async function saveForm(form, action) {
  form.layout.commit();
  const { doc } = form;
  if (action === 'Save' && !form.is_dirty() && !form.is_new()) {
    showAlert({ message: 'No changes in document', indicator: 'orange' });
    return;
  }
  if (form.saving) return;
  form.saving = true;
  let answer;
  try {
    answer = await callMethod('frappe.desk.form.save.savedocs', { doc: JSON.stringify(doc), action });
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    return;
  } finally {
    form.saving = false;
  }
  const [saved] = sync(answer);
  if (doc.__islocal) return afterFirstSave(form, doc.name, saved);
  form.doc = saved;
  jQuery(document).trigger('save', [saved]);
  runHandlers(form, 'after_save');
  await form.refresh();
}

/** Copies, as Shift+D and the menu do: a new document, its no_copy fields empty. */
export function duplicateForm(form) {
  const copy = copyDoc(form.doc);
  return window.frappe.set_route('Form', form.doctype, copy.name);
}

/** A new draft in the place of a cancelled document; fields marked no_copy come along (create_new.js copy_doc). */
export function amendForm(form) {
  const copy = copyDoc(form.doc, true);
  copy.amended_from = form.docname;
  return window.frappe.set_route('Form', form.doctype, copy.name);
}

export async function renameForm(form) {
  const { doctype, docname } = form;
  if (!form.meta.allow_rename || form.is_new()) return;
  const name = await promptFor(`Rename ${docname}`, 'New Name', docname, 'Rename');
  if (!name || name === docname) return;
  const { message } = await callMethod('frappe.model.rename_doc.update_document_title', { doctype, docname, name });
  const doc = { ...form.doc, name: message };
  removeFromLocals(doctype, docname);
  sync(doc);
  jQuery(document).trigger('rename', [doctype, docname, message]);
  form.take(message);
  jQuery(document).trigger('form-rename', [form]);
  await window.frappe.set_route('Form', doctype, message);
  await form.reload_doc();
}

export async function deleteForm(form) {
  const { doctype, docname } = form;
  if (!(await confirmThat(`Permanently delete ${docname}?`, 'Yes'))) return;
  await callResource('DELETE', `${encodeURIComponent(doctype)}/${encodeURIComponent(docname)}`);
  removeFromLocals(doctype, docname);
  await window.frappe.set_route('List', doctype, 'List');
}

/** The events in the order that was measured: the address first, two refreshes last. */
async function afterFirstSave(form, oldName, saved) {
  const { doctype } = form;
  const target = ['Form', doctype, saved.name];
  const { router, prefix } = window.frappe;
  const url = `${prefix}/${slug(doctype)}/${encodeURIComponent(saved.name)}`;
  const stay = () => location.pathname === url;
  removeFromLocals(doctype, oldName);
  history.pushState(null, '', url);
  router.current_route = target;
  jQuery(document).trigger('rename', [doctype, oldName, saved.name]);
  jQuery(document).trigger('save', [saved]);
  history.replaceState(history.state, '');
  await wait(20);
  if (!stay()) return;
  form.take(saved.name);
  form.$wrapper.trigger('form-rename', [form]);
  await wait(10);
  runHandlers(form, 'after_save');
  await wait(18);
  if (!stay()) return;
  const first = form.refresh();
  await wait(33);
  jQuery(document).trigger('page-change');
  await wait(40);
  if (!stay()) return;
  router.trigger('change', target);
  setDataRoute(target);
  await wait(25);
  if (stay() && locals[doctype]?.[saved.name]) await Promise.all([first, form.refresh()]);
}
