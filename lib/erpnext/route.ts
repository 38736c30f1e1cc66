import type { DoctypeRule } from '../model/doctype-rule.ts';
import { asRecordName, type Doctype, type Origin, type RecordName } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';
import { ruleOf, ruleOfSlug, slugOf } from './doctypes/registry.ts';

/** Where Desk lives: `/app` up to v15, `/desk` from v16. */
export type DeskPrefix = '/app' | '/desk';

/**
 * The record that a Desk URL names, or null: lists, other views, other pages, doctypes without a panel.
 * Knows `/app/event/EV00001`, `/desk/project/A%2FB`, and the older `/app/Form/Event/EV00001` (frappe/router.js).
 */
export function recordOfUrl(rules: readonly DoctypeRule[], href: string): RecordRef | null {
  const url = parseUrl(href);
  if (!url || !deskPrefix(url.pathname)) return null;
  const parts = url.pathname.split('/').slice(2).map(decode);
  if (parts[0]?.toLowerCase() === 'form') {
    const rule = ruleOf(rules, parts[1] ?? '') ?? ruleOfSlug(rules, parts[1] ?? '');
    return refOf(url.origin as Origin, rule?.doctype, parts.slice(2));
  }
  if (parts[1] === 'view') return null;
  return refOf(url.origin as Origin, ruleOfSlug(rules, parts[0] ?? '')?.doctype, parts.slice(1));
}

/** The record of `body[data-route]`, `Form/Event/A/B`: already decoded, and the name may hold slashes. */
export function recordOfRoute(
  rules: readonly DoctypeRule[],
  route: string | null | undefined,
  origin: Origin,
): RecordRef | null {
  const [view, doctype, ...name] = (route ?? '').split('/');
  if (view !== 'Form') return null;
  return refOf(origin, ruleOf(rules, doctype ?? '')?.doctype, name);
}

/** The form's URL as this site's version spells it. */
export function urlOfRecord(ref: RecordRef, prefix: DeskPrefix): string {
  return `${ref.origin}${prefix}/${encodeURIComponent(slugOf(ref.doctype))}/${encodeURIComponent(ref.name)}`;
}

/** Null: not a page of Desk (website, login, print view). */
export function deskPrefix(pathname: string): DeskPrefix | null {
  const first = pathname.split('/')[1];
  return first === 'app' || first === 'desk' ? `/${first}` : null;
}

/** Names that Desk gives to what is not saved yet: `new-event-qeqqhgkmzv`. */
export function isNewName(doctype: Doctype, name: RecordName): boolean {
  const start = `new-${slugOf(doctype)}-`;
  return name.startsWith(start) && /^[a-z0-9]{1,12}$/.test(name.slice(start.length));
}

function refOf(origin: Origin, doctype: Doctype | undefined, nameParts: string[]): RecordRef | null {
  // A trailing slash in the address bar is no part of the name.
  const name = nameParts.join('/').replace(/\/+$/, '');
  return doctype && name ? { origin, doctype, name: asRecordName(name) } : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function parseUrl(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}
