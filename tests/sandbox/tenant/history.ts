import type { ChatRecord, MessageRecord } from './chat-records.ts';
import { draftMessage } from './control-messages.ts';
import type { Directory } from './directory.ts';
import { dice, inventMessage, oneOf } from './history-message.ts';
import { REACTIONS } from './history-words.ts';
import { settleHosted } from './hosted.ts';
import { newMessage } from './messages.ts';
import { emailOf } from './people.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Fills a chat with what its members wrote over some days, the same for the same seed, chat and time. */
export interface HistoryOrder {
  chatId: string;
  count: number;
  /** 90 unless said otherwise. */
  days?: number;
  /** When the last one was written: ms since 1970 or ISO text; now unless said otherwise. */
  until?: number | string;
  /** By e-mail; all members unless said otherwise. */
  authors?: string[];
  /** So many of the last ones nobody but their author has read; none unless said otherwise. */
  unread?: number;
  seed?: number;
}

/**
 * The messages come to lie among those that are there, by time.
 * @returns the ids, oldest first
 */
export function fillHistory(directory: Directory, chat: ChatRecord, now: number, order: HistoryOrder): string[] {
  const { count, days = 90, seed = 1 } = order;
  if (!(Number.isInteger(count) && count > 0 && days > 0)) throw new Error('A history has a count and days above 0.');
  const until = order.until === undefined ? now : new Date(order.until).getTime();
  if (!(until <= now)) throw new Error('A history ends in the past.');
  const roll = dice(seed);
  const members = chat.members
    .map((m) => directory.byId(m.userId))
    .filter((user) => user !== undefined)
    .map(emailOf);
  const authors = (order.authors ?? members).map((email) => directory.require(email).id);
  const taken = new Set(chat.messages.map(({ id }) => id));
  const made: MessageRecord[] = [];
  // Quotes are of what was said before.
  const past = { ...chat, messages: made };
  const step = (days * DAY) / count;
  for (let i = 0; i < count; i++) {
    let time = Math.max((made.at(-1)?.createdAt ?? 0) + 1, Math.floor(until - days * DAY + step * (i + roll())));
    while (taken.has(String(time))) time += 1;
    const told = { chatId: chat.id, ...inventMessage(roll, i + 1, members, made.slice(-20)) };
    const newId = () => guid(roll);
    const draft = draftMessage(directory, past, told, newId);
    const message = newMessage(chat.id, time, { fromUserId: oneOf(roll, authors), ...draft });
    settleHosted(message, `https://graph.microsoft.com/v1.0/chats/${chat.id}/messages/${message.id}`);
    live(message, roll, until, authors);
    made.push(message);
  }
  chat.messages.push(...made);
  chat.messages.sort((a, b) => Number(a.id) - Number(b.id));
  chat.createdAt = Math.min(chat.createdAt, chat.messages[0]?.createdAt ?? chat.createdAt);
  const read = made[count - 1 - (order.unread ?? 0)]?.createdAt ?? 0;
  for (const { userId } of chat.members) chat.readUpTo.set(userId, Math.max(read, chat.readUpTo.get(userId) ?? 0));
  return made.map(({ id }) => id);
}

/** What became of a message: some were reacted to, edited or deleted, all within the day. */
function live(message: MessageRecord, roll: () => number, until: number, authors: string[]): void {
  const later = () => Math.min(until, message.modifiedAt + 1 + Math.floor(roll() * roll() * DAY));
  const kind = Math.floor(roll() * 100);
  if (kind < 3) message.modifiedAt = message.editedAt = later();
  if (kind === 3) message.modifiedAt = message.deletedAt = later();
  if (kind < 4 || kind > 14) return;
  for (let i = 0; i <= Math.floor(roll() * 3); i++) {
    const reaction = { type: oneOf(roll, REACTIONS), userId: oneOf(roll, authors), createdAt: later() };
    if (message.reactions.some((r) => r.userId === reaction.userId && r.type === reaction.type)) continue;
    message.reactions.push(reaction);
    message.modifiedAt = Math.max(message.modifiedAt, reaction.createdAt);
  }
}

function guid(roll: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(roll() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
