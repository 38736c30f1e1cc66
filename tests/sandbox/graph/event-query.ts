import { type Instance, idOf, uidOf } from '../tenant/occurrences.ts';
import { instantOf } from '../tenant/zones.ts';
import { EVENT_PROPERTIES, readPropertyId } from './calendar-event-input.ts';
import { shapeEvent } from './calendar-event-shape.ts';
import { iso } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphContext } from './env.ts';
import { GraphError } from './graph-error.ts';
import { clausesOf, type Literal, parseFilter, passes } from './odata-filter.ts';
import { invalidFilter, unreadableQuery } from './outlook-errors.ts';
import { type Preferences, readPreferences } from './outlook-prefer.ts';
import { readNames, readQuery } from './query.ts';

/** How events are to be told: `$select`, `$expand`, and the header `Prefer`. */
export interface Telling {
  prefer: Preferences;
  select: string[];
  /** Ids of the extended properties that are asked for. */
  extended: string[];
  basic: boolean;
}

export function readTelling(c: GraphContext, query: Map<string, string>, basic: boolean): Telling {
  const select = readNames(query, '$select');
  for (const name of select) {
    if (name !== '*' && !EVENT_PROPERTIES.includes(name))
      throw unreadableQuery(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.event'.`,
      );
  }
  return { prefer: readPreferences(c), select, extended: readExpand(query.get('$expand')), basic };
}

/** One event as it was asked for; its id and ETag always come along. */
export function tell({ tenant }: Deps, instance: Instance, { prefer, select, extended, basic }: Telling) {
  const whole: Record<string, unknown> = shapeEvent(tenant, instance, prefer, { basic });
  const cancelled = [...instance.item.cancelled].sort().map((day) => `OID.${instance.item.id}.${day}`);
  // "Returned only on $select in a Get operation which specifies the ID of a series master event" (resources/event.md).
  if (select.includes('cancelledOccurrences') && instance.day === null) whole.cancelledOccurrences = cancelled;
  const kept =
    select.length === 0 || select.includes('*')
      ? whole
      : Object.fromEntries(
          Object.entries(whole).filter(([name]) => name === 'id' || name === '@odata.etag' || select.includes(name)),
        );
  const own = instance.exception?.extended ?? instance.item.extended;
  const found = extended.flatMap((id) => {
    const value = own.get(id);
    return value === undefined ? [] : [{ id, value }];
  });
  return found.length > 0 && !basic ? { ...kept, singleValueExtendedProperties: found } : kept;
}

/** A page of events; pages are counted by `$skip`. */
export function tellPage(
  c: GraphContext,
  deps: Deps,
  all: Instance[],
  query: Map<string, string>,
  telling: Telling,
  context: string,
) {
  const top = wholeNumber(query, '$top', 1, 1000) ?? Math.min(telling.prefer.maxPageSize ?? 10, 1000);
  const skip = wholeNumber(query, '$skip', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  return c.json({
    '@odata.context': `${GRAPH}/$metadata#users('${c.get('me').id}')/${context}`,
    ...(query.get('$count') === 'true' ? { '@odata.count': all.length } : {}),
    value: all.slice(skip, skip + top).map((instance) => tell(deps, instance, telling)),
    ...(skip + top < all.length ? { '@odata.nextLink': nextPage(c, skip + top) } : {}),
  });
}

function nextPage(c: GraphContext, skip: number): string {
  const url = new URL(c.req.url);
  url.searchParams.set('$skip', String(skip));
  const options = [...url.searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${GRAPH}${url.pathname.replace(/^\/v1\.0/, '')}?${options}`;
}

function wholeNumber(query: Map<string, string>, option: string, from: number, to: number): number | undefined {
  const text = query.get(option);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) < from || Number(text) > to)
    throw new GraphError(400, 'ErrorInvalidUrlQuery', `Invalid value '${text}' for ${option} query option found.`);
  return Number(text);
}

export const LIST_OPTIONS = ['$select', '$expand', '$filter', '$orderby', '$top', '$skip', '$count'];
export const readList = (c: GraphContext, more: string[] = []) => readQuery(c, [...LIST_OPTIONS, ...more]);

/** Of an extended property the id in `$expand=singleValueExtendedProperties($filter=id eq '…')`, or several with `or`. */
function readExpand(text: string | undefined): string[] {
  if (text === undefined) return [];
  const inner = /^singleValueExtendedProperties\(\s*\$filter\s*=\s*([\s\S]+)\)$/i.exec(text.trim())?.[1];
  const parts = inner?.trim().split(/\s+or\s+/i) ?? [];
  const ids = parts.map((part) => /^id eq '((?:[^']|'')*)'$/i.exec(part)?.[1]?.replaceAll("''", "'"));
  if (ids.length === 0 || ids.some((id) => id === undefined))
    throw new GraphError(400, 'ErrorInvalidUrlQueryFilter', `The expand clause '${text}' is not supported.`);
  return ids.map((id) => readPropertyId(id as string));
}

export function filterEvents(all: Instance[], text: string | undefined): Instance[] {
  if (text === undefined) return all;
  const conditions: ((instance: Instance) => boolean)[] = [];
  // Each condition on an extended property stands in the rest as one that is true or not.
  const plain = text.replace(ANY, (_, _variable, id: string, call, callValue, operator, value) => {
    const name = readPropertyId(unquote(id));
    const wanted = unquote(value ?? callValue).toLowerCase();
    conditions.push((one) => {
      const own = (one.exception?.extended ?? one.item.extended).get(name)?.toLowerCase();
      if (own === undefined) return false;
      if (call) return call.toLowerCase() === 'contains' ? own.includes(wanted) : own.startsWith(wanted);
      return (own === wanted) === (operator.toLowerCase() === 'eq');
    });
    return `extended${conditions.length - 1} eq true`;
  });
  const filter = parseFilter(plain.replace(BARE_TIME, (_, date, time = 'T00:00') => `'${date}${time}Z'`));
  const conditionOf = (path: string) => conditions[Number(/^extended(\d+)$/.exec(path)?.[1] ?? -1)];
  for (const { path } of clausesOf(filter)) {
    if (!conditionOf(path) && !FILTERED.includes(path)) throw invalidFilter(path);
  }
  return all.filter((one) => passes(filter, (path) => conditionOf(path)?.(one) ?? readPath(one, path)));
}

const ANY =
  /singleValueExtendedProperties\/any\(\s*(\w+)\s*:\s*\1\/id eq ('(?:[^']|'')*')\s+and\s+(?:(contains|startswith)\(\s*\1\/value\s*,\s*('(?:[^']|'')*')\s*\)|\1\/value\s+(eq|ne)\s+('(?:[^']|'')*'))\s*\)/gi;

/** A time without an offset is UTC's. */
const BARE_TIME = /'(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?'/g;

const unquote = (text: string) => text.slice(1, -1).replaceAll("''", "'");

const FILTERED = [
  ...'subject iCalUId isCancelled isOrganizer isAllDay importance sensitivity showAs type createdDateTime'.split(' '),
  ...['lastModifiedDateTime', 'start/dateTime', 'end/dateTime', 'seriesMasterId'],
];

function readPath({ item, content, day, ...instance }: Instance, path: string): Literal {
  const whole = { item, content, day, ...instance };
  const values: Record<string, Literal> = {
    subject: content.subject,
    iCalUId: uidOf(whole),
    isCancelled: instance.isCancelled,
    isOrganizer: item.isOrganizer,
    isAllDay: content.isAllDay,
    importance: content.importance,
    sensitivity: content.sensitivity,
    showAs: content.showAs,
    seriesMasterId: day === null ? null : item.id,
    createdDateTime: iso(item.createdAt),
    lastModifiedDateTime: iso(item.modifiedAt),
    'start/dateTime': iso(instantOf(content.start)),
    'end/dateTime': iso(instantOf(content.end)),
  };
  return values[path] ?? null;
}

/** Without `$orderby` the order is nobody's promise. */
export function orderEvents(all: Instance[], text: string | undefined): Instance[] {
  if (text === undefined) return all;
  const [, path = '', direction] =
    /^(start\/dateTime|end\/dateTime|subject|createdDateTime|lastModifiedDateTime)(?:\s+(asc|desc))?$/i.exec(
      text.trim(),
    ) ?? [];
  if (!path) throw new GraphError(400, 'ErrorInvalidUrlQuery', `The order '${text}' is not supported.`);
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  const key = (one: Instance) => String(readPath(one, path) ?? '');
  return [...all].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : idOf(a) < idOf(b) ? -1 : 1));
}
