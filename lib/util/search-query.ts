import { foldSearch, type SearchTerm } from './search-fold.ts';

/** What a person typed into a search box, taken apart. Everything in it must hold for a message to be found. */
export interface SearchQuery {
  terms: SearchTerm[];
  without: SearchTerm[];
  /** Folded: part of the sender's name. */
  from: string[];
  /** Folded: part of the chat's topic. */
  in: string[];
  /** Folded: part of the record's name or doctype. */
  record: string[];
  has: Has[];
  /** Milliseconds since 1970: written earlier than `before`, not earlier than `after`. */
  before: number | null;
  after: number | null;
}

/** What a message may carry besides words. */
export type Has = 'link' | 'file' | 'image' | 'mention';
export const HAS: readonly Has[] = ['link', 'file', 'image', 'mention'];

/**
 * Words (as beginnings of words), `"phrases"`, `-without`, `from:` `in:` `record:` `has:` `before:` `after:` `on:`.
 * Dates are days (2026-11-23), months or years of the person's own calendar, or `7d`, `3w`, `2m`, `1y` ago. What names no
 * such thing is searched for as it stands.
 * @param now milliseconds since 1970
 */
export function parseQuery(text: string, now: number): SearchQuery {
  const query: SearchQuery = {
    terms: [],
    without: [],
    from: [],
    in: [],
    record: [],
    has: [],
    before: null,
    after: null,
  };
  for (const [, minus, name, quoted, bare] of text.matchAll(TOKEN)) {
    const value = quoted ?? bare ?? '';
    if (name && !minus && value && narrow(query, name.toLowerCase(), value, now)) continue;
    const said = name && quoted === undefined ? `${name}:${value}` : value;
    const term = toTerm(said, quoted !== undefined);
    if (term.text) (minus ? query.without : query.terms).push(term);
  }
  return query;
}

/** Nothing was asked for. */
export function isEmpty(query: SearchQuery): boolean {
  const { terms, from, has, before, after } = query;
  return ![...terms, ...from, ...query.in, ...query.record, ...has].length && before === null && after === null;
}

const TOKEN = /(?:^|(?<=\s))(-(?=\S))?(?:(\p{L}+):(?=\S))?(?:"([^"]*)"?|(\S+))/gu;

function toTerm(said: string, phrase: boolean): SearchTerm {
  const open = said.endsWith('*');
  const text = foldSearch(open ? said.slice(0, -1) : said)
    .replace(/\s+/g, ' ')
    .trim();
  return { text, whole: phrase && !open };
}

/** False where the word before the colon, or what follows it, is no such thing. */
function narrow(query: SearchQuery, name: string, value: string, now: number): boolean {
  if (name === 'from' || name === 'in' || name === 'record') {
    query[name].push(foldSearch(value).trim());
    return true;
  }
  if (name === 'has') {
    const has = HAS.find((one) => one === value.toLowerCase().replace(/s$/, ''));
    if (has) query.has.push(has);
    return !!has;
  }
  if (name !== 'before' && name !== 'after' && name !== 'on') return false;
  const span = spanOf(value, now);
  if (!span) return false;
  if (name !== 'before') query.after = Math.max(query.after ?? span.start, span.start);
  const end = name === 'before' ? span.start : name === 'on' ? span.end : null;
  if (end !== null) query.before = Math.min(query.before ?? end, end);
  return true;
}

/** From the first moment of a day, month or year to the first after it, in this machine's time zone. */
function spanOf(value: string, now: number): { start: number; end: number } | null {
  const ago = /^(\d{1,4})([dwmy])$/i.exec(value);
  if (ago) {
    const day = new Date(now);
    day.setHours(0, 0, 0, 0);
    const count = Number(ago[1]);
    const unit = ago[2]!.toLowerCase();
    if (unit === 'd' || unit === 'w') day.setDate(day.getDate() - count * (unit === 'w' ? 7 : 1));
    else if (unit === 'm') day.setMonth(day.getMonth() - count);
    else day.setFullYear(day.getFullYear() - count);
    const next = new Date(day);
    next.setDate(next.getDate() + 1);
    return { start: day.getTime(), end: next.getTime() };
  }
  const date = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value);
  if (!date) return null;
  const [year, month, day] = [Number(date[1]), date[2] ? Number(date[2]) : null, date[3] ? Number(date[3]) : null];
  const start = new Date(year, (month ?? 1) - 1, day ?? 1);
  // 2026-02-31 is no day.
  if ((month && start.getMonth() !== month - 1) || (day && start.getDate() !== day)) return null;
  const end = day ? new Date(year, month! - 1, day + 1) : month ? new Date(year, month, 1) : new Date(year + 1, 0, 1);
  return { start: start.getTime(), end: end.getTime() };
}
