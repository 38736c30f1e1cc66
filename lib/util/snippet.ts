import { findTerms, type SearchTerm } from './search-fold.ts';

/** Before the first hit so much of the text stands (UTF-16 units), and in all so much. */
const LEAD = 40;
const LENGTH = 180;

/** A piece of a text around the first of these terms, in parts that are marked or not. `…` stands where text was left out. */
export function snippetOf(text: string, terms: readonly SearchTerm[]): { text: string; mark: boolean }[] {
  const marks = findTerms(text, terms);
  const first = marks[0]?.start ?? 0;
  const start = first > LEAD ? wordStart(text, first - LEAD, first) : 0;
  const end = text.length - start > LENGTH ? wordEnd(text, start + LENGTH) : text.length;
  const parts: { text: string; mark: boolean }[] = [];
  const add = (from: number, to: number, mark: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to), mark });
  };
  let at = start;
  for (const mark of marks) {
    if (mark.start >= end) break;
    add(at, mark.start, false);
    add(mark.start, Math.min(mark.end, end), true);
    at = Math.min(mark.end, end);
  }
  add(at, end, false);
  if (start > 0) parts.unshift({ text: '…', mark: false });
  if (end < text.length) parts.push({ text: '…', mark: false });
  return parts;
}

function wordStart(text: string, from: number, to: number): number {
  const space = text.indexOf(' ', from);
  return space >= 0 && space < to ? space + 1 : whole(text, from);
}

function wordEnd(text: string, to: number): number {
  const space = text.lastIndexOf(' ', to);
  return space > to - LEAD ? space : whole(text, to);
}

/** Not between the halves of one character. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at;
}
