import type { UserId } from './ids.ts';
import type { Message } from './message.ts';

/** What a person is writing, as it stands in the composer and is kept with the record's draft. */
export interface Writing {
  text: string;
  /** In the order of the text, without overlap. */
  mentions: MentionRange[];
  importance: Message['importance'];
}

/** `@Name` in a text that stands for a person; in UTF-16 units. */
export interface MentionRange {
  start: number;
  end: number;
  userId: UserId;
  name: string;
}

export const NOTHING_WRITTEN: Writing = { text: '', mentions: [], importance: 'normal' };

/** One after the other, on lines of their own; the more important of the two says how important it is. */
export function joined(first: Writing, then: Writing): Writing {
  const importance = first.importance === 'normal' ? then.importance : first.importance;
  if (isBlank(first) || isBlank(then)) return { ...(isBlank(then) ? first : then), importance };
  return {
    text: `${first.text}\n${then.text}`,
    mentions: [...first.mentions, ...shifted(then.mentions, first.text.length + 1)],
    importance,
  };
}

/** All of `mentions` so many units further on. */
export function shifted(mentions: readonly MentionRange[], by: number): MentionRange[] {
  return mentions.map((m) => ({ ...m, start: m.start + by, end: m.end + by }));
}

/** What was kept, as far as it still holds: a mention stands where its words stand. */
export function rewritten(kept: { text: string } & Partial<Writing>): Writing {
  const { text, mentions = [], importance = 'normal' } = kept;
  return { text, mentions: mentions.filter((m) => text.slice(m.start, m.end) === `@${m.name}`), importance };
}

/** Nothing that could be sent. */
export function isBlank({ text }: Writing): boolean {
  return !text.trim();
}
