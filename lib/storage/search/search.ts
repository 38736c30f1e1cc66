import type { AccountId, ChatId, MessageId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import type { SearchQuery } from '../../util/search-query.ts';
import { orderKey } from '../blocks.ts';
import { type Database, everything, type Table } from '../database.ts';
import { find } from '../read-blocks.ts';
import type { ChatRow, TextRow } from '../schema.ts';
import { shelve } from '../shelf.ts';
import { type RowHit, scanRow } from './scan.ts';
import { TEXTS, textItems } from './text-rows.ts';

export type Search = ReturnType<typeof createSearch>;

export interface SearchHit {
  chatId: ChatId;
  message: Message;
}

export interface SearchPage {
  /** Newest first. */
  hits: SearchHit[];
  /** There are older ones. */
  more: boolean;
}

/** Older than this one: where the page before it ended. */
export interface SearchFrom {
  /** Milliseconds since 1970. */
  at: number;
  id: MessageId;
}

/** Above this many chats one read of everything is faster than one each. */
const ONE_BY_ONE = 30;

/**
 * Search over what is stored. The words of the chats searched stay in memory as long as the worker lives; each chat's
 * row says by a number whether they are still the ones on disk, so nothing has to be told of a change.
 */
export function createSearch(db: Database) {
  const held = new Map<number, { version: number; rows: TextRow[] }>();

  /** The rows of these chats as they are on disk now. */
  async function load(account: AccountId, chatIds: ReadonlySet<ChatId> | null): Promise<ChatRow[]> {
    const wanted = (row: ChatRow) => !chatIds || chatIds.has(row.chatId);
    const read = await db.read(['chats', 'texts'], async ({ chats, texts }) => {
      const searched = (await chats.list({ prefix: [account] })).filter(wanted);
      const stale = searched.filter(({ no, texts: version }) => held.get(no)?.version !== version);
      const rows = await rowsOf(texts, stale);
      for (const { no, texts: version = 0 } of stale) held.set(no, { version, rows: rows.get(no) ?? [] });
      return searched;
    });
    const without = read.filter((row) => row.texts === undefined);
    if (!without.length) return read;
    for (const row of without) await takeWords(row);
    return load(account, chatIds);
  }

  /** Chats that an older version stored: their messages' words, once. */
  function takeWords({ account, chatId }: ChatRow): Promise<void> {
    return db.write(['chats', 'messages', 'texts'], async ({ chats, messages, texts }) => {
      const row = await chats.get([account, chatId]);
      if (!row || row.texts !== undefined) return;
      const blocks = await messages.list({ prefix: [row.no] });
      const items = textItems(blocks.flatMap((block) => block.messages));
      await shelve(texts, TEXTS, row.no, items);
      await chats.put({ ...row, texts: 1 });
    });
  }

  return {
    /**
     * The newest messages for which the query holds, in these chats (null: all of the account's). What `in:` and
     * `record:` mean in chats is the caller's to say.
     */
    async find(
      account: AccountId,
      chatIds: ReadonlySet<ChatId> | null,
      query: SearchQuery,
      { count, from }: { count: number; from: SearchFrom | null },
    ): Promise<SearchPage> {
      const chats = new Map((await load(account, chatIds)).map((row) => [row.no, row.chatId]));
      const rows = [...chats.keys()].flatMap((no) => held.get(no)?.rows ?? []);
      // One more than asked for tells whether there are more.
      const hits = newestHits(rows, query, from, count + 1);
      const found = await db.read(['messages'], async ({ messages }) => {
        const result: SearchHit[] = [];
        for (const { no, key } of hits.slice(0, count)) {
          const message = await find(messages, no, idOf(key));
          if (message) result.push({ chatId: chats.get(no)!, message });
        }
        return result;
      });
      return { hits: found, more: hits.length > count };
    },
  };
}

/** Rows are looked at by their newest message, until none left can hold one that is new enough. */
function newestHits(rows: TextRow[], query: SearchQuery, from: SearchFrom | null, count: number): RowHit[] {
  let hits: RowHit[] = [];
  for (const row of rows.toSorted((a, b) => b.newestAt - a.newestAt)) {
    const last = hits[count - 1];
    if (last && row.newestAt < last.at) break;
    const found = scanRow(row, query).filter((hit) => !from || isOlder(hit, from));
    if (found.length)
      hits = [...hits, ...found].sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1)).slice(0, count);
  }
  return hits;
}

function isOlder(hit: RowHit, from: SearchFrom): boolean {
  return hit.at < from.at || (hit.at === from.at && hit.key < orderKey(from.id));
}

/** What `orderKey` put in front goes again. */
function idOf(key: string): MessageId {
  return key.replace(/^0+(?=.)/, '') as MessageId;
}

async function rowsOf(texts: Table<TextRow>, chats: readonly ChatRow[]): Promise<Map<number, TextRow[]>> {
  const found = new Map<number, TextRow[]>();
  if (chats.length > ONE_BY_ONE)
    for (const row of await texts.list(everything)) found.set(row.no, [...(found.get(row.no) ?? []), row]);
  else for (const { no } of chats) found.set(no, await texts.list({ prefix: [no] }));
  return found;
}
