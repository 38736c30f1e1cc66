import { findTerm } from '../../util/search-fold.ts';
import type { SearchQuery } from '../../util/search-query.ts';
import type { TextRow } from '../schema.ts';
import { FLAG, GONE, type Head, readHead } from './text-rows.ts';

export interface RowHit {
  no: number;
  key: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** The messages of a row for which everything in the query holds, oldest first. `in:` and `record:` are not looked at. */
export function scanRow(row: TextRow, query: SearchQuery): RowHit[] {
  if (query.after !== null && row.newestAt < query.after) return [];
  const hits: RowHit[] = [];
  let heads: string[] | null = null;
  for (const line of candidates(row.text, query)) {
    heads ??= row.heads.split('\n');
    const head = readHead(heads[line.index]!);
    if (holds(head, query)) hits.push({ no: row.no, key: head.key, at: head.at });
  }
  return hits;
}

/** Lines that hold all the words. The longest word leads: it is the rarest, and the others are looked for beside it. */
function* candidates(text: string, { terms, without }: SearchQuery): Generator<{ index: number }> {
  const [longest, ...others] = terms.toSorted((a, b) => b.text.length - a.text.length);
  let index = 0;
  let lineStart = 0;
  for (;;) {
    if (longest) {
      const at = findTerm(text, longest, lineStart, text.length);
      if (at < 0) return;
      for (let next = text.indexOf('\n', lineStart); next >= 0 && next < at; next = text.indexOf('\n', lineStart)) {
        lineStart = next + 1;
        index++;
      }
    }
    const next = text.indexOf('\n', lineStart);
    const lineEnd = next < 0 ? text.length : next;
    const inLine = (term: SearchQuery['terms'][number]) => findTerm(text, term, lineStart, lineEnd) >= 0;
    if (others.every(inLine) && !without.some(inLine)) yield { index };
    if (next < 0) return;
    lineStart = next + 1;
    index++;
  }
}

function holds({ at, flags, from }: Head, query: SearchQuery): boolean {
  if (flags === GONE) return false;
  if (query.before !== null && at >= query.before) return false;
  if (query.after !== null && at < query.after) return false;
  if (!query.from.every((name) => findTerm(from, { text: name, whole: false }, 0, from.length) >= 0)) return false;
  return query.has.every((has) => flags.includes(FLAG[has]));
}
