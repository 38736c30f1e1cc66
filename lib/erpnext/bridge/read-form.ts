import type { DoctypeKnowledge, Row } from '../doctypes/knowledge.ts';
import { knowledgeOf } from '../doctypes/registry.ts';
import type { Doc, FrappePage } from './frappe-page.ts';
import type { FormState } from './protocol.ts';

export interface FormReader {
  /** The form on screen, or null: no form, a form that is being left, a doctype without a panel. */
  read(): FormState | null;
}

/**
 * Reads `cur_frm`. It lags behind: Desk keeps the last form in it on lists and while the next form loads, so it counts
 * only where the route names the same document. The saved people are remembered each time a clean form is seen; what
 * differs from them later was typed and not saved (Desk does not mark edited rows, only new ones).
 */
export function createFormReader(page: FrappePage): FormReader {
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
      const known = knowledgeOf(doctype);
      if (!known) return null;
      const isNew = !!form.is_new?.();
      const dirty = !!form.is_dirty?.();
      const key = `${doctype}/${name}`;
      if (!dirty && !isNew) savedPeople.set(key, new Set(peopleOf(doc, known).map(({ person }) => person)));
      return { doctype, name, isNew, dirty, unsavedPeople: dirty ? unsaved(doc, known, savedPeople.get(key)) : [] };
    },
  };
}

/** Without a memory of the saved rows only those that Desk marks as new are known to be unsaved. */
function unsaved(doc: Doc, known: DoctypeKnowledge, saved: ReadonlySet<string> | undefined): string[] {
  const typed = peopleOf(doc, known).filter(({ row, person }) => (saved ? !saved.has(person) : !!row.__islocal));
  return [...new Set(typed.map(({ person }) => person))].slice(0, 500);
}

function peopleOf(doc: Doc, known: DoctypeKnowledge): { row: Row; person: string }[] {
  const rows = doc[known.peopleTable];
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: Row) => {
    const found = row && known.personOf(row);
    return found ? [{ row, person: (found.email ?? found.name).slice(0, 500) }] : [];
  });
}
