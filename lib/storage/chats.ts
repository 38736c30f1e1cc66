import type { Chat } from '../model/chat.ts';
import type { AccountId, ChatId } from '../model/ids.ts';
import { nextNumber } from './counters.ts';
import type { Database, Tables } from './database.ts';
import type { ChatRow } from './schema.ts';

export type Chats = ReturnType<typeof createChats>;

/** What is known of each chat. Message times and counts are written with the messages (messages.ts). */
export function createChats(db: Database) {
  return {
    /** The row of this chat, or undefined where this account never had it. */
    get(account: AccountId, chatId: ChatId): Promise<ChatRow | undefined> {
      return db.read(['chats'], ({ chats }) => chats.get([account, chatId]));
    },

    list(account: AccountId): Promise<ChatRow[]> {
      return db.read(['chats'], ({ chats }) => chats.list({ prefix: [account] }));
    },

    /** Topic, members, address and read mark as Graph tells them; writes nothing where nothing changed. */
    save(account: AccountId, chat: Chat): Promise<ChatRow> {
      return db.write(['chats', 'counters'], async (tables) => {
        const row = await ensureChat(tables, account, chat.id);
        const { topic, kind, members, webUrl, createdAt } = chat;
        const next = { ...marked(row, chat), topic, kind, members, webUrl, createdAt };
        if (JSON.stringify(next) !== JSON.stringify(row)) await tables.chats.put(next);
        return next;
      });
    },

    /** What a list of chats says without their members: how far each was read, and what it has that is newest. */
    note(account: AccountId, chats: readonly Chat[]): Promise<ChatRow[]> {
      return db.write(['chats', 'counters'], async (tables) => {
        const noted: ChatRow[] = [];
        for (const chat of chats) {
          const row = await ensureChat(tables, account, chat.id);
          const { topic, kind, webUrl, createdAt } = chat;
          const next = { ...marked(row, chat), topic, kind, webUrl, createdAt };
          if (JSON.stringify(next) !== JSON.stringify(row)) await tables.chats.put(next);
          noted.push(next);
        }
        return noted;
      });
    },

    /** Notify the person of new messages in this chat. */
    setNotify(account: AccountId, chatId: ChatId, on: boolean): Promise<void> {
      return db.write(['chats', 'counters'], async (tables) => {
        const row = await ensureChat(tables, account, chatId);
        // Whoever asks to be notified does not mean it muted.
        await tables.chats.put({ ...row, notify: on, muted: on ? false : (row.muted ?? false) });
      });
    },

    /** No notifications and no counts of this chat. */
    setMuted(account: AccountId, chatId: ChatId, muted: boolean): Promise<void> {
      return db.write(['chats', 'counters'], async (tables) => {
        await tables.chats.put({ ...(await ensureChat(tables, account, chatId)), muted });
      });
    },
  };
}

/** The chat's row, written with a number of its own where there is none yet. Runs inside the caller's transaction. */
export async function ensureChat(
  tables: Tables<'chats' | 'counters'>,
  account: AccountId,
  chatId: ChatId,
): Promise<ChatRow> {
  const [chat] = await ensureChats(tables, account, [chatId]);
  if (chat!.isNew) await tables.chats.put(chat!.row);
  return chat!.row;
}

/** The rows of these chats, in their order. One that is new has its number and is the caller's to be written. */
export async function ensureChats(
  { chats, counters }: Tables<'chats' | 'counters'>,
  account: AccountId,
  chatIds: readonly ChatId[],
): Promise<{ row: ChatRow; isNew: boolean }[]> {
  const known = await Promise.all(chatIds.map((chatId) => chats.get([account, chatId])));
  const missing = known.filter((row) => !row).length;
  let no = missing ? await nextNumber(counters, 'chat', missing) : 0;
  return known.map((row, i) =>
    row ? { row, isNew: false } : { row: newChat(account, chatIds[i]!, no++), isNew: true },
  );
}

function newChat(account: AccountId, chatId: ChatId, no: number): ChatRow {
  return {
    account,
    chatId,
    no,
    topic: null,
    kind: 'group',
    members: [],
    webUrl: null,
    createdAt: '',
    me: null,
    watermark: null,
    oldest: null,
    complete: false,
    readUpTo: null,
    newestAt: null,
    unread: 0,
    notify: false,
    words: true,
  };
}

function marked(row: ChatRow, { readUpTo, newestAt, newestBy }: Chat): ChatRow {
  const next: ChatRow = {
    ...row,
    // Both only move on: a list read before the last message must not turn them back.
    readUpTo: later(row.readUpTo, readUpTo),
    newestAt: later(row.newestAt, newestAt),
    ...(newestAt ? { preview: { at: newestAt, by: newestBy ?? null } } : {}),
  };
  // Read in Teams up to the newest we know: nothing is unread. Anything between is counted with the next messages.
  if (next.readUpTo && row.newestAt && later(next.readUpTo, row.newestAt) === next.readUpTo) next.unread = 0;
  return next;
}

/** The later of two ISO times (whose decimals may differ in number); null is earlier than any. */
export function later(a: string | null, b: string | null): string | null {
  if (!a || !b) return a ?? b;
  return Date.parse(b) > Date.parse(a) ? b : a;
}
