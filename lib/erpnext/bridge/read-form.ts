import type { DoctypeRule } from '../../model/doctype-rule.ts';
import { typedPeopleOf } from '../doctypes/people-of.ts';
import { type Rules, ruleOf } from '../doctypes/registry.ts';
import type { Doc, FrappePage } from './frappe-page.ts';
import type { FormState } from './protocol.ts';

export interface FormReader {
  /** The form on screen, of whatever doctype, or null: no form, a form that is being left. */
  read(): FormState | null;
}

/**
 * Reads `cur_frm`. It lags behind: Desk keeps the last form in it on lists and while the next form loads, so it counts
 * only where the route names the same document. The saved people are remembered each time a clean form is seen; what
 * differs from them later was typed and not saved (Desk does not mark edited rows, only new ones).
 * @param rules say where a doctype's people are; nobody is seen in a form of another one.
 */
export function createFormReader(page: FrappePage, rules: Rules): FormReader {
  const savedPeople = new Map<string, ReadonlySet<string>>();

  return {
    read() {
      const form = page.cur_frm;
      const doc = form?.doc;
      const doctype = form?.doctype;
      const name = form?.docname;
      if (!form || !doc || !doctype || !name || doc.name !== name) return null;
      const route = page.frappe?.get_route?.() ?? [];
      if (route[0] !== 'Form' || route[1] !== doctype || route.slice(2).join('/') !== name) return null;
      const rule = ruleOf(rules(), doctype);
      const isNew = !!form.is_new?.();
      const dirty = !!form.is_dirty?.();
      const key = `${doctype}/${name}`;
      if (rule && !dirty && !isNew) savedPeople.set(key, new Set(typed(doc, rule).map(({ person }) => person)));
      return {
        doctype,
        name,
        isNew,
        dirty,
        unsavedPeople: rule && dirty ? unsaved(doc, rule, savedPeople.get(key)) : [],
      };
    },
  };
}

/** Without a memory of what was saved only rows that Desk marks as new are known to be unsaved. */
function unsaved(doc: Doc, rule: DoctypeRule, saved: ReadonlySet<string> | undefined): string[] {
  const news = typed(doc, rule).filter(({ row, person }) => (saved ? !saved.has(person) : !!row.__islocal));
  return [...new Set(news.map(({ person }) => person))].slice(0, 500);
}

function typed(doc: Doc, rule: DoctypeRule) {
  return typedPeopleOf(rule, doc).map(({ row, person }) => ({
    row,
    person: (person.email ?? person.name).slice(0, 500),
  }));
}
