import type { MessageKey } from '../../lib/i18n/translate.ts';
import type { ArchiveView } from '../../lib/rpc/contract/archive.ts';
import { foldSearch } from '../../lib/util/search-fold.ts';
import { HAS } from '../../lib/util/search-query.ts';

/** The parts of a query that narrow it, as the search box offers them. */
export const FILTERS = ['from', 'in', 'record', 'before', 'after', 'has'] as const;
export type Filter = (typeof FILTERS)[number];

/** What is known here and could be meant. */
export interface Known {
  people: string[];
  places: string[];
  /** What `record:` takes, and what else the record is called. */
  records: { value: string; note: string }[];
}

export interface Suggestion {
  value: string;
  /** Beside it, in words. */
  note: string | null;
  /** As `note`, to be translated. */
  says: MessageKey | null;
}

export interface Suggestions {
  filter: Filter;
  /** What a suggestion takes the place of, in UTF-16 units. */
  from: number;
  to: number;
  options: Suggestion[];
}

const MOST = 8;
const TIMES: readonly [string, MessageKey][] = [
  ['7d', 'archive.ago7d'],
  ['1m', 'archive.ago1m'],
  ['6m', 'archive.ago6m'],
  ['1y', 'archive.ago1y'],
];

/** Names of people, chats and records, each once, the latest talk first. */
export function knownIn(view: ArchiveView): Known {
  const people = new Set<string>();
  const places = new Set<string>();
  const records = new Map<string, string>();
  for (const { members, name, records: its } of view.conversations) {
    for (const { displayName } of members) if (displayName) people.add(displayName);
    if (name) places.add(name);
    for (const { doctype, name, title } of its) {
      records.set(name, title ?? doctype);
      if (!records.has(doctype)) records.set(doctype, '');
    }
  }
  return {
    people: [...people],
    places: [...places],
    records: [...records].map(([value, note]) => ({ value, note })),
  };
}

/** What could stand where the person types, if that is in a filter; null elsewhere. */
export function suggest(query: string, caret: number, known: Known): Suggestions | null {
  const typed = /(?:^|\s)(from|in|record|before|after|has):("[^"]*|[^\s"]*)$/i.exec(query.slice(0, caret));
  if (!typed) return null;
  const filter = typed[1]!.toLowerCase() as Filter;
  const part = foldSearch(typed[2]!.replace(/^"/, '')).trim();
  const options = optionsOf(filter, known).filter(
    ({ value, note }) => foldSearch(value).includes(part) || foldSearch(note ?? '').includes(part),
  );
  const rest = /^[^\s"]*"?/.exec(query.slice(caret))![0].length;
  const from = caret - typed[2]!.length;
  return options.length ? { filter, from, to: caret + rest, options: options.slice(0, MOST) } : null;
}

/** The query with the suggestion taken, and where one types on. */
export function take(query: string, { from, to }: Pick<Suggestions, 'from' | 'to'>, value: string) {
  const said = /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
  const rest = query.slice(to).trimStart();
  const start = `${query.slice(0, from)}${said} `;
  return { query: start + rest, caret: start.length };
}

/** The query with a filter begun at its end. */
export function begin(query: string, filter: Filter): string {
  const before = query.trimEnd();
  return `${before}${before ? ' ' : ''}${filter}:`;
}

function optionsOf(filter: Filter, { people, places, records }: Known): Suggestion[] {
  const plain = (value: string): Suggestion => ({ value, note: null, says: null });
  switch (filter) {
    case 'from':
      return people.map(plain);
    case 'in':
      return places.map(plain);
    case 'record':
      return records.map(({ value, note }) => ({ value, note: note || null, says: null }));
    case 'has':
      return HAS.map((value) => ({ value, note: null, says: `archive.has.${value}` as const }));
    default:
      return TIMES.map(([value, says]) => ({ value, note: null, says }));
  }
}
