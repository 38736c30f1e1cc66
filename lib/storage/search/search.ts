import type { AccountId, ChatId, MessageId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import { pageEnd } from '../../util/page-end.ts';
import type { SearchQuery } from '../../util/search-query.ts';
import type { Database } from '../database.ts';
import { idOfKey, orderKey } from '../order-key.ts';
import { findAll } from '../read-blocks.ts';
import { newestHits } from './newest-hits.ts';
import { type Hit, holds, type Scan, scanFor } from './scan.ts';
import { openSegment, type Segment } from './segment.ts';
import { takeWords } from './take-words.ts';
import { packWords, untidyFrom } from './tidy.ts';
import { itemOf } from './words.ts';

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

/** An account's words as they were read; rows are never changed, so what is on disk is these and those above `upTo`. */
interface Held {
  segments: Segment[];
  upTo: number;
}

/** So many rows that are not full are searched a little slower, and read a little slower when a worker starts. */
const LOOSE = 64;

/** Search over what is stored. The words of the account that searches stay in memory as long as the worker lives. */
export function createSearch(db: Database) {
  const held = new Map<AccountId, Held>();
  const turns = new Map<AccountId, Promise<unknown>>();

  /** Loading and packing, one after the other: what was read must not be put beside what was packed meanwhile. */
  function inTurn<T>(account: AccountId, work: () => Promise<T>): Promise<T> {
    const run = (turns.get(account) ?? Promise.resolve()).catch(() => {}).then(work);
    turns.set(account, run);
    return run;
  }

  /** As they are on disk now, the newest first. */
  async function load(account: AccountId): Promise<Segment[]> {
    const known = held.get(account);
    const { segments, upTo } = known ?? { segments: [], upTo: 0 };
    const read = () => db.read(['words'], ({ words }) => words.list({ prefix: [account], from: upTo + 1 }));
    // Nearly always nothing is to be taken: both at once, for a worker that starts is waited for.
    const [first, took] = await Promise.all([read(), known ? false : takeWords(db, account)]);
    const rows = took ? await read() : first;
    if (known && !rows.length) return segments;
    return hold(account, [...segments, ...rows.map(openSegment)], rows.at(-1)?.seq ?? upTo);
  }

  function hold(account: AccountId, segments: Segment[], upTo: number): Segment[] {
    segments.sort((a, b) => b.newestAt - a.newestAt);
    held.set(account, { segments, upTo });
    return segments;
  }

  /** Those of the hits that hold for the message as it is stored now: their words may be of an older version. */
  function stillSo(hits: readonly Hit[], scan: Scan): Promise<(SearchHit | null)[]> {
    return db.read(['messages'], async ({ messages }) => {
      const idsOf = new Map<number, MessageId[]>();
      for (const { no, key } of hits) idsOf.set(no, [...(idsOf.get(no) ?? []), idOfKey(key)]);
      const chats = await Promise.all(
        Array.from(idsOf, async ([no, ids]) => [no, await findAll(messages, no, ids)] as const),
      );
      const stored = new Map(chats);
      return hits.map(({ no, chatId, key }) => {
        const message = stored.get(no)?.get(idOfKey(key));
        return message && holds(itemOf({ no, chatId }, message), scan) ? { chatId, message } : null;
      });
    });
  }

  return {
    /**
     * The newest messages for which the query holds, in these chats (null: all of the account's): `count` of them, and
     * those of other chats that were written in the very millisecond of the last. What `in:` and `record:` mean in chats
     * is the caller's to say.
     */
    async find(
      account: AccountId,
      chatIds: ReadonlySet<ChatId> | null,
      query: SearchQuery,
      { count, from }: { count: number; from: SearchFrom | null },
    ): Promise<SearchPage> {
      const segments = await inTurn(account, () => load(account));
      const scan = scanFor(query, chatIds);
      const found: SearchHit[] = [];
      let below: Omit<Hit, 'chatId'> | null = from && { at: from.at, key: orderKey(from.id), no: 0 };
      // One more than the page tells whether there are more.
      while (pageEnd(found, count, atOnce) === found.length) {
        const wanted = Math.max(1, count + 1 - found.length);
        const hits = newestHits(segments, scan, below, wanted);
        for (const hit of await stillSo(hits, scan)) if (hit) found.push(hit);
        below = hits.at(-1) ?? null;
        if (hits.length < wanted) break;
      }
      const end = pageEnd(found, count, atOnce);
      return { hits: found.slice(0, end), more: found.length > end };
    },

    /**
     * Packs the account's words where they lie in many rows. For when nobody waits.
     * @param least rows that are not full; with 1 what an older version stored without words gets them, too
     */
    tidy(account: AccountId, least = LOOSE): Promise<void> {
      return inTurn(account, async () => {
        const rows = await db.read(['words'], ({ words }) => words.count({ prefix: [account] }));
        if (least > 1 && rows < least) return;
        const segments = await load(account);
        const untidy = untidyFrom(segments, least);
        if (!untidy) return;
        const packed = await packWords(db, account, untidy);
        const rest = segments.filter(({ seq }) => seq < untidy.from);
        hold(account, [...rest, ...packed.map(openSegment)], packed.at(-1)?.seq ?? 0);
      });
    },

    /** The words of messages that were taken away go. */
    purge(account: AccountId): Promise<void> {
      return inTurn(account, async () => {
        await takeWords(db, account);
        const rows = await packWords(db, account, { from: 0, all: true });
        hold(account, rows.map(openSegment), rows.at(-1)?.seq ?? 0);
      });
    },

    /** The account's words are others now than were read. */
    drop(account: AccountId): void {
      held.delete(account);
    },
  };
}

/** Messages of different chats may have one id: it is the time in milliseconds. */
function atOnce(a: SearchHit, b: SearchHit): boolean {
  return a.message.id === b.message.id;
}
