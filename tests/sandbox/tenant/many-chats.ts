import type { Clock } from '../shell.ts';
import type { ChatRecord } from './chat-records.ts';
import type { Chats } from './chats.ts';
import type { Directory } from './directory.ts';
import { fillHistory } from './history.ts';
import type { DirectoryUser } from './people.ts';

/** A group chat as somebody makes it in Teams; people by e-mail. */
export interface ChatOrder {
  from: string;
  members: string[];
  topic?: string | null;
  /** In the past, ms since 1970 or ISO text; now unless said otherwise. */
  createdAt?: number | string;
}

/** `count` chats of one person: each with all the members, its number after the topic, and a history of its own. */
export interface ManyChatsOrder extends ChatOrder {
  count: number;
  /** Messages in each; none unless said otherwise. */
  messages?: number;
  days?: number;
  seed?: number;
}

export function createChat(directory: Directory, chats: Chats, clock: Clock, order: ChatOrder): ChatRecord {
  const { from, members, topic = null, createdAt } = order;
  const creator = directory.require(from);
  const everybody = [creator, ...members.map((m) => directory.require(m))];
  const rows = [...new Set(everybody)].map((user) => ({ userId: user.id, role: roleOf(user) }));
  const birth = createdAt === undefined ? clock.now() : new Date(createdAt).getTime();
  return chats.create('group', topic, rows, creator.id, creator.tenantId, birth);
}

/** @returns the ids, in the order of their numbers; lists of chats show them at once where they have a history */
export function createManyChats(directory: Directory, chats: Chats, clock: Clock, order: ManyChatsOrder): string[] {
  const { count, messages = 0, days = 90, seed = 1, topic = 'Chat', ...rest } = order;
  const born = clock.now() - days * 24 * 60 * 60 * 1000 - 60_000;
  return Array.from({ length: count }, (_, i) => {
    const usual = messages > 0 ? { createdAt: born } : {};
    const chat = createChat(directory, chats, clock, { ...usual, ...rest, topic: `${topic} ${i + 1}` });
    if (messages > 0)
      fillHistory(directory, chat, clock.now(), { chatId: chat.id, count: messages, days, seed: seed + i });
    return chat.id;
  });
}

export const roleOf = (user: DirectoryUser) => (user.userType === 'Guest' ? ('guest' as const) : ('owner' as const));
