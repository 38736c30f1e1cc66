import { type Field, holdsValue, isNumber, isTable } from './doctypes/fields.ts';
import { FrappeError, thrown } from './errors.ts';
import { sanitiseHtml } from './sanitise.ts';
import type { Doc, Row, Store } from './store.ts';

/** Doctypes that exist on a real site only as link targets; they hold no documents here but their own names count. */
const EXTRA_DOCTYPES = new Set(['DocType']);
const MAX_DATA = 140;
const UNLIMITED = new Set(['Small Text', 'Text', 'Long Text', 'Text Editor', 'Code', 'HTML Editor', 'JSON']);

/** Linked documents must exist: LinkValidationError. */
export function checkLinks(store: Store, doc: Doc): void {
  const broken: string[] = [];
  eachRecord(store, doc, (record, fields, prefix) => {
    for (const field of fields) {
      const value = record[field.fieldname];
      if (!value || (field.fieldtype !== 'Link' && field.fieldtype !== 'Dynamic Link')) continue;
      const target = field.fieldtype === 'Link' ? field.options : String(record[field.options ?? ''] ?? '');
      if (!linkExists(store, target ?? '', String(value))) broken.push(`${prefix}${field.label}: ${value}`);
    }
  });
  if (broken.length) throw thrown('LinkValidationError', `Could not find ${broken.join(', ')}`);
}

/** Required fields: MandatoryError, raised bare. */
export function checkMandatory(store: Store, doc: Doc): void {
  const missing: { fieldname: string; message: string }[] = [];
  eachRecord(store, doc, (record, fields, prefix) => {
    for (const field of fields) {
      if (!field.reqd || !isEmpty(record[field.fieldname])) continue;
      const row = prefix ? `${prefix.replace(': ', '')}: ` : '';
      missing.push({
        fieldname: field.fieldname,
        message: `Error: ${row}Value missing for ${record.doctype}: ${field.label}`,
      });
    }
  });
  if (!missing.length) return;
  throw new FrappeError({
    status: 417,
    type: 'MandatoryError',
    text: `[${doc.doctype}, ${doc.name}]: ${missing.map((one) => one.fieldname).join(', ')}`,
    bare: true,
    messages: missing.map(({ message }) => ({ message })),
  });
}

/** Options, lengths and date formats, in the order a save meets them. */
export function checkValues(store: Store, doc: Doc): void {
  eachRecord(store, doc, (record, fields, prefix) => {
    for (const field of fields) {
      const value = record[field.fieldname];
      if (isEmpty(value)) continue;
      if (field.fieldtype === 'Select') checkSelect(field, String(value), prefix);
      if (field.fieldtype === 'Datetime' || field.fieldtype === 'Date') checkDate(field, String(value));
      if (typeof value === 'string') checkLength(field, value, doc);
    }
  });
}

/** Numbers as numbers, unknown HTML cleaned: what a value becomes on its way into the database. */
export function clean(store: Store, field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (isNumber(field)) return Number(value) || 0;
  if (typeof value !== 'string' || field.fieldtype === 'Code') return value;
  // A text without tags is left alone, so a bare `&` stays a bare `&`.
  return /<[a-z/!][^>]*>/i.test(value) ? sanitiseHtml(store.flavour, value) : value;
}

function linkExists(store: Store, doctype: string, name: string): boolean {
  if (doctype === 'DocType') return store.knows(name) || EXTRA_DOCTYPES.has(name);
  return store.knows(doctype) && store.find(doctype, name) !== undefined;
}

function checkSelect(field: Field, value: string, prefix: string): void {
  const options = (field.options ?? '').split('\n');
  if (options.length < 2 || options.includes(value)) return;
  const allowed = options.map((one) => `"${one}"`).join(', ');
  throw thrown(
    'ValidationError',
    `${prefix || ' '}${field.label} cannot be "${value}". It should be one of ${allowed}`,
  );
}

function checkDate(field: Field, value: string): void {
  const pattern = field.fieldtype === 'Date' ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d(\.\d+)?)?)?$/;
  if (pattern.test(value)) return;
  throw new FrappeError({
    status: 500,
    type: 'OperationalError',
    module: 'pymysql.err',
    text: `(1292, "Incorrect datetime value: '${value}' for column '${field.fieldname}' at row 1")`,
    bare: true,
  });
}

function checkLength(field: Field, value: string, doc: Doc): void {
  if (UNLIMITED.has(field.fieldtype)) return;
  const max = field.length || MAX_DATA;
  if ([...value].length <= max) return;
  const text = `${doc.doctype} ${doc.name}: '<strong>${field.label}</strong>' (${value}) will get truncated, as max characters allowed is ${max}`;
  throw thrown('CharacterLengthExceededError', text, { title: 'Value too big' });
}

function eachRecord(store: Store, doc: Doc, visit: (record: Doc | Row, fields: Field[], prefix: string) => void): void {
  const { fields } = store.meta(doc.doctype);
  visit(
    doc,
    fields.filter((one) => holdsValue(one) && !isTable(one)),
    '',
  );
  for (const table of fields.filter(isTable)) {
    const childFields = store.meta(table.options ?? '').fields.filter(holdsValue);
    for (const row of (doc[table.fieldname] ?? []) as Row[]) visit(row, childFields, `Row #${row.idx}: `);
  }
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';
