import { type DoctypeMeta, type MetaField, sectionsOf, titleFields } from '../model/doctype-meta.ts';
import type { PeopleSource, PersonColumns, RuleDates, RuleProposal } from '../model/doctype-rule.ts';
import { asDoctype } from '../model/ids.ts';

/**
 * Where the people, the title and the dates of a doctype most likely are. Colleagues (users, employees, contacts, plain
 * addresses) are taken into the rule; companies behind a link are offered, since whom that reaches is less sure.
 */
export function propose(meta: DoctypeMeta): RuleProposal {
  const found = [...meta.fields.flatMap((field) => tableSource(meta, field)), ...fieldSources(meta.fields)];
  const always: PeopleSource[] = [{ from: 'assignees' }, { from: 'owner' }];
  return {
    rule: {
      doctype: meta.doctype,
      titleField: titleOf(meta),
      people: [...found.filter(({ likely }) => likely).map(({ source }) => source), ...always],
      dates: datesOf(meta),
    },
    sources: [...found.map(({ source }) => source), ...always],
  };
}

interface Candidate {
  source: PeopleSource;
  likely: boolean;
}

const NOWHERE: PersonColumns = { email: null, link: null, linkDoctype: null, linkDoctypeField: null, name: null };
const COLLEAGUES = ['User', 'Employee', 'Contact'];
const COMPANIES = ['Customer', 'Lead', 'Supplier'];

/** A child table with a column for an address, or one that leads to somebody. */
function tableSource(meta: DoctypeMeta, table: MetaField): Candidate[] {
  if (!/^Table( MultiSelect)?$/.test(table.fieldtype) || table.hidden || table.permlevel > 0) return [];
  const columns = (meta.tables[table.options] ?? []).filter(({ permlevel }) => permlevel === 0);
  const email = columns.find(isEmail)?.fieldname ?? null;
  const link =
    columns.find(leadsTo(COLLEAGUES)) ?? columns.find(leadsTo(COMPANIES)) ?? columns.find(isDynamic(columns)) ?? null;
  if (!email && !link) return [];
  const name = columns.find(({ fieldname }) => PERSON_NAMES.includes(fieldname))?.fieldname ?? null;
  const source = { from: 'table' as const, table: table.fieldname, ...NOWHERE, ...targetOf(link), email, name };
  return [{ source, likely: email !== null || (!!link && leadsTo(COLLEAGUES)(link)) }];
}

/** The document's own fields: a link and the address that belongs to it are one person. */
function fieldSources(fields: readonly MetaField[]): Candidate[] {
  const open = fields.filter(({ permlevel }) => permlevel === 0);
  const emails = new Set(open.filter(isEmail));
  const found: Candidate[] = [];
  for (const link of open) {
    const colleague = leadsTo(COLLEAGUES)(link);
    if (link.hidden || !(colleague || leadsTo(COMPANIES)(link) || isDynamic(open)(link))) continue;
    const email = [...emails].find((field) => stemOf(field) !== '' && stemOf(field) === stemOf(link));
    if (email) emails.delete(email);
    const source = {
      from: 'field' as const,
      ...NOWHERE,
      ...targetOf(link),
      email: email?.fieldname ?? null,
      name: nameBeside(open, stemOf(link)),
    };
    found.push({ source, likely: colleague });
  }
  for (const email of emails) {
    const name = nameBeside(open, stemOf(email));
    const source = { from: 'field' as const, ...NOWHERE, email: email.fieldname, name };
    // One that nobody sees in the form is mostly kept by ERPNext for its own mail.
    found.push({ source, likely: !email.hidden });
  }
  return found;
}

function isEmail({ fieldname, fieldtype, options }: MetaField): boolean {
  if (!['Data', 'Read Only', 'Small Text'].includes(fieldtype)) return false;
  return options === 'Email' || /(^|_)e?mail(_id|_address)?$/.test(fieldname);
}

function leadsTo(doctypes: string[]) {
  return ({ fieldtype, options }: MetaField) => fieldtype === 'Link' && doctypes.includes(options);
}

/** A Dynamic Link whose other half is there too, and names a doctype. */
function isDynamic(fields: readonly MetaField[]) {
  return ({ fieldtype, options }: MetaField) =>
    fieldtype === 'Dynamic Link' && fields.some(({ fieldname }) => fieldname === options);
}

function targetOf(link: MetaField | null): Partial<PersonColumns> {
  if (!link) return {};
  if (link.fieldtype === 'Dynamic Link') return { link: link.fieldname, linkDoctypeField: link.options };
  return { link: link.fieldname, linkDoctype: asDoctype(link.options) };
}

/** `contact` of `contact_person`, `contact_email`, `contact_display`; empty of `email_id`. */
function stemOf({ fieldname }: MetaField): string {
  return fieldname.replace(/_?(e?mail(_id|_address)?|person|name|id|by)$/, '');
}

function nameBeside(fields: readonly MetaField[], stem: string): string | null {
  const wanted = stem ? [`${stem}_display`, `${stem}_name`] : PERSON_NAMES;
  const texts = fields.filter(({ fieldtype }) => ['Data', 'Small Text', 'Read Only'].includes(fieldtype));
  return texts.find(({ fieldname }) => wanted.includes(fieldname))?.fieldname ?? null;
}

const PERSON_NAMES = ['full_name', 'employee_name', 'user_name', 'contact_name', 'lead_name', 'participant_name'];

function titleOf(meta: DoctypeMeta): string | null {
  const candidates = titleFields(meta).map(({ fieldname }) => fieldname);
  const named = [meta.titleField, 'subject', 'title'].find((name) => name !== null && candidates.includes(name));
  const required = titleFields(meta).find(({ reqd, fieldtype }) => reqd && fieldtype !== 'Link');
  return named ?? required?.fieldname ?? null;
}

/**
 * Planned times before those of record, a start before anything else. Those beside an Auto Repeat (Sales Order, Sales
 * Invoice, …) say how long the document is repeated, not when it is.
 */
function datesOf(meta: DoctypeMeta): RuleDates | null {
  const repeats = ({ fieldtype, options }: MetaField) => fieldtype === 'Link' && options === 'Auto Repeat';
  const own = sectionsOf(meta).filter((section) => !section.some(repeats));
  const dates = own.flat().filter(({ fieldtype, hidden, permlevel, fieldname }) => {
    return /^Date(time)?$/.test(fieldtype) && !hidden && permlevel === 0 && !/^(act|actual)_|repeat/.test(fieldname);
  });
  const first = (patterns: RegExp[]) =>
    patterns.flatMap((pattern) => dates.find(({ fieldname }) => pattern.test(fieldname))?.fieldname ?? [])[0];
  const start = first([/(^|_)starts?(_|$)/, /^from_/, /^(transaction|opening|posting|schedule[d]?)_date$/, /^date$/]);
  if (!start) return null;
  const end = first([/(^|_)ends?(_|$)/, /^to_/, /^(delivery|due|expected_closing)/, /^valid_till$/]) ?? null;
  const allDay = meta.fields.find(({ fieldtype, fieldname }) => fieldtype === 'Check' && fieldname === 'all_day');
  return { start, end, allDay: allDay?.fieldname ?? null };
}
