import type { DoctypeRule, PersonColumns } from '../../model/doctype-rule.ts';
import type { Participant } from '../../model/participant.ts';

/** A document or a row of it, as the wire or the page gives it: any field may be missing, null or of another type. */
export type Row = Readonly<Record<string, unknown>>;

/** A person as the document names them. */
export interface NamedPerson {
  /** As it stands there; not yet known to be an address. */
  email: string | null;
  name: string;
  /** The document that knows the address where the row does not. */
  link: { doctype: string; name: string } | null;
  source: Participant['source'];
}

/** Everybody whom the rule finds in a saved document, in the rule's order. `_assign` and `owner` are read where asked for. */
export function peopleOf(rule: DoctypeRule, document: Row): NamedPerson[] {
  return rule.people.flatMap((source) => {
    if (source.from === 'owner') return [userNamed(textOf(document, 'owner'), 'owner')].filter((user) => user.name);
    if (source.from === 'assignees') return assignees(document).map((user) => userNamed(user, 'row'));
    return rowsOf(source, document).flatMap((row) => personOf(source, row) ?? []);
  });
}

/** The people whom a person types into the form, each with the row it stands in (or the document itself). */
export function typedPeopleOf(rule: DoctypeRule, document: Row): { row: Row; person: NamedPerson }[] {
  return rule.people.flatMap((source) => {
    if (source.from === 'owner' || source.from === 'assignees') return [];
    return rowsOf(source, document).flatMap((row) => {
      const person = personOf(source, row);
      return person ? [{ row, person }] : [];
    });
  });
}

/** Whether a rule asks for `_assign`, which a document's own answer leaves out (frappe/model/base_document.py as_dict). */
export function wantsAssignees(rule: DoctypeRule): boolean {
  return rule.people.some(({ from }) => from === 'assignees');
}

/** Who a row means; null where it names nobody. */
export function personOf(at: PersonColumns, row: Row): NamedPerson | null {
  const email = textOf(row, at.email) || null;
  const target = textOf(row, at.link);
  const doctype = at.linkDoctype ?? textOf(row, at.linkDoctypeField);
  const link = target && doctype ? { doctype, name: target } : null;
  const name = textOf(row, at.name) || target || email;
  return name ? { email, name, link, source: 'row' } : null;
}

function rowsOf(source: { from: 'field' } | { from: 'table'; table: string }, document: Row): Row[] {
  if (source.from === 'field') return [document];
  const rows = document[source.table];
  return Array.isArray(rows) ? rows.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
}

function userNamed(user: string, source: Participant['source']): NamedPerson {
  return { email: null, name: user, link: { doctype: 'User', name: user }, source };
}

/** JSON of a list of users, as Frappe keeps it. */
function assignees(document: Row): string[] {
  try {
    const users: unknown = JSON.parse(textOf(document, '_assign') || '[]');
    return Array.isArray(users) ? users.filter((user) => typeof user === 'string' && user !== '') : [];
  } catch {
    return [];
  }
}

/** A field as trimmed text; anything but text is empty. */
export function textOf(row: Row, field: string | null): string {
  const value = field === null ? '' : row[field];
  return typeof value === 'string' ? value.trim() : '';
}
