/**
 * Text as search compares it: without case, accents, widths and the marks of vowels in Arabic and Hebrew, so that
 * "cafe" finds "CAFÉ" and "strasse" finds "Straße". The signs that make other scripts' letters (Devanagari vowels, kana
 * marks, Thai tones) stay. Folding a text is the same as folding its parts, unless a part begins with a mark.
 */
export function foldSearch(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  let upTo = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 128) continue;
    const kind = KINDS[unit] || kindOf(unit);
    if (kind === LOWERED) continue;
    if (kind === BESIDE) return foldWhole(text);
    folded += text.slice(upTo, i) + UNITS.get(unit);
    upTo = i + 1;
  }
  return (upTo ? folded + text.slice(upTo) : text).toLowerCase();
}

/** What folding is. The rest is about doing it with what most texts are made of unit by unit, in a third of the time. */
function foldWhole(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTERS, (letter) => SAME[letter] ?? letter);
}

/** Of each UTF-16 unit, once it was met: folded it is its lower case, it is in `UNITS`, or it depends on those beside it. */
const KINDS = new Uint8Array(0x10000);
const [LOWERED, ALONE, BESIDE] = [1, 2, 3];
const UNITS = new Map<number, string>();

/** What may become one with the character before it: marks, vowels and ends of Korean syllables. */
const JOINING = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff]/u;

function kindOf(unit: number): number {
  const char = String.fromCharCode(unit);
  const folded = foldWhole(char);
  const isHalf = unit >= 0xd800 && unit < 0xdc00;
  // The other half of a character is met after this one: only of most emoji is known that nothing is made of them.
  const depends = isHalf ? unit !== 0xd83d : JOINING.test(char.normalize('NFKD'));
  // Sigma has two lower cases, by what follows.
  const isLowered = folded === char.toLowerCase() && char !== 'Σ';
  const kind = depends ? BESIDE : isLowered ? LOWERED : ALONE;
  if (kind === ALONE) UNITS.set(unit, folded);
  KINDS[unit] = kind;
  return kind;
}

/** Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowels and its stretching sign; what shows as nothing. */
const MARKS =
  /[\u0300-\u036f]|[\u0591-\u05bd\u05bf-\u05c7]|[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]|[\u00ad\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]/g;

/** Letters that no decomposition takes apart. */
const SAME: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ς: 'σ',
  ى: 'ي',
};
const LETTERS = new RegExp(`[${Object.keys(SAME).join('')}]`, 'g');

/** Whether a word could go on with this character: what comes before the start of a word could not. */
export function isWordChar(char: string): boolean {
  const code = char.charCodeAt(0);
  // Most letters are these, and it is asked at every place where a word might be.
  if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91);
  return /[\p{L}\p{N}]/u.test(char) && !UNSPACED.test(char);
}

/** Scripts that put no space between words: any place in them may begin one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  start: number;
  end: number;
}

/** Where these terms stand in a text that is shown, in order and without overlap: for highlighting. */
export function findTerms(text: string, terms: readonly SearchTerm[]): Stretch[] {
  const { folded, from } = foldWithPlaces(text);
  const found: Stretch[] = [];
  for (const term of terms)
    for (let at = findTerm(folded, term, 0, folded.length); at >= 0; at = findTerm(folded, term, at + 1, folded.length))
      found.push({ start: from[at]!, end: from[at + term.text.length] ?? text.length });
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let upTo = 0;
  return found.filter(({ start, end }) => {
    const free = start >= upTo;
    upTo = Math.max(upTo, end);
    return free;
  });
}

/** A folded word or phrase. */
export interface SearchTerm {
  text: string;
  /** Ends where a word ends; else a word may begin with it. */
  whole: boolean;
}

/** Where a term stands first in folded text, from `start` and before `end`; -1 where it does not. */
export function findTerm(folded: string, { text, whole }: SearchTerm, start: number, end: number): number {
  for (let at = folded.indexOf(text, start); at >= 0 && at + text.length <= end; at = folded.indexOf(text, at + 1)) {
    const inside = at > 0 && isWordChar(folded[at - 1]!) && isWordChar(text[0]!);
    if (inside) continue;
    const after = folded[at + text.length];
    if (whole && after !== undefined && isWordChar(after) && isWordChar(text.at(-1)!)) continue;
    return at;
  }
  return -1;
}

const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The folded text, and for each of its units where it comes from. */
function foldWithPlaces(text: string): { folded: string; from: number[] } {
  let folded = '';
  const from: number[] = [];
  for (const { segment, index } of CHARACTERS.segment(text)) {
    const part = foldSearch(segment);
    for (let i = 0; i < part.length; i++) from.push(index);
    folded += part;
  }
  from.push(text.length);
  return { folded, from };
}
