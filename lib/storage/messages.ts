import type { AccountId, ChatId, MessageId, UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { type Merged, mergeIntoBlocks, orderKey } from './blocks.ts';
import { ensureChat, later } from './chats.ts';
import type { Database, Table, Tables } from './database.ts';
import type { ChatRow, MessageBlock } from './schema.ts';
import { TEXTS, textItems } from './search/text-rows.ts';
import { shelve } from './shelf.ts';
import { countUnread } from './unread.ts';

export type Messages = ReturnType<typeof createMessages>;

/** One read of a chat: its messages, and what the read proved about the chat. */
export interface Batch {
  messages: readonly Message[];
  /** Who reads: their own messages are not unread. */
  me: UserId;
  /** Newest `modifiedAt` (ISO) up to which everything has been read. Left out where the read proves no such thing. */
  watermark?: string | null;
  /** From this message to the newest there is no hole now. */
  oldest?: Message | null;
  /** The chat's first message is among those known. */
  complete?: boolean;
}

export interface Saved extends Merged {
  row: ChatRow;
}

export interface StoredPage {
  /** In order of time. */
  messages: Message[];
  /** Older ones exist, here or at Microsoft. */
  more: boolean;
}

/** The messages of each chat, raw HTML as Graph gave it, in blocks of up to 100. */
export function createMessages(db: Database) {
  return {
    /** Messages, watermark, edge and unread count in one transaction. An unchanged read writes nothing. */
    save(account: AccountId, chatId: ChatId, batch: Batch): Promise<Saved> {
      return db.write(['chats', 'messages', 'texts', 'counters'], (tables) =>
        saveBatch(tables, account, chatId, batch),
      );
    },

    /** Up to `count` stored messages older than `before` (null: the newest), without a hole among them. */
    page(account: AccountId, chatId: ChatId, before: MessageId | null, count: number): Promise<StoredPage> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        if (!row) return { messages: [], more: true };
        const edge = row.oldest && !row.complete ? orderKey(row.oldest.id) : '';
        const found: Message[] = [];
        let end = before ? orderKey(before) : null;
        while (found.length < count) {
          const block = await newestBlock(messages, row.no, end);
          if (!block) break;
          end = block.firstKey;
          const fits = block.messages.filter((m) => inPage(m, edge, before));
          found.unshift(...fits);
          if (end <= edge) break;
        }
        const page = found.slice(-count);
        return {
          messages: page,
          more: found.length > count || !row.complete || (await isOlder(messages, row.no, page)),
        };
      });
    },

    get(account: AccountId, chatId: ChatId, id: MessageId): Promise<Message | undefined> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        return row && find(messages, row.no, id);
      });
    },

    /** The newest stored message, or undefined. */
    newest(account: AccountId, chatId: ChatId): Promise<Message | undefined> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        return row && (await newestBlock(messages, row.no, null))?.messages.at(-1);
      });
    },

    /** The person has seen everything up to this message. Gives the row, or undefined where nothing moved. */
    markRead(account: AccountId, chatId: ChatId, upTo: MessageId): Promise<ChatRow | undefined> {
      return db.write(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        const message = row && (await find(messages, row.no, upTo));
        if (!row || !message || later(row.readUpTo, message.createdAt) === row.readUpTo) return undefined;
        const next = { ...row, readUpTo: message.createdAt };
        next.unread = await countUnread(messages, next);
        await chats.put(next);
        return next;
      });
    },
  };
}

/** Inside the caller's transaction, so that the outbox can drop its row with the copy that settles it. */
export async function saveBatch(
  tables: Tables<'chats' | 'messages' | 'texts' | 'counters'>,
  account: AccountId,
  chatId: ChatId,
  batch: Batch,
): Promise<Saved> {
  const row = await ensureChat(tables, account, chatId);
  const merged = await mergeIntoBlocks(tables.messages, row.no, batch.messages);
  const next: ChatRow = { ...row, me: batch.me };
  if (batch.watermark !== undefined) next.watermark = later(row.watermark, batch.watermark);
  if (batch.oldest) next.oldest = edgeOf(row, batch.oldest);
  if (batch.complete) next.complete = true;
  for (const message of batch.messages) next.newestAt = later(next.newestAt, message.createdAt);
  next.unread = await countUnread(tables.messages, next);
  const changed = [...merged.added, ...merged.replaced];
  // Without a number its words were never taken: the first search does, and all of them at once.
  if (changed.length && row.texts !== undefined) {
    await shelve(tables.texts, TEXTS, row.no, textItems(changed));
    next.texts = row.texts + 1;
  }
  if (JSON.stringify(next) !== JSON.stringify(row)) await tables.chats.put(next);
  return { ...merged, row: next };
}

function edgeOf(row: ChatRow, oldest: Message): ChatRow['oldest'] {
  if (row.oldest && orderKey(row.oldest.id) <= orderKey(oldest.id)) return row.oldest;
  return { id: oldest.id, createdAt: oldest.createdAt };
}

function inPage(message: Message, edge: string, before: MessageId | null): boolean {
  const key = orderKey(message.id);
  return key >= edge && (!before || key < orderKey(before));
}

async function isOlder(table: Table<MessageBlock>, no: number, page: readonly Message[]): Promise<boolean> {
  const first = page[0];
  if (!first) return false;
  const [block] = await table.list({ prefix: [no] }, { count: 1 });
  return !!block && block.firstKey < orderKey(first.id);
}

async function newestBlock(table: Table<MessageBlock>, no: number, below: string | null) {
  const range = below === null ? { prefix: [no] } : { prefix: [no], below };
  const [block] = await table.list(range, { count: 1, reverse: true });
  return block;
}

/** A stored message by its id. Runs inside the caller's transaction. */
export async function find(table: Table<MessageBlock>, no: number, id: MessageId): Promise<Message | undefined> {
  const [block] = await table.list({ prefix: [no], upTo: orderKey(id) }, { count: 1, reverse: true });
  return block?.messages.find((m) => m.id === id);
}
