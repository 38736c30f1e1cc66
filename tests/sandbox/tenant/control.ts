import type { Clock } from '../shell.ts';
import type { ChatRecord, MessageRecord } from './chat-records.ts';
import type { Chats } from './chats.ts';
import { addEvent, type EventOrder } from './control-events.ts';
import { draftMessage, type MessageOrder } from './control-messages.ts';
import type { Directory } from './directory.ts';
import { fillHistory, type HistoryOrder } from './history.ts';
import { settleHosted } from './hosted.ts';
import { type ChatOrder, createChat, createManyChats, type ManyChatsOrder, roleOf } from './many-chats.ts';
import { messageById } from './message-order.ts';
import { createMessage, editMessage, setReaction, softDeleteMessage, unsetReaction } from './messages.ts';

/**
 * What colleagues do in Teams itself while a test looks on (POST /messages of the control server and its kin). People
 * are named by e-mail; nothing is rewritten on the way; what is misspelt throws.
 */
export function controlChats(directory: Directory, chats: Chats, clock: Clock) {
  const chatOf = (chatId: string): ChatRecord => {
    const chat = chats.get(chatId);
    if (!chat) throw new Error(`The sandbox has no chat ${chatId}.`);
    return chat;
  };
  const messageOf = (chatId: string, id: string): MessageRecord => {
    const message = messageById(chatOf(chatId).messages, id);
    if (!message) throw new Error(`The sandbox has no message ${id} in chat ${chatId}.`);
    return message;
  };
  return {
    /** A colleague writes; the HTML is stored byte for byte, but for the URLs of its own images. */
    addMessage(order: MessageOrder): MessageRecord {
      const { chatId, from } = order;
      const chat = chatOf(chatId);
      const author = directory.require(from);
      if (!chat.members.some((m) => m.userId === author.id)) throw new Error(`${from} is not a member of ${chatId}.`);
      const draft = draftMessage(directory, chat, order);
      const message = createMessage(chat, clock.now(), { fromUserId: author.id, ...draft });
      settleHosted(message, urlOf(message));
      return message;
    },
    /** Something happens in a chat that nobody wrote; see control-events.ts. */
    addEvent: (order: EventOrder): MessageRecord => addEvent(directory, chatOf(order.chatId), clock, order),
    /** Their HTML alone where nothing else is given, else all of it anew. */
    editMessage({ id, ...order }: Omit<MessageOrder, 'from'> & { id: string }): MessageRecord {
      const chat = chatOf(order.chatId);
      const message = messageOf(order.chatId, id);
      const { chatId, html, ...more } = order;
      const draft = Object.keys(more).length > 0 ? draftMessage(directory, chat, order) : { content: html };
      editMessage(message, clock.now(), draft);
      settleHosted(message, urlOf(message));
      return message;
    },
    deleteMessage({ chatId, id }: { chatId: string; id: string }): void {
      softDeleteMessage(messageOf(chatId, id), clock.now());
    },
    react({ chatId, id, from, type, remove = false }: Reaction): void {
      const change = remove ? unsetReaction : setReaction;
      change(messageOf(chatId, id), clock.now(), directory.require(from).id, type);
    },
    renameChat({ chatId, from, topic }: { chatId: string; from: string; topic: string }): void {
      chats.rename(chatOf(chatId), topic, directory.require(from).id);
    },
    /** A member takes somebody in, with all that was said before, or out; whoever takes themselves out has left. */
    changeMembers({ chatId, from, add, remove }: MemberChange): void {
      const chat = chatOf(chatId);
      const actor = directory.require(from);
      const added = add ? directory.require(add) : undefined;
      const gone = remove ? directory.require(remove) : undefined;
      const membership = chat.members.find((m) => m.userId === gone?.id);
      if (gone && !membership) throw new Error(`${remove} is not a member of ${chatId}.`);
      if (added) chats.addMember(chat, { userId: added.id, role: roleOf(added) }, 0, actor.id);
      if (membership) chats.removeMember(chat, membership.membershipId, actor.id);
    },
    /** A group chat made in Teams by `from`, who is its first member. */
    createGroupChat: (order: ChatOrder): string => createChat(directory, chats, clock, order).id,
    /** So many group chats of one person, see many-chats.ts. */
    createManyChats: (order: ManyChatsOrder): string[] => createManyChats(directory, chats, clock, order),
    /** What the members wrote over some days, see history.ts. */
    fillHistory: (order: HistoryOrder): string[] => fillHistory(directory, chatOf(order.chatId), clock.now(), order),
  };
}

const urlOf = ({ chatId, id }: MessageRecord) => `https://graph.microsoft.com/v1.0/chats/${chatId}/messages/${id}`;

interface MemberChange {
  chatId: string;
  from: string;
  add?: string;
  remove?: string;
}

interface Reaction {
  chatId: string;
  id: string;
  from: string;
  /** An emoji, as Graph's setReaction takes it. */
  type: string;
  remove?: boolean;
}
