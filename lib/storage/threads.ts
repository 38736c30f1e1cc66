import type { AccountId, ChatId, MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { messagesOf } from './block-lines.ts';
import type { Database, Table } from './database.ts';
import { orderKey } from './order-key.ts';
import { find } from './read-blocks.ts';
import type { MessageBlock } from './schema.ts';

export type Threads = ReturnType<typeof createThreads>;

/** A message of a channel and what answers it. */
export interface Thread {
  id: MessageId;
  /** Null where only answers are stored. */
  root: Message | null;
  /** In order of time. */
  replies: Message[];
}

/** The messages of a channel as its threads. They lie in blocks like a chat's, in order of time. */
export function createThreads(db: Database) {
  return {
    /** Up to `count` threads, the one that was written in last first, each whole; `more`: others are stored. */
    list(account: AccountId, channelId: ChatId, count: number): Promise<{ threads: Thread[]; more: boolean }> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, channelId]);
        return row ? newestThreads(messages, row.no, count) : { threads: [], more: false };
      });
    },

    /** The thread that a message begins or stands in; null where that message is not stored. */
    of(account: AccountId, channelId: ChatId, id: MessageId): Promise<Thread | null> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, channelId]);
        const message = row && (await find(messages, row.no, id));
        return message ? threadOf(messages, row.no, message.thread ?? message.id) : null;
      });
    },
  };
}

/**
 * From the newest message down. Answers are younger than what they answer: a thread is whole once its first message was
 * met, and the walk ends when all that were begun are.
 */
async function newestThreads(table: Table<MessageBlock>, no: number, count: number) {
  const found = new Map<MessageId, Thread>();
  const open = new Set<MessageId>();
  let more = false;
  for await (const message of downwards(table, no)) {
    const id = message.thread ?? message.id;
    const known = found.get(id);
    if (!known && found.size >= count) {
      more = true;
      if (open.size === 0) break;
      continue;
    }
    const thread = known ?? { id, root: null, replies: [] };
    if (!known) open.add(id);
    found.set(id, thread);
    if (message.thread) thread.replies.unshift(message);
    else {
      thread.root = message;
      open.delete(id);
    }
  }
  return { threads: [...found.values()], more };
}

async function threadOf(table: Table<MessageBlock>, no: number, id: MessageId): Promise<Thread> {
  const thread: Thread = { id, root: null, replies: [] };
  for await (const message of downwards(table, no)) {
    if (orderKey(message.id) < orderKey(id)) break;
    if (message.thread === id) thread.replies.unshift(message);
    else if (message.id === id) thread.root = message;
  }
  return thread;
}

/** The newest first. Runs inside the caller's transaction. */
async function* downwards(table: Table<MessageBlock>, no: number): AsyncGenerator<Message> {
  let end: { below?: string } = {};
  for (;;) {
    const [block] = await table.list({ prefix: [no], ...end }, { count: 1, reverse: true });
    if (!block) return;
    yield* messagesOf(block).reverse();
    end = { below: block.firstKey };
  }
}
