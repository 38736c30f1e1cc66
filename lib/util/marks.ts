import { escapeInline } from './escape.ts';

/** A line of code: blanks that begin it or follow each other would be one in HTML. */
export function codeText(line: string): string {
  const blanks = (run: string) => '&nbsp;'.repeat(run.replace(/\t/g, '    ').length);
  return escapeInline(line).replace(/^[ \t]+|\t+|[ ]{2,}/g, blanks);
}

interface Mark {
  pattern: RegExp;
  link?: true;
  html(inside: string, address: string, allowed: readonly Mark[]): string;
}

/**
 * Marks hug their words, so that "2 * 3 * 4" and "a ** b" stay what they are. Of two that begin together the upper wins.
 * An address ends where a mention stands (mention-tags.ts).
 */
const MARKS: readonly Mark[] = [
  { pattern: /`([^`]+)`/g, html: (inside) => `<code>${escapeInline(inside)}</code>` },
  {
    pattern: /\[([^[\]]+)\]\((https?:\/\/[^\s()<>"\ufdd0\ufdd1]+)\)/gi,
    link: true,
    html: (inside, address, allowed) => anchor(address, inline(inside, withoutLinks(allowed))),
  },
  {
    // Up to the last character that does not end a sentence or close a bracket or mark.
    pattern: /(https?:\/\/[^\s<>"`\ufdd0\ufdd1]*[^\s<>"`.,;:!?)\]}'*~\ufdd0\ufdd1])/gi,
    link: true,
    html: (address) => anchor(address, escapeInline(address)),
  },
  {
    pattern: /\*\*(?=\S)(.*?\S\**)\*\*/g,
    html: (inside, _, allowed) => `<strong>${inline(inside, allowed)}</strong>`,
  },
  {
    pattern: /(?<![\w*])\*(?=[^\s*])(.*?[^\s*])\*(?![\w*])/g,
    html: (inside, _, allowed) => `<em>${inline(inside, allowed)}</em>`,
  },
  {
    pattern: /(?<!~)~~(?=[^\s~])(.*?[^\s~])~~(?!~)/g,
    html: (inside, _, allowed) => `<s>${inline(inside, allowed)}</s>`,
  },
];

/** The first mark that opens and closes on this line is set, then the rest of the line is looked at. */
export function inline(text: string, allowed: readonly Mark[] = MARKS): string {
  let out = '';
  let at = 0;
  // What a mark's pattern found last holds until the text before it is used up: each pattern runs over a line once.
  const found = allowed.map((mark) => ({ mark, match: nextMatch(mark, text, 0) }));
  for (;;) {
    let first: (typeof found)[number] | null = null;
    for (const one of found) {
      if (one.match && one.match.index < at) one.match = nextMatch(one.mark, text, at);
      if (one.match && (!first?.match || one.match.index < first.match.index)) first = one;
    }
    if (!first?.match) return out + escapeInline(text.slice(at));
    const { mark, match } = first;
    out += escapeInline(text.slice(at, match.index)) + mark.html(match[1] ?? '', match[2] ?? '', allowed);
    at = match.index + match[0].length;
  }
}

function nextMatch({ pattern }: Mark, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** A link inside a link is none. */
function withoutLinks(allowed: readonly Mark[]): readonly Mark[] {
  return allowed.filter((mark) => !mark.link);
}

function anchor(address: string, words: string): string {
  return `<a href="${escapeInline(address)}">${words}</a>`;
}
