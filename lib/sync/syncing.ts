import type { SyncRun } from '../storage/schema.ts';
import { createFill, type FillDeps } from './fill.ts';
import { createSyncAll, type SyncAllDeps } from './sync-all.ts';

export interface SyncingDeps extends Omit<SyncAllDeps, 'giveWay' | 'arm'>, Omit<FillDeps, 'giveWay' | 'arm'> {
  /** Minutes between two runs by themselves; null: none but the day's first. */
  minutes(): Promise<number | null>;
  /** Sets the alarm: call `ring()` at this time. A later call replaces it. */
  wake(at: number): void;
  /** Nothing begins by itself: a private window keeps nothing. */
  quiet: boolean;
}

/** Opening a record, and reading it, comes before catching up. */
const FIRST_USE_MS = 50_000;
const JITTER_MS = 30_000;
/** A due time that passed so long ago did so while the browser slept. */
const MISSED_MS = 120_000;
/** Should the worker die in a run, the alarm goes on with it. */
const ALIVE_MS = 60_000;
const PAUSE_MS = 3_000;

export type Syncing = ReturnType<typeof createSyncing>;

/** When all of an account's chats are brought up to date, and their history filled. */
export function createSyncing(deps: SyncingDeps) {
  const { store, clock, random } = deps;
  let busyUntil = 0;
  const parts = { ...deps, giveWay, arm };
  const all = createSyncAll(parts);
  const fill = createFill(parts);

  /** What the person does comes first; not for ever, since they may never rest. */
  async function giveWay(signal: AbortSignal): Promise<void> {
    const wait = Math.min(busyUntil - clock.now(), PAUSE_MS);
    if (wait > 0) await clock.sleep(wait, signal);
  }

  const soon = () => clock.now() + FIRST_USE_MS + random() * JITTER_MS;

  /** Sets the alarm for whatever is next. */
  async function arm(): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    const { run, due } = await store.syncs.get(me.account);
    const times: number[] = [];
    if (run) times.push(run.wakeAt ?? clock.now() + ALIVE_MS);
    else if (due) times.push(due.at);
    if (!deps.quiet && (await fill.isOpen())) times.push(clock.now() + ALIVE_MS);
    if (times.length) deps.wake(Math.max(Math.min(...times), clock.now()));
  }

  /** Thinks of the next run by the timer, from the end of the last one. */
  async function plan(): Promise<void> {
    const [me, minutes] = [await deps.me(), await deps.minutes()];
    if (!me || deps.quiet) return;
    await store.syncs.change(me.account, (row) => {
      if (row.due?.by === 'day') return row;
      if (minutes === null) return row.due ? { ...row, due: null } : row;
      const at = Math.max(row.doneAt ?? 0, clock.now() - minutes * 60_000) + minutes * 60_000 * (1 + random() / 20);
      // What is due sooner stays so: else every look at it would put it off.
      return row.due && row.due.at <= at ? row : { ...row, due: { at, by: 'timer' } };
    });
    await arm();
  }

  /** The alarm, or a worker that begins: whatever is due goes on. Resolves when that ended or waits. */
  async function ring(): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    let by: SyncRun['by'] | null = null;
    // In one transaction: a worker that the alarm woke is asked twice at once.
    await store.syncs.change(me.account, (row) => {
      const { run, due, doneAt, dayAt } = row;
      if (run || !due || due.at > clock.now()) return row;
      if (due.at < clock.now() - MISSED_MS) return { ...row, due: { ...due, at: soon() } };
      // The person may have done it meanwhile.
      by = due.by === 'day' && (doneAt ?? 0) > (dayAt ?? 0) ? null : due.by;
      return { ...row, due: null };
    });
    if (by) await all.begin(by);
    if (!deps.quiet) void fill.goOn();
    await all.goOn();
    await plan();
  }

  return {
    ring,
    plan,
    cancel: all.cancel,
    filling: fill.of,
    /** Fills histories. Resolves when nothing more is to be fetched by itself. */
    fill: fill.goOn,
    filled: fill.count,

    /** The person wants all of it now. */
    start: () => all.begin('person'),

    /** The person works with records: whatever nobody waits for gives way, and the day's first time leads to a run. */
    async used(): Promise<void> {
      busyUntil = clock.now() + PAUSE_MS;
      const me = await deps.me();
      if (!me || deps.quiet || !(await deps.canRead())) return;
      const row = await store.syncs.get(me.account);
      if (!isToday(Math.max(row.doneAt ?? 0, row.dayAt ?? 0), clock.now())) {
        await store.syncs.change(me.account, (row) => ({ ...row, dayAt: clock.now(), due: { at: soon(), by: 'day' } }));
        await arm();
      }
      void fill.goOn();
    },
  };
}

function isToday(then: number, now: number): boolean {
  return new Date(then).toDateString() === new Date(now).toDateString();
}
