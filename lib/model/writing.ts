import type { MessageId, UserId } from './ids.ts';
import type { Message, OutgoingAttachment } from './message.ts';
import type { WrittenFile } from './upload.ts';

/** What a person is writing, as it stands in the composer and is kept with the record's draft. */
export interface Writing {
  text: string;
  /** In the order of the text, without overlap. */
  mentions: MentionRange[];
  importance: Message['importance'];
  images: WrittenImage[];
  cards: WrittenCard[];
  /** To be put into OneDrive. */
  files: WrittenFile[];
  /** The message that it answers. */
  quote?: { id: MessageId; author: string; text: string };
  /** An own message that is being edited meanwhile. */
  edit?: Edit;
}

export interface Edit {
  /** Null: one that is still on its way, by its `localId`; what goes along with that stays in the outbox. */
  id: MessageId | null;
  localId?: string;
  writing: Pick<Writing, 'text' | 'mentions' | 'importance'>;
  /** What hangs on it and stays. */
  kept: OutgoingAttachment[];
}

/** A card that goes along. */
export interface WrittenCard {
  /** A GUID, by which the message names it. */
  id: string;
  title: string;
  /** An adaptive card's JSON. */
  content: string;
}

/** A picture that goes along. Its bytes are kept beside the draft, by its id. */
export interface WrittenImage {
  id: string;
  name: string;
  contentType: string;
  width: number;
  height: number;
  /** What it shows, in words, for who cannot see it. */
  alt: string;
  /** Bytes. */
  size: number;
}

/** `@Name` in a text that stands for a person; in UTF-16 units. */
export interface MentionRange {
  start: number;
  end: number;
  userId: UserId;
  name: string;
}

export const NOTHING_WRITTEN: Writing = {
  text: '',
  mentions: [],
  importance: 'normal',
  images: [],
  cards: [],
  files: [],
};

/** One after the other, on lines of their own; the more important of the two says how important it is. */
export function joined(first: Writing, then: Writing): Writing {
  const head = first.text.trim() ? `${first.text}${then.text.trim() ? '\n' : ''}` : '';
  return {
    text: head + (then.text.trim() ? then.text : ''),
    mentions: [...first.mentions, ...shifted(then.mentions, head.length)],
    importance: first.importance === 'normal' ? then.importance : first.importance,
    images: [...first.images, ...then.images],
    cards: [...first.cards, ...then.cards],
    files: [...first.files, ...then.files],
    ...(first.quote || then.quote ? { quote: (first.quote ?? then.quote)! } : {}),
    ...(then.edit ? { edit: then.edit } : {}),
  };
}

/** All of `mentions` so many units further on. */
export function shifted(mentions: readonly MentionRange[], by: number): MentionRange[] {
  return mentions.map((m) => ({ ...m, start: m.start + by, end: m.end + by }));
}

/** What was kept, as far as it still holds: a mention stands where its words stand. */
export function rewritten(kept: { text: string } & Partial<Writing>): Writing {
  const { text, mentions = [] } = kept;
  return { ...NOTHING_WRITTEN, ...kept, mentions: mentions.filter((m) => text.slice(m.start, m.end) === `@${m.name}`) };
}

/** Nothing worth keeping. */
export function isNothing(writing: Writing): boolean {
  return isBlank(writing) && !writing.quote && !writing.edit;
}

/** Nothing that could be sent. */
export function isBlank({ text, images, cards, files }: Writing): boolean {
  return !text.trim() && images.length + cards.length + files.length === 0;
}
