import type { MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { keyOf, linesOf, messageIn, messageOf } from './block-lines.ts';
import type { Range, Table } from './database.ts';
import { orderKey } from './order-key.ts';
import { type Bounds, newestRun, runOf } from './runs.ts';
import type { ChatRow, MessageBlock } from './schema.ts';

export interface StoredPage {
  /** In order of time. */
  messages: Message[];
  /** Older ones exist, here or at Microsoft. */
  more: boolean;
}

/**
 * Up to `count` messages older than one (null: the newest), without a hole among them. Runs inside the caller's
 * transaction, as do those below.
 */
export async function olderThan(
  table: Table<MessageBlock>,
  row: ChatRow,
  before: MessageId | null,
  count: number,
): Promise<StoredPage> {
  const run: Bounds = (before && runOf(row, before)) ?? newestRun(row);
  const edge = run.low;
  const found: string[] = [];
  let end = before ? orderKey(before) : null;
  while (found.length < count) {
    // Two are read as fast as one, and together are a page's messages nearly always.
    const blocks = await table.list(rangeBelow(row.no, end), { count: 2, reverse: true });
    for (const block of blocks) found.unshift(...linesOf(block).filter((line) => inPage(keyOf(line), edge, before)));
    end = blocks.at(-1)?.firstKey ?? '';
    if (blocks.length < 2 || end <= edge) break;
  }
  const messages = count ? found.slice(-count).map(messageOf) : [];
  return { messages, more: found.length > count || !run.first || (await isOlder(table, row.no, messages)) };
}

/** From this key on, up to `high` and up to `count`. */
export async function notOlderThan(
  table: Table<MessageBlock>,
  no: number,
  key: string,
  high: string | null,
  count: number,
): Promise<Message[]> {
  const [first] = await table.list({ prefix: [no], upTo: key }, { count: 1, reverse: true });
  const found: string[] = [];
  let from = first?.firstKey ?? '';
  while (found.length < count) {
    const [block, next] = await table.list({ prefix: [no], from }, { count: 2 });
    if (block) found.push(...linesOf(block).filter((line) => isBetween(keyOf(line), key, high)));
    if (!next || (high !== null && next.firstKey > high)) break;
    from = next.firstKey;
  }
  return found.slice(0, count).map(messageOf);
}

function isBetween(key: string, low: string, high: string | null): boolean {
  return key >= low && (high === null || key <= high);
}

function inPage(key: string, edge: string, before: MessageId | null): boolean {
  return key >= edge && (!before || key < orderKey(before));
}

async function isOlder(table: Table<MessageBlock>, no: number, page: readonly Message[]): Promise<boolean> {
  const first = page[0];
  if (!first) return false;
  const [block] = await table.list({ prefix: [no] }, { count: 1 });
  return !!block && block.firstKey < orderKey(first.id);
}

/** The last block that begins below a key (null: the chat's last). */
export async function newestBlock(table: Table<MessageBlock>, no: number, below: string | null) {
  const [block] = await table.list(rangeBelow(no, below), { count: 1, reverse: true });
  return block;
}

function rangeBelow(no: number, below: string | null): Range {
  return below === null ? { prefix: [no] } : { prefix: [no], below };
}

/** A stored message by its id. Runs inside the caller's transaction. */
export async function find(table: Table<MessageBlock>, no: number, id: MessageId): Promise<Message | undefined> {
  const [block] = await table.list({ prefix: [no], upTo: orderKey(id) }, { count: 1, reverse: true });
  return block && messageIn(block, id);
}

/**
 * Those of a chat's messages that are stored, by their ids. Each block is read once: it weighs as much as fifty messages.
 * Runs inside the caller's transaction.
 */
export async function findAll(
  table: Table<MessageBlock>,
  no: number,
  ids: readonly MessageId[],
): Promise<Map<MessageId, Message>> {
  const found = new Map<MessageId, Message>();
  const newestFirst = [...ids].sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
  let block: MessageBlock | undefined;
  for (const id of newestFirst) {
    const key = orderKey(id);
    if (!block || key < block.firstKey)
      [block] = await table.list({ prefix: [no], upTo: key }, { count: 1, reverse: true });
    if (!block) break;
    const message = messageIn(block, id);
    if (message) found.set(id, message);
  }
  return found;
}
