import type { MentionRange } from '../../lib/model/writing.ts';

/** A text with something of it replaced: `[from, to)` of the old one by `text`. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * Mentions after a text became another one by a single act (a key, a paste, an undo): what stands behind the change
 * moves with it, and a mention that was touched is only words from then on.
 * @param caret where the caret stands in the new text; tells which of several equal letters was typed or taken away
 */
export function followEdit(
  mentions: readonly MentionRange[],
  before: string,
  after: string,
  caret: number,
): MentionRange[] {
  return applyEdit(mentions, editBetween(before, after, caret)).filter((m) => reads(m, after));
}

/** The same for an edit that is known. A mention that stands in the new words as it was (now bold, say) is kept there. */
function applyEdit(mentions: readonly MentionRange[], { from, to, text }: Edit): MentionRange[] {
  const moved = text.length - (to - from);
  let searched = 0;
  return mentions.flatMap((m) => {
    if (m.end <= from) return [m];
    if (m.start >= to) return [{ ...m, start: m.start + moved, end: m.end + moved }];
    const words = `@${m.name}`;
    const at = text.indexOf(words, searched);
    if (at < 0) return [];
    searched = at + words.length;
    return [{ ...m, start: from + at, end: from + searched }];
  });
}

/** `@Name ` in place of what was typed to find the person, and the caret behind it. */
export function putMention(
  text: string,
  mentions: readonly MentionRange[],
  typed: { from: number; to: number },
  person: Pick<MentionRange, 'userId' | 'name'>,
): { text: string; mentions: MentionRange[]; caret: number } {
  const words = `@${person.name}`;
  const gap = /^\s/.test(text.slice(typed.to)) ? '' : ' ';
  const edit = { ...typed, text: words + gap };
  const mention = { ...person, start: typed.from, end: typed.from + words.length };
  return {
    text: text.slice(0, typed.from) + edit.text + text.slice(typed.to),
    mentions: [...applyEdit(mentions, edit), mention].sort((a, b) => a.start - b.start),
    caret: mention.end + 1,
  };
}

/** What stands in the text is what was chosen; a draft from an older text, or an edit unseen, leaves words. */
function reads({ start, end, name }: MentionRange, text: string): boolean {
  return text.slice(start, end) === `@${name}`;
}

/** What has to be replaced to make one text the other. The change ends at the caret, as far as both are the same behind. */
export function editBetween(before: string, after: string, caret: number): Edit {
  const most = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < Math.min(most, after.length - caret) && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  let head = 0;
  while (head < most - tail && before[head] === after[head]) head++;
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) };
}
