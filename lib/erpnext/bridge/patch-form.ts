import type { Form, FrappePage } from './frappe-page.ts';
import type { FromContent } from './protocol.ts';

/**
 * Lets the page's copy of a document follow a write made beside it, so that neither Desk's "modified after you have
 * loaded it" banner nor a refused Save follows (erpnext.md 6, tried on v14, v15, v16).
 *
 * Only when the copy's own `modified` was the base of that write: then nothing that somebody else saved can be hidden.
 * A copy of another age stays as it is when it has edits (Desk's banner is right then) and is loaded anew when it has
 * none.
 */
export function patchForm(page: FrappePage, order: Extract<FromContent, { ask: 'patch' }>): PatchOutcome {
  const doc = page.locals?.[order.doctype]?.[order.name];
  if (!doc) return 'not-open';
  const form = page.cur_frm?.doc === doc ? page.cur_frm : null;
  if (doc.modified === order.values.modified) return 'followed';
  if (doc.modified !== order.baseModified) {
    if (doc.__unsaved) return 'left';
    if (form) form.reload_doc?.();
    else page.frappe?.model?.remove_from_locals?.(order.doctype, order.name);
    return 'reloaded';
  }
  Object.assign(doc, order.values);
  // Desk's own news of the write may have come before ours, with its banner.
  if (doc.__needs_refresh) {
    delete doc.__needs_refresh;
    if (form) clearBanner(form);
  }
  return 'patched';
}

export type PatchOutcome = 'not-open' | 'followed' | 'left' | 'reloaded' | 'patched';

function clearBanner(form: Form): void {
  form.dashboard?.clear_headline?.();
  form.layout?.show_message?.();
}
