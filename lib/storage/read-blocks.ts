import type { MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { orderKey } from './blocks.ts';
import type { Table } from './database.ts';
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
  const found: Message[] = [];
  let from = first?.firstKey ?? '';
  while (found.length < count) {
    const [block, next] = await table.list({ prefix: [no], from }, { count: 2 });
    found.push(...(block?.messages ?? []).filter((m) => isBetween(orderKey(m.id), key, high)));
    if (!next || (high !== null && next.firstKey > high)) break;
    from = next.firstKey;
  }
  return found.slice(0, count);
}

function isBetween(key: string, low: string, high: string | null): boolean {
  return key >= low && (high === null || key <= high);
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

/** The last block that begins below a key (null: the chat's last). */
export async function newestBlock(table: Table<MessageBlock>, no: number, below: string | null) {
  const range = below === null ? { prefix: [no] } : { prefix: [no], below };
  const [block] = await table.list(range, { count: 1, reverse: true });
  return block;
}

/** A stored message by its id. Runs inside the caller's transaction. */
export async function find(table: Table<MessageBlock>, no: number, id: MessageId): Promise<Message | undefined> {
  const [block] = await table.list({ prefix: [no], upTo: orderKey(id) }, { count: 1, reverse: true });
  return block?.messages.find((m) => m.id === id);
}
