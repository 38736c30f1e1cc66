import { wait } from './dom.js';
import { Form } from './form.js';
import { runHandlers } from './handlers.js';
import { jQuery } from './jquery.js';
import { fetchDoc, locals, metaOf } from './model.js';
import { changeTo, pageFor } from './pages.js';
import { setDataRoute } from './route-mark.js';

const forms = new Map();
/** `Event/EV00001`: documents that had their form-load. */
export const openedForms = new Set();

export function formFor(doctype) {
  const known = forms.get(doctype);
  if (known) return known;
  const form = new Form(metaOf(doctype), pageFor(doctype, 'form'));
  forms.set(doctype, form);
  return form;
}

/**
 * Opens a document that this page has not shown before: fetched, or new.
 * @returns 'shown', 'left' (the person went elsewhere), 'missing' or 'forbidden'
 */
export async function showForm(doctype, name, current, { beforeRoute }) {
  if (!locals[doctype]?.[name]) {
    try {
      await fetchDoc(doctype, name);
    } catch (refusal) {
      if (!current()) return 'left';
      return refusal.status === 403 ? 'forbidden' : 'missing';
    }
  }
  if (!current()) return 'left';
  const form = formFor(doctype);
  changeTo(form.page);
  await wait(40);
  if (!current()) return 'left';
  form.take(name);
  const key = `${doctype}/${name}`;
  const first = !openedForms.has(key);
  openedForms.add(key);
  if (first) jQuery(document).trigger('form-load', [form]);
  beforeRoute();
  setDataRoute(['Form', doctype, name]);
  await wait(40);
  if (!current()) return 'left';
  if (first) runHandlers(form, 'onload');
  await form.refresh();
  if (first && current()) runHandlers(form, 'onload_post_render');
  return 'shown';
}

/** No such record, or none for this person: a page of its own, named after the route, and no form. */
export function showMissing(target, why) {
  const page = pageFor(target.join('/'), 'bare');
  page.head.title.textContent = why === 'forbidden' ? 'Not permitted' : 'Not found';
  page.head.indicator.classList.add('hide');
  page.head.primary.classList.add('hide');
  page.section.replaceChildren();
  page.section.append(
    why === 'forbidden'
      ? 'You may not see this record. Ask its owner to share it.'
      : `${target.slice(1).join(' ')} not found. Go back to the list.`,
  );
  window.cur_frm = null;
  changeTo(page);
  setDataRoute(target);
}
