import { asDoctype, asRecordName, type Origin } from '../model/ids.ts';
import { type RecordRef, sameRecord } from '../model/record.ts';
import type { FormState } from './bridge/protocol.ts';
import { type Rules, ruleOf } from './doctypes/registry.ts';
import { type DeskPrefix, deskPrefix, isNewName, recordOfRoute, recordOfUrl } from './route.ts';
import { HTML_ATTRIBUTES, SELECTORS } from './selectors.ts';

/** What a page of Desk shows, whatever its version. */
export interface Desk {
  /** The record on screen; null on anything else than the form of a doctype with a panel. */
  shown(): FormShown | null;
  look(): DeskLook;
  /** Which URLs this site's Desk has. */
  prefix(): DeskPrefix;
  flavour(): DeskFlavour;
  /** The form's page on screen, or null. */
  formPage(): HTMLElement | null;
}

/** As the contract's `ShownRecord`: a hint for *which* record, never for what is in it. */
export interface FormShown {
  ref: RecordRef;
  isNew: boolean;
  dirty: boolean;
  unsavedPeople: string[];
}

export interface DeskLook {
  theme: 'light' | 'dark';
  dir: 'ltr' | 'rtl';
  lang: string;
}

/** Told apart by what is there: version numbers are rebranded by forks. */
export type DeskFlavour = 'v14' | 'v15' | 'v16';

export function createDesk(window: Window, bridgeForm: () => FormState | null | undefined, rules: Rules): Desk {
  const { document, location } = window;
  const origin = location.origin as Origin;

  const formPage = (): HTMLElement | null => {
    for (const page of document.querySelectorAll<HTMLElement>(SELECTORS.formPage))
      if (window.getComputedStyle(page).display !== 'none' && page.querySelector(SELECTORS.formLayout)) return page;
    return null;
  };

  /** Bridge first, then URL, then DOM; where two of them are sure and differ, Desk is on its way: nothing is shown. */
  const shown = (): FormShown | null => {
    const page = formPage();
    if (!page) return null;
    const form = bridgeForm();
    if (form === null) return null;
    if (form) {
      if (!ruleOf(rules(), form.doctype) || !pageIs(page, form.doctype)) return null;
      const ref = { origin, doctype: asDoctype(form.doctype), name: asRecordName(form.name) };
      return { ref, isNew: form.isNew, dirty: form.dirty, unsavedPeople: form.unsavedPeople };
    }
    const byUrl = recordOfUrl(rules(), location.href);
    const route = document.querySelector(SELECTORS.routed)?.getAttribute('data-route');
    const byRoute = recordOfRoute(rules(), route, origin);
    if (byUrl && byRoute && !sameRecord(byUrl, byRoute)) return null;
    const ref = byUrl ?? byRoute;
    if (!ref || !pageIs(page, ref.doctype)) return null;
    return { ref, isNew: isNewName(ref.doctype, ref.name), dirty: false, unsavedPeople: [] };
  };

  return {
    shown,
    formPage,
    prefix: () => deskPrefix(location.pathname) ?? '/app',
    look: () => lookOf(document.documentElement),
    flavour() {
      if (deskPrefix(location.pathname) === '/desk' || document.querySelector(SELECTORS.bodySidebar)) return 'v16';
      return document.querySelector(SELECTORS.formMessage) ? 'v15' : 'v14';
    },
  };
}

/**
 * Hears what Desk's DOM tells without the bridge: the route's attribute and pages being shown or added.
 * @returns the undo.
 */
export function watchDesk(window: Window, onChange: () => void): () => void {
  const { document } = window;
  const observer = new MutationObserver(onChange);
  const attach = () => {
    if (document.body) observer.observe(document.body, { attributes: true, attributeFilter: ['data-route'] });
  };
  // At document_start there is no body yet.
  const early = new MutationObserver(() => {
    if (!document.body) return;
    early.disconnect();
    attach();
    onChange();
  });
  if (document.body) attach();
  else early.observe(document.documentElement, { childList: true });
  window.addEventListener('popstate', onChange);
  window.addEventListener('pageshow', onChange);
  return () => {
    observer.disconnect();
    early.disconnect();
    window.removeEventListener('popstate', onChange);
    window.removeEventListener('pageshow', onChange);
  };
}

/** Theme, direction and language of Desk, now and whenever they change. @returns the undo. */
export function watchLook(document: Document, onChange: (look: DeskLook) => void): () => void {
  let told = '';
  const tell = () => {
    const look = lookOf(document.documentElement);
    const text = JSON.stringify(look);
    if (text === told) return;
    told = text;
    onChange(look);
  };
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [...HTML_ATTRIBUTES] });
  tell();
  return () => observer.disconnect();
}

function lookOf(html: HTMLElement): DeskLook {
  return {
    theme: html.dataset.theme === 'dark' ? 'dark' : 'light',
    dir: html.getAttribute('dir') === 'rtl' ? 'rtl' : 'ltr',
    lang: html.getAttribute('lang') || 'en',
  };
}

/** Desk names a form's page by its doctype; a record that does not exist gets a page of another name. */
function pageIs(page: HTMLElement, doctype: string): boolean {
  return page.dataset.pageRoute === doctype || page.id === `page-${doctype}`;
}
