/** What is being typed before the caret that a list can complete. */
export interface Trigger {
  kind: 'mention' | 'emoji';
  /** From its sign to the caret, in UTF-16 units. */
  from: number;
  to: number;
  /** What follows the sign. */
  query: string;
}

/** Names have blanks; what is longer than this is a sentence. */
const MOST = 40;

/** What a word that is to be completed may follow: an e-mail address, a time or an address of the web is none. */
const BEFORE = String.raw`(?:^|[\s([{"'„“‚‘«>*_~-])`;
const MENTION = new RegExp(`${BEFORE}@([^@\\n]*)$`);
const EMOJI = new RegExp(`${BEFORE}:([\\p{L}\\p{N}_+-]{2,})$`, 'u');

/**
 * `@name` or `:name` that ends at the caret. A mention that was chosen is no question any more: text up to `settled` is
 * not looked at.
 */
export function triggerAt(text: string, caret: number, settled = 0): Trigger | null {
  const line = text.slice(Math.max(settled, text.lastIndexOf('\n', caret - 1) + 1), caret);
  const name = EMOJI.exec(line)?.[1];
  const query = name ?? MENTION.exec(line)?.[1];
  // A blank right behind the sign, or two: the person writes on.
  if (query === undefined || query.length > MOST || /^\s|\s\s/.test(query)) return null;
  return { kind: name === undefined ? 'mention' : 'emoji', from: caret - query.length - 1, to: caret, query };
}

/** `:name:` that was just closed before the caret. */
export function closedName(text: string, caret: number): Trigger | null {
  if (text[caret - 1] !== ':') return null;
  const open = triggerAt(text, caret - 1);
  return open?.kind === 'emoji' ? { ...open, to: caret } : null;
}
