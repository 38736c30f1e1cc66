import type { MessageRecord } from '../tenant/chat-records.ts';
import { plainText } from '../tenant/plain-text.ts';

/** What the search sees of a message, kept as long as its content stays. */
interface Seen {
  content: string;
  /** Body, then the names and texts of attachments. */
  text: string;
  folded: string;
}

const seen = new WeakMap<MessageRecord, Seen>();
const WORD = /[\p{L}\p{N}]/u;
/** Scripts that put no blanks between words: there a word is found inside of others. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const BEFORE = 60;
const LENGTH = 180;

export function textOf(message: MessageRecord): Seen {
  const known = seen.get(message);
  if (known?.content === message.content) return known;
  const attachments = message.attachments as { name?: string | null; content?: string | null; contentType?: string }[];
  const more = attachments.map(({ name, content, contentType }) =>
    contentType === 'messageReference' ? '' : [name, content?.replace(/[{}"[\]]/g, ' ')].filter(Boolean).join(' '),
  );
  const text = [plainText(message), ...more].filter(Boolean).join(' ');
  const made = { content: message.content, text, folded: fold(text) };
  seen.set(message, made);
  return made;
}

/** Without case and marks, so that words meet however they were typed. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Where a folded word or phrase stands in folded text, as whole words unless it is a prefix; -1 where it does not. */
export function findText(folded: string, term: string, prefix: boolean, from = 0): number {
  if (term === '') return -1;
  for (let at = folded.indexOf(term, from); at !== -1; at = folded.indexOf(term, at + 1)) {
    if (UNSPACED.test(term)) return at;
    const startsWord = !(WORD.test(term[0] ?? '') && WORD.test(folded[at - 1] ?? ''));
    const end = at + term.length;
    const endsWord = prefix || !(WORD.test(term.at(-1) ?? '') && WORD.test(folded[end] ?? ''));
    if (startsWord && endsWord) return at;
  }
  return -1;
}

/** The text around the first hit, each hit between <c0> and </c0>, `...` where something was left out; nothing is escaped. */
export function summarise(text: string, terms: { text: string; prefix: boolean }[]): string {
  const { folded, origin } = foldByLetter(text);
  const marks: [start: number, end: number][] = [];
  for (const { text: term, prefix } of terms) {
    for (let at = findText(folded, term, prefix); at !== -1; at = findText(folded, term, prefix, at + term.length)) {
      marks.push([origin[at] ?? 0, origin[at + term.length] ?? text.length]);
    }
  }
  marks.sort((a, b) => a[0] - b[0]);
  const start = Math.max(0, (marks[0]?.[0] ?? 0) - BEFORE);
  const end = Math.min(text.length, start + LENGTH);
  let out = start > 0 ? '...' : '';
  let done = start;
  for (const [from, to] of marks) {
    if (from < done || to > end) continue;
    out += `${text.slice(done, from)}<c0>${text.slice(from, to)}</c0>`;
    done = to;
  }
  return out + text.slice(done, end) + (end < text.length ? '...' : '');
}

/** Folded text with the place in the original of each of its letters. */
function foldByLetter(text: string): { folded: string; origin: number[] } {
  let folded = '';
  const origin: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let i = 0; i < plain.length; i++) origin.push(at);
    folded += plain;
    at += letter.length;
  }
  return { folded, origin };
}
