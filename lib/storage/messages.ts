import type { AccountId, ChatId, MessageId, UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { linesOf, messageOf } from './block-lines.ts';
import { type Merged, mergeIntoBlocks } from './blocks.ts';
import { ensureChats, later } from './chats.ts';
import type { Database, Tables } from './database.ts';
import { orderKey } from './order-key.ts';
import { find, newestBlock, notOlderThan, olderThan, type StoredPage } from './read-blocks.ts';
import type { Edge, Run } from './run.ts';
import { absorbed, runOf, withRun } from './runs.ts';
import type { ChatRow, Gap } from './schema.ts';
import { changedWords, putWords, type WordItem, wordsOf } from './search/words.ts';
import { countUnread, unreadAfter } from './unread.ts';

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
  /** There is no hole among the messages of this batch, wherever they lie; `first`: none is older. */
  run?: { first: boolean };
  /** What the read has left open; null: nothing any more. */
  gap?: Gap | null;
}

/** One of several reads that are stored together. */
export interface ChatBatch {
  chatId: ChatId;
  batch: Batch;
}

export interface Saved extends Merged {
  row: ChatRow;
}

/** A message among its neighbours. */
export interface StoredStretch extends StoredPage {
  /** Newer ones are stored. */
  newer: boolean;
}

/** The messages of each chat, raw HTML as Graph gave it, in blocks of up to 50. */
export function createMessages(db: Database) {
  return {
    /** Messages, watermark, edge and unread count in one transaction. An unchanged read writes nothing. */
    save(account: AccountId, chatId: ChatId, batch: Batch): Promise<Saved> {
      return db.write(STORES, (tables) => saveBatch(tables, account, chatId, batch));
    },

    /**
     * The reads of several chats, each chat once, in one transaction: a transaction costs as much as a chat's blocks.
     * @returns what `save` says, in the order given
     */
    saveMany(account: AccountId, batches: readonly ChatBatch[]): Promise<Saved[]> {
      return db.write(STORES, (tables) => saveBatches(tables, account, batches));
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
        const high = runOf(row, id)?.high ?? null;
        const newer = await notOlderThan(messages, row.no, orderKey(id), high, after + 2);
        const stretch = [...older.messages, ...newer.slice(0, after + 1)];
        return { messages: stretch, more: older.more, newer: newer.length > after + 1 || high !== null };
      });
    },

    /**
     * The first stored message from a time on (milliseconds since 1970), or undefined where all are older. `sure`: none
     * that is not stored comes before it.
     */
    from(account: AccountId, chatId: ChatId, time: number): Promise<{ id: MessageId; sure: boolean } | undefined> {
      return db.read(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        const key = orderKey(String(Math.max(0, time)) as MessageId);
        const [first] = row ? await notOlderThan(messages, row.no, key, null, 1) : [];
        if (!row || !first) return undefined;
        const run = runOf(row, first.id);
        return { id: first.id, sure: !!run && (run.first || run.low <= key) };
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
        const block = row && (await newestBlock(messages, row.no, null));
        const line = block && linesOf(block).at(-1);
        return line === undefined ? undefined : messageOf(line);
      });
    },

    /** The person has seen everything up to this message. Gives the row, or undefined where nothing moved. */
    markRead(account: AccountId, chatId: ChatId, upTo: MessageId): Promise<ChatRow | undefined> {
      return db.write(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        const message = row && (await find(messages, row.no, upTo));
        if (!row || !message || later(row.readUpTo, message.createdAt) === row.readUpTo) return undefined;
        const next: ChatRow = { ...row, readUpTo: message.createdAt, unreadAfter: message.createdAt };
        next.unread = await countUnread(messages, next);
        await chats.put(next);
        return next;
      });
    },
  };
}

/** Inside the caller's transaction, so that the outbox can drop its row with the copy that settles it. */
export async function saveBatch(tables: Stores, account: AccountId, chatId: ChatId, batch: Batch): Promise<Saved> {
  const [saved] = await saveBatches(tables, account, [{ chatId, batch }]);
  return saved!;
}

const STORES = ['chats', 'messages', 'words', 'counters'] as const;
type Stores = Tables<(typeof STORES)[number]>;

/** Several chats, each once, all at the same time: what takes its time is a request's way to the database and back, not the request. */
export async function saveBatches(tables: Stores, account: AccountId, batches: readonly ChatBatch[]): Promise<Saved[]> {
  const chats = await ensureChats(
    tables,
    account,
    batches.map(({ chatId }) => chatId),
  );
  const items: WordItem[] = [];
  const saved = await Promise.all(
    batches.map(async ({ batch }, i): Promise<Saved> => {
      const { row, isNew } = chats[i]!;
      const { span, ...merged } = await mergeIntoBlocks(tables.messages, row, batch.messages);
      // Of older versions' messages the words were never taken: that is done for the whole chat at once.
      if (row.words) items.push(...wordsOf(row, merged.added), ...changedWords(row, merged));
      const next = { ...grown(row, batch), ...(span ? { span } : {}) };
      next.unread = await unreadAfter(tables.messages, row, next, merged);
      next.unreadAfter = next.readUpTo;
      if (isNew || JSON.stringify(next) !== JSON.stringify(row)) await tables.chats.put(next);
      return { ...merged, row: next };
    }),
  );
  await putWords(tables.words, account, items);
  return saved;
}

/** What is known of the chat with these; but for the count of what is unread. */
function grown(row: ChatRow, batch: Batch): ChatRow {
  let next: ChatRow = { ...row, me: batch.me };
  if (batch.watermark !== undefined) next.watermark = later(row.watermark, batch.watermark);
  if (batch.oldest) next.oldest = edgeOf(row, batch.oldest);
  if (batch.complete) next.complete = true;
  if (batch.gap) next.gap = batch.gap;
  else if (batch.gap === null) delete next.gap;
  const run = runIn(batch);
  next = run ? withRun(next, run) : absorbed(next);
  for (const message of batch.messages) next.newestAt = later(next.newestAt, message.createdAt);
  return next;
}

function edgeOf(row: ChatRow, oldest: Message): ChatRow['oldest'] {
  return row.oldest && orderKey(row.oldest.id) <= orderKey(oldest.id) ? row.oldest : edgeAt(oldest);
}

function edgeAt({ id, createdAt }: Message): Edge {
  return { id, createdAt };
}

function runIn({ run, messages }: Batch): Run | null {
  const inOrder = run ? [...messages].sort((a, b) => (orderKey(a.id) < orderKey(b.id) ? -1 : 1)) : [];
  const [from, to] = [inOrder[0], inOrder.at(-1)];
  return from && to ? { from: edgeAt(from), to: edgeAt(to), ...(run?.first ? { first: true } : {}) } : null;
}

/** Whether a stored message lies alone among holes. */
export function isIsland(row: ChatRow, id: MessageId): boolean {
  return runOf(row, id) === null;
}
