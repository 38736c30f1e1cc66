import { type DocTypeDef, type Field, holdsValue, isTable } from './doctypes/fields.ts';
import { FrappeError, thrown } from './errors.ts';
import { typeOf } from './lookup.ts';
import { checkMayList, checkPermission, visible } from './permissions.ts';
import type { Site } from './site.ts';
import type { Doc, Row } from './store.ts';

/** Arguments of a list, as they arrive: JSON in strings, or values already. */
export interface ListArgs {
  fields?: unknown;
  filters?: unknown;
  or_filters?: unknown;
  order_by?: unknown;
  limit_start?: unknown;
  limit_page_length?: unknown;
  limit?: unknown;
  parent?: unknown;
}

type Condition = { table: string; field: string; operator: string; value: unknown };

const STANDARD = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];
/** Columns that every table has besides, and a document's JSON has not (frappe.model.optional_fields). */
const OPTIONAL = ['_user_tags', '_comments', '_assign', '_liked_by'];
const IN_CHILD = ['parent', 'parentfield', 'parenttype'];

/**
 * GET /api/resource/DT and frappe.client.get_list: rows with exactly the fields asked for, null where there is no value;
 * 20 rows unless told otherwise (0: all). An unknown field is 417 DataError, which is how a client finds out whether a
 * custom field exists. source: frappe/model/db_query.py
 */
export function listDocs(site: Site, user: string, doctype: string, args: ListArgs): Record<string, unknown>[] {
  const type = typeOf(site, doctype);
  const rows = type.istable ? childRows(site, user, type, args.parent) : parents(site, user, doctype);
  const fields = fieldsOf(type, args.fields);
  const conditions = conditionsOf(doctype, parse(args.filters));
  const alternatives = conditionsOf(doctype, parse(args.or_filters));
  for (const condition of [...conditions, ...alternatives]) checkField(site, condition.table, condition.field);
  const found = rows.filter(
    (row) =>
      conditions.every((condition) => matches(site, row, condition)) &&
      (!alternatives.length || alternatives.some((condition) => matches(site, row, condition))),
  );
  sort(type, found, String(args.order_by ?? ''));
  const start = Number(args.limit_start ?? 0) || 0;
  const length = Number(args.limit_page_length ?? args.limit ?? 20);
  const page = length ? found.slice(start, start + length) : found.slice(start);
  return page.map((row) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null])));
}

function parents(site: Site, user: string, doctype: string): Doc[] {
  checkMayList(site.store, user, doctype);
  return site.store.all(doctype).filter((doc) => visible(site.store, user, doc));
}

function childRows(site: Site, user: string, type: DocTypeDef, parent: unknown): Row[] {
  if (!parent) {
    throw new FrappeError({
      status: 403,
      type: 'PermissionError',
      bare: true,
      errorMessage: `No permission for ${type.name}`,
    });
  }
  const holder = site.store.meta(String(parent));
  checkPermission(site.store, user, 'read', holder.name);
  const tables = holder.fields.filter((field) => isTable(field) && field.options === type.name);
  return parents(site, user, holder.name).flatMap((doc) =>
    tables.flatMap((table) => (doc[table.fieldname] ?? []) as Row[]),
  );
}

/** Names asked for, without fields above permission level 0: those are left out of the rows without a word. */
function fieldsOf(type: DocTypeDef, given: unknown): string[] {
  const asked = parse(given) ?? ['name'];
  const list = Array.isArray(asked)
    ? asked.map(String)
    : String(asked)
        .split(',')
        .map((one) => one.trim());
  const known = new Map(
    type.fields.filter((one) => holdsValue(one) && !isTable(one)).map((one) => [one.fieldname, one]),
  );
  const standard = type.istable ? [...STANDARD, ...IN_CHILD] : STANDARD;
  return list.flatMap((raw) => {
    if (raw === '*')
      return [...standard, ...[...known.values()].filter((one) => !one.permlevel).map((one) => one.fieldname)];
    const name = raw.replace(/^`tab[^`]+`\./, '').replaceAll('`', '');
    if (standard.includes(name) || (OPTIONAL.includes(name) && !type.istable)) return [name];
    const field = known.get(name);
    if (!field) throw notPermitted(name);
    return field.permlevel && !type.level1 ? [] : [name];
  });
}

function checkField(site: Site, doctype: string, name: string): void {
  const type = site.store.meta(doctype);
  const known = [
    ...STANDARD,
    ...(type.istable ? IN_CHILD : OPTIONAL),
    ...type.fields.map((one: Field) => one.fieldname),
  ];
  if (!known.includes(name)) throw notPermitted(name);
}

const notPermitted = (name: string) => thrown('DataError', `Field not permitted in query: ${name}`);

function conditionsOf(doctype: string, filters: unknown): Condition[] {
  if (!filters) return [];
  if (!Array.isArray(filters)) {
    return Object.entries(filters as object).map(([field, value]) =>
      Array.isArray(value)
        ? { table: doctype, field, operator: String(value[0]), value: value[1] }
        : { table: doctype, field, operator: '=', value },
    );
  }
  const list = filters.length && !Array.isArray(filters[0]) && typeof filters[0] === 'string' ? [filters] : filters;
  return (list as unknown[][]).map((one) => {
    const [table, field, operator, value] = one.length === 4 ? one : [doctype, ...one];
    return { table: String(table), field: String(field), operator: String(operator).toLowerCase(), value };
  });
}

function matches(site: Site, row: Doc | Row, { table, field, operator, value }: Condition): boolean {
  if (table === row.doctype) return compare(row[field], operator, value);
  const tables = site.store.meta(row.doctype).fields.filter((one) => isTable(one) && one.options === table);
  return tables.some((one) =>
    ((row[one.fieldname] ?? []) as Row[]).some((child) => compare(child[field], operator, value)),
  );
}

function compare(held: unknown, operator: string, value: unknown): boolean {
  const text = held === null || held === undefined ? '' : String(held);
  const wanted = value === null || value === undefined ? '' : String(value);
  const list = () => (Array.isArray(value) ? value.map(String) : wanted.split(',').map((one) => one.trim()));
  switch (operator) {
    case '=':
      return text.toLowerCase() === wanted.toLowerCase();
    case '!=':
      return text.toLowerCase() !== wanted.toLowerCase();
    case 'in':
      return list().includes(text);
    case 'not in':
      return !list().includes(text);
    case 'like':
      return like(wanted).test(text);
    case 'not like':
      return !like(wanted).test(text);
    case 'is':
      return (wanted === 'set') === (text !== '');
    case 'between':
      return text >= String((value as unknown[])[0]) && text <= String((value as unknown[])[1]);
    case '>':
      return order(held, value) > 0;
    case '<':
      return text !== '' && order(held, value) < 0;
    case '>=':
      return order(held, value) >= 0;
    case '<=':
      return text !== '' && order(held, value) <= 0;
    default:
      throw thrown(
        'ValidationError',
        `Operator must be one of =, !=, >, <, >=, <=, like, not like, in, not in, is, between`,
      );
  }
}

const like = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '[\\s\\S]*')
      .replaceAll('_', '.')}$`,
    'i',
  );

function order(left: unknown, right: unknown): number {
  if (typeof left === 'number') return left - Number(right);
  return String(left ?? '') < String(right ?? '') ? -1 : String(left ?? '') > String(right ?? '') ? 1 : 0;
}

function sort(type: DocTypeDef, rows: (Doc | Row)[], orderBy: string): void {
  const keys = orderBy
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^`tab[^`]+`\./, '')
        .replaceAll('`', ''),
    )
    .filter(Boolean)
    .map((part) => part.split(/\s+/));
  const known = [...STANDARD, ...IN_CHILD, ...type.fields.map((one) => one.fieldname)];
  for (const [name = ''] of keys) if (!known.includes(name)) throw notPermitted(name);
  rows.sort((left, right) => {
    for (const [name = '', direction = 'asc'] of keys) {
      const by = order(left[name], right[name]);
      if (by) return direction.toLowerCase() === 'desc' ? -by : by;
    }
    return 0;
  });
}

/** A value that may have come as JSON text in a query string. */
export function parse(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{"]/.test(value)) return value === '' ? undefined : value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
