import type { Clock } from '../model/clock.ts';
import { throttled } from './errors.ts';
import type { Limit } from './limits.ts';

/** The part of `browser.storage.session` used here. */
export interface SessionArea {
  get(keys: null | string | string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

/** One throttle for all tabs and accounts. Its memory survives the worker, so a fresh one does not start as if nothing had been sent. */
export interface Budget {
  /**
   * Resolves when a call may go; fails with `throttled` at once when that is further away than a worker may sleep.
   * `jitter` (reads only) spreads the calls of many people who all wait for the same second.
   */
  take(limits: Limit[], options: { jitter: boolean; signal?: AbortSignal | undefined }): Promise<void>;
  /** Graph said 429: nothing of these limits goes for so many seconds. */
  blocked(limits: Limit[], seconds: number): void;
}

/** Whose calls count together. */
export interface Payer {
  account: string;
  tenant: string;
}

/**
 * One account's share of the throttle of all: what Microsoft counts per user is its own, the rest it shares with others
 * of its organisation, and with nobody else.
 */
export function budgetOf(budget: Budget, { account, tenant }: Payer): Budget {
  const mine = (limits: Limit[]) =>
    limits.map((limit) => ({ ...limit, key: `${limit.perUser ? account : tenant} ${limit.key}` }));
  return {
    take: (limits, options) => budget.take(mine(limits), options),
    blocked: (limits, seconds) => budget.blocked(mine(limits), seconds),
  };
}

/** Longer waits belong to a job and an alarm: the browser may end a worker that only sleeps. */
export const LONGEST_WAIT = 20_000;
const KEY = 'graph.budget';
const JITTER = 250;

interface State {
  /** Start times of the latest calls by limit, oldest first; some lie ahead, reserved by who waits. */
  starts: Record<string, number[]>;
  /** Not before, by limit. */
  until: Record<string, number>;
}

export function createBudget(clock: Clock, session?: SessionArea, random: () => number = Math.random): Budget {
  let state: State = { starts: {}, until: {} };
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const stored = (await session?.get(KEY))?.[KEY] as Partial<State> | undefined;
    if (stored?.starts && stored.until) state = { starts: stored.starts, until: stored.until };
  }

  function save(): void {
    const now = clock.now();
    for (const [key, at] of Object.entries(state.until)) if (at <= now) delete state.until[key];
    // A minute and a bit is the widest window.
    for (const [key, list] of Object.entries(state.starts))
      if ((list.at(-1) ?? 0) < now - 65_000) delete state.starts[key];
    session?.set({ [KEY]: state }).catch(() => {});
  }

  function earliest(limits: Limit[]): number {
    let at = clock.now();
    for (const { key, count, window, cost = 1 } of limits) {
      const list = state.starts[key] ?? [];
      const blocking = list[list.length - 1 - (count - Math.min(cost, count))];
      at = Math.max(at, state.until[key] ?? 0, blocking === undefined ? 0 : blocking + window);
    }
    return at;
  }

  return {
    async take(limits, { jitter, signal }) {
      loading ??= load().catch(() => {});
      await loading;
      for (;;) {
        signal?.throwIfAborted();
        const now = clock.now();
        let at = earliest(limits);
        if (at - now > LONGEST_WAIT) throw throttled(Math.ceil((at - now) / 1000));
        if (jitter && at > now) at += random() * JITTER;
        for (const { key, count, cost = 1 } of limits) {
          const mine = new Array(Math.min(cost, count)).fill(at);
          const list = [...(state.starts[key] ?? []), ...mine].sort((a, b) => a - b);
          state.starts[key] = list.slice(-2 * count);
        }
        save();
        if (at > now) await clock.sleep(at - now, signal);
        // A 429 that came while this call slept holds for it too.
        if (limits.every(({ key }) => (state.until[key] ?? 0) <= clock.now())) return;
      }
    },
    blocked(limits, seconds) {
      const at = clock.now() + seconds * 1000;
      for (const { key } of limits) state.until[key] = Math.max(state.until[key] ?? 0, at);
      save();
    },
  };
}
