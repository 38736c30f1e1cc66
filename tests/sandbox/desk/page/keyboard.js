import { closeTopModal, msgprint } from './dialogs.js';
import { isV14, isV16 } from './flavour.js';

/**
 * Desk's shortcuts, on the window's keydown. An input is recognised by `document.activeElement` alone: while a person
 * types in a shadow root that is its host, so that every letter of ours which gets here counts as a command. Most
 * swallow the key.
 */
export function startKeyboard() {
  window.addEventListener('keydown', (event) => {
    const run = shortcutFor(event);
    if (!run) return;
    event.preventDefault();
    run();
  });
}

function shortcutFor(event) {
  const form = onForm() ? window.cur_frm : null;
  const { key } = event;
  const letter = key.toLowerCase();
  const ctrl = event.ctrlKey || event.metaKey;
  // These fire in inputs too.
  if (ctrl && letter === 's') return () => form?.save();
  if (isV16 && ctrl && (letter === 'g' || letter === 'k')) return () => focusSearch();
  if (key === 'Escape') return () => closeTopModal() ?? document.activeElement?.blur();
  if (inInput()) return null;
  if (ctrl && event.shiftKey && letter === 'r') return () => location.reload();
  if (ctrl && letter === 'b') return () => newOfThisKind();
  if (ctrl && letter === 'h') return () => window.frappe.set_route('');
  if (ctrl && (letter === 'g' || letter === 'k')) return () => focusSearch();
  if (ctrl && (letter === 'j' || letter === 'e')) return () => msgprint('A dialog of Desk', 'Shortcut');
  if (event.altKey && letter === 's')
    return () => document.querySelector('.page-container:not([style*="none"]) .primary-action')?.click();
  if (ctrl || event.altKey) return null;
  if (key === '?') return () => msgprint('Shift+D duplicates, Shift+R renames, Ctrl+S saves.', 'Keyboard Shortcuts');
  if (isV14 || !form) return null;
  if (key === 'D' && !form.is_new()) return () => form.copy_doc();
  if (key === 'R' && form.meta.allow_rename) return () => form.rename_doc();
  if (isV16 && key === 'T') return () => msgprint('Tags', 'Shortcut');
  return null;
}

function inInput() {
  const active = document.activeElement;
  return Boolean(active && (/^(input|textarea|select)$/i.test(active.tagName) || active.isContentEditable));
}

const onForm = () => window.frappe.get_route()[0] === 'Form' && window.cur_frm;

function focusSearch() {
  const bar = document.querySelector('#navbar-search');
  if (bar) bar.focus();
  else msgprint('Search', 'Search');
}

function newOfThisKind() {
  const [, doctype] = window.frappe.get_route();
  if (doctype) window.frappe.new_doc(doctype);
}
