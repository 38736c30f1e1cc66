import { JOIN_FIELD, URL_FIELD } from '../doctypes/registry.ts';
import { OWN_HANDLER } from '../join-button.ts';
import type { FrappePage } from './frappe-page.ts';

/** The meeting's address in the open form, or that the site's own scripts see to the button. */
export function meetingOf({ cur_frm: form, frappe }: FrappePage): string {
  const handlers = frappe?.ui?.form?.handlers?.[form?.doctype ?? '']?.[JOIN_FIELD];
  if (handlers && handlers.length > 0) return OWN_HANDLER;
  const url = form?.doc?.[URL_FIELD];
  return typeof url === 'string' ? url : '';
}
