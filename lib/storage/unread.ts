import type { Message } from '../model/message.ts';
import { messagesOf } from './block-lines.ts';
import { isEmpty, type Merged } from './blocks.ts';
import type { Table } from './database.ts';
import type { ChatRow, MessageBlock } from './schema.ts';

/** Enough for "99+", and a bound on what a chat that was never read costs. */
const MOST_LOOKED_AT = 1000;

/** The chat's count after these came in. Counted anew only where the read mark moved. */
export async function unreadAfter(
  messages: Table<MessageBlock>,
  before: ChatRow,
  row: ChatRow,
  { added, replaced, were }: Merged,
): Promise<number> {
  if (!isEmpty(before) && (before.unreadAfter !== row.readUpTo || before.me !== row.me))
    return countUnread(messages, row);
  return row.unread + unreadAmong(added, row) + unreadAmong(replaced, row) - unreadAmong(were, row);
}

function unreadAmong(messages: readonly Message[], row: ChatRow): number {
  return messages.filter((message) => isUnread(message, row)).length;
}

/** Others' messages after the chat's read mark, among the newest thousand. Runs inside the caller's transaction. */
export async function countUnread(messages: Table<MessageBlock>, row: ChatRow): Promise<number> {
  let count = 0;
  let end: { below?: string } = {};
  for (let looked = 0; looked < MOST_LOOKED_AT; ) {
    const [block] = await messages.list({ prefix: [row.no], ...end }, { count: 1, reverse: true });
    if (!block) break;
    const stored = messagesOf(block);
    count += unreadAmong(stored, row);
    looked += stored.length;
    const first = stored[0];
    if (!first || !isAfter(first.createdAt, row.readUpTo)) break;
    end = { below: block.firstKey };
  }
  return count;
}

/**
 * Unread messages of a chat: those stored, or one where the list of chats told of a newer one that is not stored yet.
 * How many there are beyond it nobody knows before the chat is read.
 */
export function unreadOf(row: Pick<ChatRow, 'me' | 'readUpTo' | 'unread' | 'preview' | 'watermark'>): number {
  const { preview } = row;
  const isNews =
    preview && preview.by !== row.me && isAfter(preview.at, row.readUpTo) && isAfter(preview.at, row.watermark);
  return Math.max(row.unread, isNews ? 1 : 0);
}

/** What launcher, icon and lists count: nothing of a chat that is muted, or that this account does not have. */
export function countedUnread(row: ChatRow | undefined): number {
  return row && !row.muted ? unreadOf(row) : 0;
}

/** Written by somebody else, still there, and newer than what the person has seen. */
export function isUnread(message: Message, row: Pick<ChatRow, 'me' | 'readUpTo'>): boolean {
  if (message.event || message.deletedAt || !message.from) return false;
  return message.from.userId !== row.me && isAfter(message.createdAt, row.readUpTo);
}

function isAfter(time: string, mark: string | null): boolean {
  return !mark || Date.parse(time) > Date.parse(mark);
}
