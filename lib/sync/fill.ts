import type { Clock } from '../model/clock.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { FillingView } from '../rpc/contract/sync.ts';
import type { ChatRow } from '../storage/schema.ts';
import type { SyncApi } from './message-api.ts';
import type { Pull, PullDeps } from './pull.ts';
import { createReadMany } from './read-many.ts';
import { linkedIn } from './sync-all.ts';

export interface FillDeps extends Pick<PullDeps, 'store' | 'me' | 'canRead' | 'changed' | 'stored'> {
  api: SyncApi;
  pull: Pick<Pull, 'states'>;
  clock: Clock;
  random(): number;
  giveWay(signal: AbortSignal): Promise<void>;
  /** How many days back the history of linked chats is kept; null: all of it. */
  days(): Promise<number | null>;
  /** It begins, or ended: what has to go on without this worker is to be thought of. */
  arm(): Promise<void>;
}

/** Few chats at once, and rarely: nobody waits for it, and the limits are those of all colleagues. */
const CHATS_AT_ONCE = 5;
const PAUSE_MS = 2_000;
/** A worker that has just begun was woken for something else. */
const FIRST_MS = 15_000;
const DAY_MS = 24 * 3600_000;

export type Fill = ReturnType<typeof createFill>;

/**
 * Fills the history of linked chats from the newest message down to the depth that is set, a page of some chats at a
 * time. How far each is stands in its row: whenever this is begun anew, it goes on from there.
 */
export function createFill(deps: FillDeps) {
  const { store, clock } = deps;
  const readMany = createReadMany(deps);
  /** Of chats that brought nothing in this life of the worker. */
  const stuck = new Set<ChatId>();
  let going: Promise<void> | null = null;
  const signal = new AbortController().signal;

  /** Goes on with what is not filled, where anything is. Never throws. */
  function goOn(): Promise<void> {
    going ??= work()
      .catch(() => {})
      .finally(() => {
        going = null;
      });
    return going;
  }

  async function work(): Promise<void> {
    if (!(await open()).length) return;
    await deps.arm();
    await clock.sleep(FIRST_MS * (1 + deps.random() / 2));
    for (let rows = await open(); rows.length; rows = await open()) {
      await deps.giveWay(signal);
      const me = await deps.me();
      if (!me) return;
      const wants = rows.slice(0, CHATS_AT_ONCE).map((row) => ({ chatId: row.chatId, row, older: true }));
      try {
        const outcomes = await readMany(me, null, wants, signal);
        if (!outcomes) return;
        for (const { chatId, problem } of outcomes) {
          const before = wants.find((want) => want.chatId === chatId)?.row;
          const after = await store.chats.get(me.account, chatId);
          const isFarther = after?.complete || after?.oldest?.id !== before?.oldest?.id;
          // What was throttled waits in the budget.
          if (!isFarther && problem?.code !== 'throttled') stuck.add(chatId);
        }
      } catch (caught) {
        // Without room nothing more is fetched by itself; once there is some, a later life of the worker goes on.
        if (!(caught instanceof AppFailure) || caught.error.code === 'storage-full') throw caught;
        // Written down nowhere: a later life of the worker, or the alarm, begins where this one stopped.
        await clock.sleep(Math.min((caught.error.retryAfter ?? 60) * 1000, 600_000));
      }
      deps.changed({ kind: 'sync' });
      await clock.sleep(PAUSE_MS * (1 + deps.random()));
    }
    await deps.arm();
  }

  /** Chats that are not filled as far as is wanted, the liveliest first. */
  async function open(): Promise<ChatRow[]> {
    const me = await deps.me();
    if (!me || !(await deps.canRead())) return [];
    const [linked, rows, until] = [await linkedIn(store, me), await store.chats.list(me.account), await horizon()];
    return rows
      .filter((row) => linked.has(row.chatId) && !stuck.has(row.chatId) && isOpen(row, until))
      .sort((a, b) => Date.parse(b.newestAt ?? '') - Date.parse(a.newestAt ?? '') || 0);
  }

  /** Milliseconds since 1970; 0: all. */
  async function horizon(): Promise<number> {
    const days = await deps.days();
    return days === null ? 0 : clock.now() - days * DAY_MS;
  }

  return {
    goOn,
    /** Whether there is anything to fill. */
    isOpen: async () => (await open()).length > 0,
    /** How far a chat is; null where nothing more is fetched by itself. */
    async of(chatId: ChatId): Promise<FillingView | null> {
      const me = await deps.me();
      const row = me && (await store.chats.get(me.account, chatId));
      const until = await horizon();
      if (!me || !row?.oldest || !isOpen(row, until) || stuck.has(chatId) || !(await deps.canRead())) return null;
      if (!(await linkedIn(store, me)).has(chatId)) return null;
      const [from, now] = [Date.parse(row.oldest.createdAt), clock.now()];
      const end = until || Date.parse(row.createdAt) || from;
      const share = Math.min(1, Math.max(0, (now - from) / Math.max(1, now - end)));
      return { from: row.oldest.createdAt, until: until ? new Date(until).toISOString() : null, share };
    },
    /** How many of the linked chats are filled. */
    async count(): Promise<{ done: number; total: number }> {
      const me = await deps.me();
      if (!me) return { done: 0, total: 0 };
      const linked = await linkedIn(store, me);
      const rows = (await store.chats.list(me.account)).filter(({ chatId }) => linked.has(chatId));
      const until = await horizon();
      return { done: rows.filter((row) => row.watermark && !isOpen(row, until)).length, total: linked.size };
    },
  };
}

function isOpen({ watermark, gap, oldest, complete, evicted }: ChatRow, until: number): boolean {
  const end = Math.max(until, evicted ? Date.parse(evicted.createdAt) : 0);
  return !!watermark && !gap && !!oldest && !complete && Date.parse(oldest.createdAt) > end;
}
