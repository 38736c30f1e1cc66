import type { Thread } from './channel-records.ts';
import type { MessageRecord } from './chat-records.ts';
import { noteBirth, noteChange } from './message-order.ts';

type Content = Partial<MessageRecord> & Pick<MessageRecord, 'fromUserId' | 'content'>;

/** Appends a message. Its id is the millisecond of its birth, or the next free one: unique within the chat alone. */
export function createMessage(chat: Thread, now: number, content: Content): MessageRecord {
  const last = chat.messages.at(-1);
  const message = newMessage(chat.id, last ? Math.max(now, Number(last.id) + 1) : now, content);
  chat.messages.push(message);
  noteBirth(chat.messages, message);
  // "A chat is automatically unhidden for a user if an action such as Send message is taken" (chat-hideforuser.md).
  if (message.fromUserId) chat.hiddenFor.clear();
  // Whoever writes has read what stands above.
  if (message.fromUserId) chat.readUpTo.set(message.fromUserId, message.createdAt);
  return message;
}

/** A message of that millisecond, which lies in no chat yet. */
export function newMessage(chatId: string, createdAt: number, content: Content): MessageRecord {
  return {
    contentType: 'html',
    importance: 'normal',
    subject: null,
    mentions: [],
    attachments: [],
    hosted: [],
    event: null,
    ...content,
    id: String(createdAt),
    chatId,
    createdAt,
    modifiedAt: createdAt,
    editedAt: null,
    deletedAt: null,
    reactions: [],
  };
}

export function editMessage(message: MessageRecord, now: number, content: Partial<MessageRecord>): void {
  Object.assign(message, content);
  message.editedAt = touch(message, now);
}

/** Soft: the message stays in lists, without its content. */
export function softDeleteMessage(message: MessageRecord, now: number): void {
  message.deletedAt ??= touch(message, now);
}

export function undoSoftDelete(message: MessageRecord, now: number): void {
  if (message.deletedAt === null) return;
  message.deletedAt = null;
  touch(message, now);
}

export function setReaction(message: MessageRecord, now: number, userId: string, type: string): void {
  if (message.reactions.some((r) => r.userId === userId && r.type === type)) return;
  message.reactions.push({ type, userId, createdAt: touch(message, now) });
}

export function unsetReaction(message: MessageRecord, now: number, userId: string, type: string): void {
  const kept = message.reactions.filter((r) => r.userId !== userId || r.type !== type);
  if (kept.length === message.reactions.length) return;
  message.reactions = kept;
  touch(message, now);
}

/** Moves lastModifiedDateTime, and with it the etag, which never stand still over a change. */
function touch(message: MessageRecord, now: number): number {
  noteChange(message, Math.max(now, message.modifiedAt + 1));
  return message.modifiedAt;
}
