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

/** One of several reads that are stored together. */
export interface ChatBatch {
  chatId: ChatId;
  batch: Batch;
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

/** A message among its neighbours. */
export interface StoredStretch extends StoredPage {
  /** Newer ones are stored. */
  newer: boolean;
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

    /**
     * The reads of several chats, each chat once, in one transaction: a transaction costs as much as a chat's blocks.
     * @returns what `save` says, in the order given
     */
    saveMany(account: AccountId, batches: readonly ChatBatch[]): Promise<Saved[]> {
      return db.write(['chats', 'messages', 'texts', 'counters'], async (tables) => {
        const saved: Saved[] = [];
        for (const { chatId, batch } of batches) saved.push(await saveBatch(tables, account, chatId, batch));
        return saved;
      });
    },

    /** Up to `count` stored messages older than `before` (null: the newest), without a hole among them. */
    page(account: AccountId, chatId: ChatId, before: MessageId | null, count: number): Promise<StoredPage> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        return row ? olderThan(messages, row, before, count) : { messages: [], more: true };
      });
    },

    /**
     * A stored message with up to `before` older and `after` newer ones, without a hole among them. Null where it is not
     * stored, or lies alone before a hole.
     */
    stretch(
      account: AccountId,
      chatId: ChatId,
      id: MessageId,
      { before, after }: { before: number; after: number },
    ): Promise<StoredStretch | null> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        if (!row || !(await find(messages, row.no, id)) || isIsland(row, id)) return null;
        const older = await olderThan(messages, row, id, before);
        const newer = await notOlderThan(messages, row.no, id, after + 2);
        const stretch = [...older.messages, ...newer.slice(0, after + 1)];
        return { messages: stretch, more: older.more, newer: newer.length > after + 1 };
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

/** Whether a stored message lies before the chat's first hole. */
export function isIsland(row: ChatRow, id: MessageId): boolean {
  return orderKey(id) < edgeKey(row);
}

function edgeKey(row: ChatRow): string {
  return row.oldest && !row.complete ? orderKey(row.oldest.id) : '';
}

/** Runs inside the caller's transaction, as do those below. */
async function olderThan(
  table: Table<MessageBlock>,
  row: ChatRow,
  before: MessageId | null,
  count: number,
): Promise<StoredPage> {
  const edge = edgeKey(row);
  const found: Message[] = [];
  let end = before ? orderKey(before) : null;
  while (found.length < count) {
    const block = await newestBlock(table, row.no, end);
    if (!block) break;
    end = block.firstKey;
    found.unshift(...block.messages.filter((m) => inPage(m, edge, before)));
    if (end <= edge) break;
  }
  const messages = count ? found.slice(-count) : [];
  return { messages, more: found.length > count || !row.complete || (await isOlder(table, row.no, messages)) };
}

/** From this message on, up to `count`. */
async function notOlderThan(table: Table<MessageBlock>, no: number, id: MessageId, count: number): Promise<Message[]> {
  const key = orderKey(id);
  const [first] = await table.list({ prefix: [no], upTo: key }, { count: 1, reverse: true });
  const found: Message[] = [];
  let from = first?.firstKey;
  while (from !== undefined && found.length < count) {
    const [block, next] = await table.list({ prefix: [no], from }, { count: 2 });
    found.push(...(block?.messages ?? []).filter((m) => orderKey(m.id) >= key));
    from = next?.firstKey;
  }
  return found.slice(0, count);
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
