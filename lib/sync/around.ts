import type { ChatId, MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { StoredStretch } from '../storage/messages.ts';
import type { StoredPage } from '../storage/read-blocks.ts';
import type { Edge } from '../storage/run.ts';
import { olderRun } from '../storage/runs.ts';
import type { ChatRow } from '../storage/schema.ts';
import type { Me } from './message-api.ts';
import type { PullDeps } from './pull.ts';

export type Around = ReturnType<typeof createAround>;

/** How much of each side is wanted. */
interface Sides {
  before: number;
  after: number;
}

/** The most Graph gives at once. */
const PAGE = 50;
/** Requests until the search for what follows a time gives up. */
const MOST_LOOKS = 20;
const LEAST_STEP_MS = 600_000;

/**
 * Reading a chat away from its newest end: around a time, and on from there in both directions. What is not stored is
 * fetched, and kept as a run with holes on its sides, which close as somebody reads on (storage/runs.ts).
 */
export function createAround({ store, api, clock, me, canRead, stored }: PullDeps) {
  const turns = new Map<ChatId, Promise<unknown>>();

  /** One after the other in a chat: two panels that scroll the same way fetch a page once. */
  function inTurn<T>(chatId: ChatId, work: () => Promise<T>): Promise<T> {
    const run = (turns.get(chatId) ?? Promise.resolve()).catch(() => {}).then(work);
    turns.set(chatId, run);
    void run.catch(() => {}).finally(() => turns.get(chatId) === run && turns.delete(chatId));
    return run;
  }

  /**
   * The first message from a time on (milliseconds since 1970) among its neighbours, or null where all are older.
   * @throws AppFailure where it is not stored and could not be fetched
   */
  async function at(chatId: ChatId, time: number, sides: Sides): Promise<(StoredStretch & { id: MessageId }) | null> {
    const who = await me();
    if (!who) return null;
    let found = await store.messages.from(who.account, chatId, time);
    if (found && !found.sure && (await canRead())) {
      await inTurn(chatId, () => fetchFrom(who, chatId, time));
      found = await store.messages.from(who.account, chatId, time);
    }
    const among = found && (await store.messages.stretch(who.account, chatId, found.id, sides));
    return found && among ? { id: found.id, ...among } : null;
  }

  /** As the store's `stretch`, with what follows a run fetched where it is missing. */
  async function stretch(chatId: ChatId, id: MessageId, sides: Sides): Promise<StoredStretch | null> {
    const who = await me();
    if (!who) return null;
    const read = () => store.messages.stretch(who.account, chatId, id, sides);
    const found = await read();
    const last = found?.messages.at(-1);
    const missing = found?.newer && last && found.messages.length - 1 - indexOf(found.messages, id) < sides.after;
    if (!missing || !(await canRead())) return found;
    await inTurn(chatId, () => fetchAfter(who, chatId, Date.parse(last.createdAt), spanOf(found.messages) / 2));
    return read();
  }

  /** As the store's `page`, of a run that is not the newest; null where `before` lies in that, or in none. */
  async function page(chatId: ChatId, before: MessageId | null, count: number): Promise<StoredPage | null> {
    const who = await me();
    const row = who && before && (await store.chats.get(who.account, chatId));
    const run = row && olderRun(row, before);
    if (!run || !(await canRead())) return null;
    const read = () => store.messages.page(who.account, chatId, before, count);
    const found = await read();
    if (found.messages.length >= count || !found.more) return found;
    await inTurn(chatId, () => fetchBefore(who, chatId, Date.parse(run.from.createdAt) + 1));
    return read();
  }

  /** What was written just before a time, and on from there to the first message after it. */
  async function fetchFrom(who: Me, chatId: ChatId, time: number): Promise<void> {
    const { messages } = await fetchBefore(who, chatId, time);
    await fetchAfter(who, chatId, messages.length ? newest(messages) : time - 1, spanOf(messages) / 2);
  }

  /**
   * Some of the messages that follow a time, without a hole. Graph gives what is before a time alone, the newest first:
   * so the time is looked for before which few have been written since.
   * @param guess how long that takes, in milliseconds; 0 where nothing tells
   */
  async function fetchAfter(who: Me, chatId: ChatId, from: number, guess: number): Promise<void> {
    const row = await store.chats.get(who.account, chatId);
    const end = Math.max(from + 1, Math.min(row ? nextKnown(row, from) : clock.now(), clock.now()));
    /** Nothing is missing up to here, and something between that and what begins at `high`. */
    let low = from;
    let high: number | null = null;
    let step = Math.max(LEAST_STEP_MS, guess || (end - from) / 64);
    for (let look = 0; look < MOST_LOOKS && low < end; look++) {
      // Down page by page closes a hole of many, halving it one of long silence.
      const before: number = high === null ? Math.min(low + step, end) : look % 2 ? high : Math.floor((low + high) / 2);
      const { messages, more } = await fetchBefore(who, chatId, before + 1);
      const fresh = messages.filter((m) => Date.parse(m.createdAt) > low);
      if (more && fresh.length === messages.length) high = oldest(messages);
      else if (fresh.length) return;
      else {
        low = before;
        step *= 16;
      }
    }
  }

  async function fetchBefore(who: Me, chatId: ChatId, time: number) {
    const read = await api.listBefore(chatId, new Date(time).toISOString(), PAGE);
    if ((await me())?.account !== who.account) return { messages: [], more: false };
    const run = { first: !read.more };
    await store.messages.save(who.account, chatId, { messages: read.messages, me: who.userId, run });
    await stored?.(chatId, read.messages);
    return read;
  }

  return { at, stretch, page };
}

/** When the next message begins that is known to follow, in milliseconds since 1970. */
function nextKnown(row: ChatRow, from: number): number {
  const starts = [row.oldest, ...(row.runs ?? []).map((run) => run.from)].flatMap((edge: Edge | null) =>
    edge ? Date.parse(edge.createdAt) : [],
  );
  return Math.min(...starts.filter((start) => start > from), Number.MAX_SAFE_INTEGER);
}

function indexOf(messages: readonly Message[], id: MessageId): number {
  return messages.findIndex((m) => m.id === id);
}

function newest(messages: readonly Message[]): number {
  return Math.max(...messages.map((m) => Date.parse(m.createdAt)));
}

function oldest(messages: readonly Message[]): number {
  return Math.min(...messages.map((m) => Date.parse(m.createdAt)));
}

function spanOf(messages: readonly Message[]): number {
  return messages.length ? newest(messages) - oldest(messages) : 0;
}
