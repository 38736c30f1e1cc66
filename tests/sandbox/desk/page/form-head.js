import { setBreadcrumbs } from './chrome.js';
import { h, icon } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { jQuery } from './jquery.js';
import { slug } from './model.js';
import { fillMenu } from './pages.js';
import { word } from './words.js';

/** The workspace that stands before the type in the path; Event has none. */
const MODULES = { Project: 'Projects', Task: 'Projects', 'Sales Order': 'Selling', Lead: 'CRM', Opportunity: 'CRM' };
const COLOURS = { Open: 'red', Completed: 'green', Working: 'orange', Closed: 'gray', Cancelled: 'gray' };

/** Title, state, buttons. The elements stay and are filled; only `.custom-actions` is emptied. */
export function refreshHead(form) {
  const { head } = form.page;
  const { doctype, doc } = form;
  const list = `${window.frappe.prefix}/${slug(doctype)}`;
  const title = titleOf(form);
  head.title.textContent = title;
  head.title.title = title;
  document.title = `${title} - ${doc.name}`;
  const module = MODULES[doctype];
  const above = module ? [{ label: module, href: window.frappe.prefix }] : [];
  setBreadcrumbs([...above, { label: word(doctype), href: list }, { label: doc.name }]);
  if (isV16) {
    head.crumbs.replaceChildren(
      h('li', {}, h('a', { href: window.frappe.prefix }, icon('home'))),
      ...above.map(({ label, href }) => h('li', {}, h('a', { href }, label))),
      h('li', {}, h('a', { href: list }, word(doctype))),
      h('li.ellipsis', {}, head.title),
    );
  }
  head.custom.replaceChildren();
  ownButtons(form);
  neighbours(form);
  menu(form);
  showState(form);
}

/** The pill beside the title, and what the main button does. */
export function showState(form) {
  const { page } = form;
  const [label, colour] = stateOf(form);
  const pill = page.head.indicator;
  pill.firstChild.textContent = label ? word(label) : '';
  for (const one of ['red', 'green', 'orange', 'blue', 'gray']) pill.classList.toggle(one, one === colour);
  pill.classList.toggle('hide', !label);
  const action = mainAction(form);
  const button = page.head.primary;
  button.classList.toggle('hide', !action);
  if (!action) return;
  button.dataset.label = action;
  const text = h('span.alt-underline', {}, word(action));
  button.replaceChildren(isV14 ? text : h('span', {}, text));
  button.onclick = () => (action === 'Amend' ? form.amend_doc() : form.save(action));
}

/** `frm.add_custom_button(label, action, group)`; gone at the next refresh. */
export function addCustomButton(form, label, action, group) {
  const button = h(
    'button.btn.btn-default.ellipsis',
    { type: 'button', 'data-label': encodeURIComponent(label), onclick: () => action?.() },
    label,
  );
  if (group) groupNamed(form.page.head.custom, group).append(button);
  else form.page.head.custom.append(button);
  return jQuery(button);
}

function ownButtons(form) {
  const { custom } = form.page.head;
  if (form.doctype === 'Event') {
    if (!form.is_new()) groupNamed(custom, 'Participants');
    groupNamed(custom, 'Add Participants', 'btn-primary');
  }
  if (form.doctype === 'Project' && !form.is_new()) {
    groupNamed(custom, 'Actions');
    groupNamed(custom, 'View');
  }
}

function groupNamed(custom, label, kind = 'btn-default') {
  const key = encodeURIComponent(label);
  const known = custom.querySelector(`.inner-group-button[data-label="${key}"] .dropdown-menu`);
  if (known) return known;
  const items = h('div.dropdown-menu', { role: 'menu' });
  const button = h(`button.btn.${kind}.ellipsis`, { type: 'button' }, `${word(label)} `, icon('sort', 12));
  const group = h('div.inner-group-button', { 'data-label': key }, button, items);
  button.addEventListener('click', () => group.classList.toggle('show'));
  custom.append(group);
  return items;
}

function neighbours(form) {
  const { nav } = form.page.head;
  if (form.is_new()) {
    nav.replaceChildren();
    return;
  }
  const button = (name, picture) =>
    h(
      'button.text-muted.btn.btn-default.icon-btn',
      { type: 'button', class: `text-muted btn btn-default ${name} icon-btn`, 'aria-label': name },
      icon(picture),
    );
  nav.replaceChildren(
    button('prev-doc', 'left'),
    button('next-doc', 'right'),
    ...(isV16 ? [] : [button('print', 'printer')]),
  );
}

function menu(form) {
  const items = [{ label: 'Reload', run: () => form.reload_doc() }];
  if (!form.is_new()) items.push({ label: 'Duplicate', shortcut: 'Shift+D', run: () => form.copy_doc() });
  if (form.meta.allow_rename && !form.is_new() && form.may('write'))
    items.push({ label: 'Rename', shortcut: 'Shift+R', run: () => form.rename_doc() });
  if (form.may('delete') && !form.is_new()) items.push({ label: 'Delete', run: () => form.savetrash() });
  fillMenu(form.page.head, items);
}

function mainAction(form) {
  const { docstatus } = form.doc;
  if (!form.may('write') && !form.is_new()) return null;
  if (docstatus === 2) return 'Amend';
  if (docstatus === 1) return form.is_dirty() ? 'Update' : 'Cancel';
  return form.meta.is_submittable && !form.is_dirty() && !form.is_new() ? 'Submit' : 'Save';
}

function stateOf(form) {
  const { doc } = form;
  if (form.is_dirty() || form.is_new()) return ['Not Saved', 'orange'];
  if (doc.docstatus === 2) return ['Cancelled', 'red'];
  if (doc.docstatus === 1) return ['Submitted', 'blue'];
  if (form.meta.is_submittable) return ['Draft', 'red'];
  return doc.status ? [doc.status, COLOURS[doc.status] ?? 'blue'] : ['', 'gray'];
}

export function titleOf(form) {
  if (form.is_new()) return `New ${word(form.doctype)}`;
  const value = form.meta.title_field ? form.doc[form.meta.title_field] : '';
  const plain = new DOMParser().parseFromString(String(value ?? ''), 'text/html').body.textContent;
  return plain || form.docname;
}
