import type { AccountId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { bytesOf, keyOf, linesOf, messageOf } from './block-lines.ts';
import type { Database, Table } from './database.ts';
import { orderKey } from './order-key.ts';
import type { ChatRow, MessageBlock } from './schema.ts';
import { withoutOlder } from './take-away.ts';
import { countUnread } from './unread.ts';

export type Eviction = ReturnType<typeof createEviction>;

/** What taking away the messages from before a time would free. */
export interface EvictionPlan {
  messages: number;
  chats: number;
  /** Of the messages themselves; their words go too. */
  bytes: number;
}

/** So many of a chat's newest messages stay, however old they are: the chat opens at once as before. */
const STAYS = 50;

/**
 * Old messages of chats are taken from this machine, never from Teams, and are read again when somebody wants them.
 * Threads of channels stay: what is read of a channel's past is not read twice.
 */
export function createEviction(db: Database) {
  return {
    /** @param before milliseconds since 1970 */
    async plan(account: AccountId, before: number): Promise<EvictionPlan> {
      const plan: EvictionPlan = { messages: 0, chats: 0, bytes: 0 };
      for (const row of await chatsOf(db, account)) {
        const { messages, bytes } = await db.read(['messages'], async ({ messages }) => {
          const cut = await cutOf(messages, row, before);
          return cut ? sizeBelow(messages, row.no, orderKey(cut.id)) : { messages: 0, bytes: 0 };
        });
        if (!messages) continue;
        plan.messages += messages;
        plan.bytes += bytes;
        plan.chats += 1;
      }
      return plan;
    },

    /** Chats that have something from before a time, the one with the oldest first. */
    async chats(account: AccountId, before: number): Promise<ChatRow[]> {
      const found: { row: ChatRow; first: string }[] = [];
      for (const row of await chatsOf(db, account)) {
        const [first] = await db.read(['messages'], ({ messages }) =>
          messages.list({ prefix: [row.no] }, { count: 1 }),
        );
        if (first && first.firstKey < keyAt(before)) found.push({ row, first: first.firstKey });
      }
      return found.sort((a, b) => (a.first < b.first ? -1 : 1)).map(({ row }) => row);
    },

    /** Of one chat, in one transaction: blocks, and what its row knows of them. Gives how many messages went. */
    take(account: AccountId, { chatId }: ChatRow, before: number): Promise<number> {
      return db.write(['chats', 'messages'], async ({ chats, messages }) => {
        const row = await chats.get([account, chatId]);
        const cut = row && (await cutOf(messages, row, before));
        if (!row || !cut) return 0;
        const key = orderKey(cut.id);
        const old = await messages.list({ prefix: [row.no], below: key });
        const gone = old.flatMap(linesOf).filter((line) => keyOf(line) < key).length;
        const left = old.at(-1) ? linesOf(old.at(-1)!).filter((line) => keyOf(line) >= key) : [];
        await messages.clear({ prefix: [row.no], below: key });
        if (left.length) await messages.put({ no: row.no, firstKey: keyOf(left[0]!), lines: bytesOf(left.join('\n')) });
        const next = withoutOlder(row, { id: cut.id, createdAt: cut.createdAt });
        next.unread = await countUnread(messages, next);
        next.unreadAfter = next.readUpTo;
        await chats.put(next);
        return gone;
      });
    },
  };
}

async function chatsOf(db: Database, account: AccountId): Promise<ChatRow[]> {
  const rows = await db.read(['chats'], ({ chats }) => chats.list({ prefix: [account] }));
  return rows.filter(({ kind }) => kind !== 'channel');
}

/** The oldest message that stays; undefined where nothing would go. */
async function cutOf(table: Table<MessageBlock>, row: ChatRow, before: number): Promise<Message | undefined> {
  const prefix = [row.no];
  const [first] = await table.list({ prefix }, { count: 1 });
  if (!first || first.firstKey >= keyAt(before)) return undefined;
  const newest: string[] = [];
  for (let below: string | undefined; newest.length < STAYS; ) {
    const range = below === undefined ? { prefix } : { prefix, below };
    const [block]: MessageBlock[] = await table.list(range, { count: 1, reverse: true });
    if (!block) break;
    newest.unshift(...linesOf(block));
    below = block.firstKey;
  }
  const stays = keyOf(newest.slice(-STAYS)[0]!);
  const bound = stays < keyAt(before) ? stays : keyAt(before);
  const [around] = await table.list({ prefix, upTo: bound }, { count: 1, reverse: true });
  const [after] = await table.list({ prefix, from: bound }, { count: 1 });
  const line = [around, after].flatMap((block) => (block ? linesOf(block) : [])).find((line) => keyOf(line) >= bound);
  return line !== undefined && keyOf(line) > first.firstKey ? messageOf(line) : undefined;
}

async function sizeBelow(table: Table<MessageBlock>, no: number, key: string) {
  const size = { messages: 0, bytes: 0 };
  for (const block of await table.list({ prefix: [no], below: key })) {
    const lines = linesOf(block);
    const gone = lines.filter((line) => keyOf(line) < key).length;
    size.messages += gone;
    size.bytes += (block.lines.byteLength * gone) / Math.max(1, lines.length);
  }
  return { messages: size.messages, bytes: Math.round(size.bytes) };
}

/** Of a message written at this time; ids are times. */
function keyAt(time: number): string {
  return String(Math.max(0, time)).padStart(20, '0');
}
