import * as v from 'valibot';
import type { Doctype } from './ids.ts';
import type { Participant } from './participant.ts';

/**
 * What Deskside has to know of a doctype to talk about its documents: where the people, the title and the dates are.
 * Data, so that a person can add a doctype in the options, an administrator by policy, and a file carry it along.
 */
export interface DoctypeRule {
  doctype: Doctype;
  /** The field that says in words what the document is; its name stands in where this is null or the field empty. */
  titleField: string | null;
  /** In this order they are asked, and shown. */
  people: PeopleSource[];
  dates: RuleDates | null;
  /** When a document is over; left out: by its `status`, as most doctypes have it. */
  over?: RuleOver | undefined;
}

/** A document is over once this field holds one of these values: never, where there are none. */
export interface RuleOver {
  field: string;
  values: string[];
}

/** Event, Project, Task, Issue, Opportunity, orders and invoices: their statuses that nothing follows. */
export const USUAL_OVER: RuleOver = { field: 'status', values: ['Completed', 'Closed', 'Cancelled', 'Resolved'] };

export type PeopleSource =
  /** Each row of a child table is a person; the columns are the table's. */
  | ({ from: 'table'; table: string } & PersonColumns)
  /** The document's own fields name one person. */
  | ({ from: 'field' } & PersonColumns)
  /** Whom it is assigned to (`_assign`). */
  | { from: 'assignees' }
  | { from: 'owner' };

/** Where in a row, or in the document itself, a person stands: an address, a link to whoever knows it, or both. */
export interface PersonColumns {
  email: string | null;
  link: string | null;
  /** What the link leads to: always the same doctype, or the one that another column names. One of them with a link. */
  linkDoctype: Doctype | null;
  linkDoctypeField: string | null;
  name: string | null;
}

export interface RuleDates {
  start: string;
  end: string | null;
  /** A Check field. */
  allDay: string | null;
}

/** A rule made from a doctype's own description, and everything else it could be made of. */
export interface RuleProposal {
  rule: DoctypeRule;
  /** Every place where people may stand, those of the rule among them, in order. */
  sources: PeopleSource[];
}

/** As ERPNext keeps them: naive, in the site's own time zone (`YYYY-MM-DD` or with ` HH:MM:SS`). */
export interface RecordDates {
  start: string;
  end: string | null;
  allDay: boolean;
}

/** What a rule finds in one record. */
export interface RulePreview {
  title: string;
  dates: RecordDates | null;
  people: Participant[];
}

/** More than this no company needs, and a file that says so is not ours. */
export const MOST_RULES = 100;
const MOST_SOURCES = 20;

/** As Frappe names them (frappe/model/db_schema.py, frappe/core/doctype/doctype/doctype.py). */
const FieldName = v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z_][a-z0-9_]*$/));
const DoctypeName = v.pipe(
  v.string(),
  v.maxLength(61),
  v.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_ -]*$/u),
  v.transform((name) => name as Doctype),
);
/** Policies and files leave out what is empty. */
const orNull = <S extends v.GenericSchema>(of: S) => v.optional(v.nullable(of), null);

const columns = {
  email: orNull(FieldName),
  link: orNull(FieldName),
  linkDoctype: orNull(DoctypeName),
  linkDoctypeField: orNull(FieldName),
  name: orNull(FieldName),
};

const Source = v.pipe(
  v.variant('from', [
    v.object({ from: v.literal('table'), table: FieldName, ...columns }),
    v.object({ from: v.literal('field'), ...columns }),
    v.object({ from: v.literal('assignees') }),
    v.object({ from: v.literal('owner') }),
  ]),
  v.check(leadsToSomebody),
);

/** An address, or a link whose target's doctype is known in one way. */
function leadsToSomebody(source: PeopleSource): boolean {
  if (source.from === 'owner' || source.from === 'assignees') return true;
  const targets = Number(source.linkDoctype !== null) + Number(source.linkDoctypeField !== null);
  return source.link === null ? source.email !== null && targets === 0 : targets === 1;
}

const RuleShape = v.object({
  doctype: DoctypeName,
  titleField: orNull(FieldName),
  people: v.pipe(v.array(Source), v.minLength(1), v.maxLength(MOST_SOURCES)),
  dates: orNull(v.object({ start: FieldName, end: orNull(FieldName), allDay: orNull(FieldName) })),
  over: v.optional(
    v.object({
      field: FieldName,
      values: v.pipe(v.array(v.pipe(v.string(), v.maxLength(140))), v.maxLength(MOST_SOURCES)),
    }),
  ),
});

/** @returns null for anything that is no rule: of another shape, or with names that ERPNext could not have. */
export function parseRule(value: unknown): DoctypeRule | null {
  const result = v.safeParse(RuleShape, value);
  return result.success ? result.output : null;
}

/** Whether this could be a doctype's name. */
export function isDoctypeName(text: string): boolean {
  return v.is(DoctypeName, text);
}

/** Two sources that mean the same people. */
export function sameSource(a: PeopleSource, b: PeopleSource): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(source: PeopleSource): unknown[] {
  return Object.entries(source).sort(([a], [b]) => a.localeCompare(b));
}
