import type { Clock } from '../shell.ts';
import type { ChatRecord, MessageRecord } from './chat-records.ts';
import type { Chats } from './chats.ts';
import type { Directory } from './directory.ts';
import { createMessage, editMessage, setReaction, softDeleteMessage, unsetReaction } from './messages.ts';
import type { DirectoryUser } from './people.ts';

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
    const message = chatOf(chatId).messages.find((m) => m.id === id);
    if (!message) throw new Error(`The sandbox has no message ${id} in chat ${chatId}.`);
    return message;
  };
  return {
    /** A colleague writes; the HTML is stored byte for byte. */
    addMessage({ chatId, from, html }: { chatId: string; from: string; html: string }): MessageRecord {
      const chat = chatOf(chatId);
      const author = directory.require(from);
      if (!chat.members.some((m) => m.userId === author.id)) throw new Error(`${from} is not a member of ${chatId}.`);
      return createMessage(chat, clock.now(), { fromUserId: author.id, content: html });
    },
    editMessage({ chatId, id, html }: { chatId: string; id: string; html: string }): MessageRecord {
      const message = messageOf(chatId, id);
      editMessage(message, clock.now(), { content: html });
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
    createGroupChat({
      from,
      members,
      topic = null,
    }: {
      from: string;
      members: string[];
      topic?: string | null;
    }): string {
      const creator = directory.require(from);
      const everybody = [creator, ...members.map((m) => directory.require(m))];
      const rows = [...new Set(everybody)].map((user) => ({
        userId: user.id,
        role: roleOf(user),
      }));
      return chats.create('group', topic, rows, creator.id, creator.tenantId).id;
    },
  };
}

const roleOf = (user: DirectoryUser) => (user.userType === 'Guest' ? ('guest' as const) : ('owner' as const));

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
