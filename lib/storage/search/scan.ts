import type { ChatId } from '../../model/ids.ts';
import { findTerm, type SearchTerm } from '../../util/search-fold.ts';
import type { SearchQuery } from '../../util/search-query.ts';
import { chatOf, endOf, firstFrom, flagsOf, type Segment } from './segment.ts';
import { FLAG, GONE, type WordItem } from './words.ts';

export interface Hit {
  no: number;
  chatId: ChatId;
  key: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What is looked for, made ready once for all segments. `in:` and `record:` are not looked at. */
export interface Scan {
  /** The rarest first. */
  terms: readonly SearchTerm[];
  without: readonly SearchTerm[];
  from: readonly string[];
  flags: number;
  after: number;
  before: number;
  /** Null: in all chats. */
  chatIds: ReadonlySet<ChatId> | null;
}

export function scanFor(query: SearchQuery, chatIds: ReadonlySet<ChatId> | null): Scan {
  return {
    // The longest word is the rarest: the others are looked for beside it.
    terms: query.terms.toSorted((a, b) => b.text.length - a.text.length),
    without: query.without,
    from: query.from,
    flags: query.has.reduce((flags, has) => flags | FLAG[has], 0),
    after: query.after ?? Number.NEGATIVE_INFINITY,
    before: query.before ?? Number.POSITIVE_INFINITY,
    chatIds,
  };
}

/** So many lines are looked at first: where a word is common, they hold all that is asked for. */
const STRETCH = 256;

/** The lines of a segment for which everything holds, newest first, none older than `oldest`; found as they are asked for. */
export function* scanSegment(segment: Segment, scan: Scan, oldest: number): Generator<number> {
  const first = firstFrom(segment.at, Math.max(scan.after, oldest));
  let end = firstFrom(segment.at, scan.before);
  if (first >= end) return;
  const chats = scan.chatIds && numbersWhere(segment.chats, ({ chatId }) => scan.chatIds!.has(chatId));
  const names = scan.from.length ? numbersWhere(segment.names, (name) => isFrom(name, scan.from)) : null;
  if (chats?.size === 0 || names?.size === 0) return;
  // A word that is not among the newest is rare: each stretch is longer than the one before it.
  for (let size = STRETCH; end > first; size *= 4) {
    const from = Math.max(first, end - size);
    for (const line of linesWith(segment, scan, from, end).reverse()) {
      const about = line * 3;
      if (chats && !chats.has(segment.about[about]!)) continue;
      if (names && !names.has(segment.about[about + 1]!)) continue;
      const flags = flagsOf(segment, line);
      if (!(flags & GONE) && (flags & scan.flags) === scan.flags) yield line;
    }
    end = from;
  }
}

/** A line as it is told of outside. */
export function hitAt(segment: Segment, line: number): Hit {
  const { no, chatId } = chatOf(segment, line);
  return { no, chatId, key: segment.keyOf(line), at: segment.at[line]! };
}

/** Whether all of it holds for a message as it is now. */
export function holds(item: WordItem, { terms, without, from, flags, after, before }: Scan): boolean {
  const has = (term: SearchTerm) => findTerm(item.text, term, 0, item.text.length) >= 0;
  return (
    !(item.flags & GONE) &&
    (item.flags & flags) === flags &&
    item.at >= after &&
    item.at < before &&
    isFrom(item.name, from) &&
    terms.every(has) &&
    !without.some(has)
  );
}

function isFrom(name: string, parts: readonly string[]): boolean {
  return parts.every((part) => findTerm(name, { text: part, whole: false }, 0, name.length) >= 0);
}

function numbersWhere<T>(all: readonly T[], is: (one: T) => boolean): Set<number> {
  const found = new Set<number>();
  for (const [i, one] of all.entries()) if (is(one)) found.add(i);
  return found;
}

/** Lines from `first` and before `end` that hold all the words, in order. */
function linesWith(segment: Segment, { terms, without }: Scan, first: number, end: number): number[] {
  const [rarest, ...others] = terms;
  const { starts } = segment;
  const begin = starts[first]!;
  // Cut off where it ends: what is not found there would be looked for in all that follows. V8 copies no such part.
  const text = segment.text.slice(begin, endOf(segment, end - 1));
  const found: number[] = [];
  for (let line = first; line < end; line++) {
    if (rarest) {
      const at = findTerm(text, rarest, starts[line]! - begin, text.length);
      if (at < 0) break;
      if (at + begin > endOf(segment, line)) line = firstFrom(starts, at + begin + 1) - 1;
    }
    if (hasAll(segment, line, others, without)) found.push(line);
  }
  return found;
}

function hasAll(segment: Segment, line: number, terms: readonly SearchTerm[], without: readonly SearchTerm[]): boolean {
  if (!terms.length && !without.length) return true;
  const text = segment.text.slice(segment.starts[line], endOf(segment, line));
  const has = (term: SearchTerm) => findTerm(text, term, 0, text.length) >= 0;
  return terms.every(has) && !without.some(has);
}
