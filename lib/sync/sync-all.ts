import type { Clock } from '../model/clock.ts';
import { type AppError, toAppError } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { later } from '../storage/chats.ts';
import type { Store } from '../storage/open.ts';
import type { ChatRow, SyncRow, SyncRun } from '../storage/schema.ts';
import type { Me, SyncApi } from './message-api.ts';
import type { Pull, PullDeps } from './pull.ts';
import { createReadMany, MOST_AT_ONCE, type Outcome, type Want } from './read-many.ts';

export interface SyncAllDeps extends Pick<PullDeps, 'store' | 'me' | 'canRead' | 'changed' | 'stored'> {
  api: SyncApi;
  pull: Pick<Pull, 'states'>;
  clock: Clock;
  random(): number;
  /** The person does something now that reads too: resolves when a run may go on that they do not wait for. */
  giveWay(signal: AbortSignal): Promise<void>;
  /** Others' new messages in a chat. */
  news(chatId: ChatId, news: readonly Message[]): Promise<void>;
  /** Microsoft does not show this chat to the person any more. */
  closed(chatId: ChatId): Promise<void>;
  /** A run begins, ended, or waits: what has to go on without this worker is to be thought of. */
  arm(): Promise<void>;
}

/** A message may show in the list of chats after one that was written later, and our clock may be ahead of Microsoft's. */
const LATE_MS = 60_000;
/** At most one read of a chat in so long, but for what a person asks for. */
const REST_MS = 15_000;
const DAY_MS = 24 * 3600_000;
/** Between two requests of the sweep, and as much again by chance. */
const SWEEP_PAUSE_MS = 2_000;
/** So often a chat is asked for in a run that Microsoft does not give. */
const MOST_TRIES = 3;
/** Troubles that pass by themselves. */
const PASSING = new Set<AppError['code']>(['offline', 'throttled', 'microsoft-down']);
const RETRY_MS = 60_000;

export type SyncAll = ReturnType<typeof createSyncAll>;

/**
 * Brings all linked chats of an account up to date: one call lists the chats, and those that changed are read, twenty a
 * request. Once a day the others follow, slowly, since an edit, a reaction or a deletion moves no chat in the list. Each
 * step is on the disk, so that a worker that dies is gone on from; there is one run at a time.
 */
export function createSyncAll(deps: SyncAllDeps) {
  const { store, api, clock } = deps;
  const readMany = createReadMany(deps);
  let going: { stop: AbortController; ended: Promise<void>; again: boolean } | null = null;

  /** Writes a run down and sets off; where there is one already, that goes on now. Resolves once it is written down. */
  async function begin(by: SyncRun['by']): Promise<void> {
    const me = await deps.me();
    if (!me || !(await deps.canRead())) return;
    await store.syncs.change(me.account, (row) => ({
      ...row,
      problem: null,
      run: row.run ? { ...row.run, by: by === 'person' ? by : row.run.by, wakeAt: null, problem: null } : fresh(by),
    }));
    deps.changed({ kind: 'sync' });
    void goOn();
  }

  /** Goes on with what is written down, unless it waits. Resolves when it ended or waits. Never throws. */
  function goOn(): Promise<void> {
    if (going && !going.stop.signal.aborted) {
      // A run may have been written down just as the last one ended.
      going.again = true;
      return going.ended;
    }
    const mine = { stop: new AbortController(), ended: Promise.resolve(), again: true };
    mine.ended = (async () => {
      while (mine.again) {
        mine.again = false;
        await deps.arm().catch(() => {});
        await work(mine.stop.signal).catch(() => {});
      }
      if (going === mine) going = null;
      await deps.arm().catch(() => {});
    })();
    going = mine;
    return mine.ended;
  }

  /** Gives the run up. What it has brought stays. */
  async function cancel(): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    await store.syncs.change(me.account, (row) => (row.run ? { ...row, run: null } : row));
    going?.stop.abort();
    deps.changed({ kind: 'sync' });
  }

  async function work(signal: AbortSignal): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    const tries = new Map<ChatId, number>();
    for (;;) {
      const row = await store.syncs.get(me.account);
      const { run } = row;
      if (!run || signal.aborted || (run.wakeAt !== null && run.wakeAt > clock.now())) return;
      try {
        if (!run.todo) await list(me, row, run, signal);
        else if (run.todo.length || run.sweep?.length) await step(me, run, tries, signal);
        else await end(me, run);
      } catch (caught) {
        if (signal.aborted) return;
        await stumble(me, run, toAppError(caught));
      }
      deps.changed({ kind: 'sync' });
    }
  }

  /** Down the list of chats to what the last run has seen. What it says of linked ones is noted; of others nothing is. */
  async function list(me: Me, row: SyncRow, run: SyncRun, signal: AbortSignal): Promise<void> {
    const linked = await linkedChats(me);
    const listedAt = clock.now();
    const until = row.listedUpTo ? Date.parse(row.listedUpTo) : null;
    let newest: string | null = null;
    const unseen = new Set(linked);
    if (unseen.size)
      pages: for await (const page of api.listChats(signal)) {
        if ((await deps.me())?.account !== me.account) return;
        const ours = page.filter(({ id }) => linked.has(id));
        await store.chats.note(me.account, ours);
        for (const chat of page) {
          newest = later(newest, chat.newestAt);
          unseen.delete(chat.id);
          if (!unseen.size || (until !== null && Date.parse(chat.newestAt ?? '') <= until)) break pages;
        }
      }
    const rows = (await store.chats.list(me.account)).filter(({ chatId }) => linked.has(chatId));
    const known = new Set(rows.map(({ chatId }) => chatId));
    const changed = rows
      .filter(hasNews)
      .sort(byNewest)
      .map(({ chatId }) => chatId);
    const todo = [...changed, ...[...linked].filter((id) => !known.has(id))];
    const isSwept = clock.now() - (row.sweptAt ?? 0) < DAY_MS;
    const sweep = isSwept ? null : [...linked].filter((id) => !todo.includes(id));
    const total = todo.length + (sweep?.length ?? 0);
    const seen = new Date(Math.min(Date.parse(newest ?? '') || 0, listedAt - LATE_MS)).toISOString();
    await change(me, run, (run) => ({ ...run, newest: seen, listedAt, todo, sweep, total, problem: null, tries: 0 }));
  }

  /** Up to twenty chats. */
  async function step(me: Me, run: SyncRun, tries: Map<ChatId, number>, signal: AbortSignal): Promise<void> {
    const sweeping = !run.todo?.length;
    if (run.by !== 'person' || sweeping) await deps.giveWay(signal);
    if (sweeping) await clock.sleep(SWEEP_PAUSE_MS * (1 + deps.random()), signal);
    const linked = await linkedChats(me);
    const wants: Want[] = [];
    const over = new Set<ChatId>();
    let wait = Number.POSITIVE_INFINITY;
    for (const chatId of (sweeping ? run.sweep : run.todo) ?? []) {
      if (wants.length === MOST_AT_ONCE) break;
      const row = await store.chats.get(me.account, chatId);
      const { readAt, syncedAt, notBefore } = await deps.pull.states.get(me.account, chatId);
      const rests = Math.max(notBefore, run.by === 'person' ? 0 : readAt + REST_MS) - clock.now();
      // Somebody looked at it since the list was read.
      const read = readAt >= run.listedAt && syncedAt >= readAt && !row?.gap && !tries.has(chatId);
      if (!linked.has(chatId) || read || (tries.get(chatId) ?? 0) >= MOST_TRIES) over.add(chatId);
      else if (rests > 0) wait = Math.min(wait, rests);
      else wants.push({ chatId, row, older: false });
    }
    if (over.size) await change(me, run, (run) => without(run, over));
    if (!wants.length) {
      if (!over.size) await clock.sleep(Math.min(wait, REST_MS), signal);
      return;
    }
    const of = {
      run: run.id,
      step: (run: SyncRun, chatId: ChatId, written: number, done: boolean): SyncRun => ({
        ...(done ? without(run, new Set([chatId])) : run),
        messages: run.messages + written,
        problem: null,
        tries: 0,
      }),
    };
    for (const outcome of (await readMany(me, of, wants, signal)) ?? []) await heed(me, run, outcome, tries);
  }

  async function heed(me: Me, run: SyncRun, { chatId, news, problem }: Outcome, tries: Map<ChatId, number>) {
    // Not waited for: it asks tabs whether somebody looks.
    if (news.length) void deps.news(chatId, news).catch(() => {});
    if (!problem) return;
    const isClosed = problem.code === 'not-a-member' || problem.code === 'not-found';
    if (isClosed) await deps.closed(chatId);
    tries.set(chatId, isClosed || !PASSING.has(problem.code) ? MOST_TRIES : (tries.get(chatId) ?? 0) + 1);
    // It comes last then: one chat that Microsoft does not give holds no other up.
    const last = (ids: ChatId[] | null) => ids?.toSorted((a, b) => Number(a === chatId) - Number(b === chatId)) ?? null;
    await change(me, run, (run) => ({ ...run, todo: last(run.todo), sweep: last(run.sweep) }));
  }

  async function end(me: Me, { id }: SyncRun): Promise<void> {
    await store.syncs.change(me.account, (row) => {
      const { run } = row;
      if (run?.id !== id) return row;
      return {
        ...row,
        listedUpTo: later(row.listedUpTo, run.newest),
        doneAt: clock.now(),
        sweptAt: run.sweep ? clock.now() : row.sweptAt,
        brought: run.messages,
        run: null,
      };
    });
  }

  /** Waits for what passes by itself; anything else ends the run, and says so. */
  async function stumble(me: Me, run: SyncRun, problem: AppError): Promise<void> {
    const passing = PASSING.has(problem.code);
    const wait = problem.retryAfter
      ? problem.retryAfter * 1000
      : RETRY_MS * 2 ** (problem.code === 'offline' ? 0 : Math.min(run.tries, 4));
    const wakeAt = clock.now() + wait + deps.random() * 1000;
    await store.syncs.change(me.account, (row) => {
      if (row.run?.id !== run.id) return row;
      return passing
        ? { ...row, run: { ...row.run, problem, wakeAt, tries: row.run.tries + 1 } }
        : { ...row, run: null, problem };
    });
  }

  function fresh(by: SyncRun['by']): SyncRun {
    const none = { newest: null, todo: null, sweep: null, total: 0, messages: 0 };
    return { id: crypto.randomUUID(), by, listedAt: 0, ...none, wakeAt: null, problem: null, tries: 0 };
  }

  function change(me: Me, { id }: SyncRun, change: (run: SyncRun) => SyncRun): Promise<SyncRow> {
    return store.syncs.change(me.account, (row) => (row.run?.id === id ? { ...row, run: change(row.run) } : row));
  }

  async function linkedChats(me: Me): Promise<Set<ChatId>> {
    return linkedIn(store, me);
  }

  return { begin, goOn, cancel };
}

/** Chats of records that are there, as far as this account has them. */
export async function linkedIn(store: Store, { account }: Me): Promise<Set<ChatId>> {
  const links = await store.links.list(account);
  return new Set(links.filter(({ goneAt }) => goneAt === undefined).map(({ chatId }) => chatId));
}

/** Not read as far as the list knows of it. */
function hasNews({ watermark, gap, preview }: ChatRow): boolean {
  return !watermark || !!gap || (!!preview && Date.parse(preview.at) > Date.parse(watermark));
}

function byNewest(a: ChatRow, b: ChatRow): number {
  return Date.parse(b.newestAt ?? '') - Date.parse(a.newestAt ?? '') || 0;
}

function without(run: SyncRun, chats: ReadonlySet<ChatId>): SyncRun {
  const left = (ids: readonly ChatId[] | null) => ids?.filter((id) => !chats.has(id)) ?? null;
  return { ...run, todo: left(run.todo), sweep: left(run.sweep) };
}
