import { oneAtATime } from '../auth/turns.ts';
import type { Graph } from '../graph/client.ts';
import { MOST_PRESENCES, presences } from '../graph/presence.ts';
import type { Clock } from '../model/clock.ts';
import { type AppError, AppFailure } from '../model/errors.ts';
import type { AccountId, UserId } from '../model/ids.ts';
import type { Presence } from '../model/presence.ts';

/** Whether people can be reached, as far as Microsoft said lately. In memory alone: it is nothing to keep. */
export interface Presences {
  /** Of up to 650 people; who is not known is left out. What goes wrong is said, beside what was known before. */
  of(account: AccountId, ids: readonly UserId[]): Promise<{ known: Map<UserId, Presence>; problem: AppError | null }>;
  forget(account: AccountId): void;
  /** The person did something about it: Microsoft is asked again at once. */
  forgetProblems(): void;
}

/** Asked again after this long, when a person acts. Milliseconds, as the next. */
const FRESH_MS = 90_000;
/** What was said before this is not shown any more, whatever became of asking again. */
const LAST_MS = 5 * 60_000;
/** Microsoft refused: no act of a person asks again before this. */
const REST_MS = 60_000;

export function createPresences(graph: Graph, clock: Clock): Presences {
  const said = new Map<AccountId, Map<UserId, { presence: Presence | null; at: number }>>();
  const refused = new Map<AccountId, { until: number; problem: AppError }>();
  // Tabs that ask at the same moment ask Microsoft once: the second finds what the first was told.
  const inTurn = oneAtATime();

  const ask = async (account: AccountId, ids: readonly UserId[]): Promise<AppError | null> => {
    const now = clock.now();
    const known = said.get(account) ?? new Map();
    said.set(account, known);
    for (const [id, { at }] of known) if (at < now - LAST_MS) known.delete(id);
    const stale = ids.filter((id) => (known.get(id)?.at ?? 0) <= now - FRESH_MS);
    if (stale.length === 0) return null;
    const last = refused.get(account);
    if (last && last.until > now) return last.problem;
    try {
      for (const [id, presence] of await presences(graph, stale)) known.set(id, { presence, at: now });
      refused.delete(account);
      return null;
    } catch (caught) {
      if (!(caught instanceof AppFailure)) throw caught;
      const rest = Math.max(REST_MS, (caught.error.retryAfter ?? 0) * 1000);
      refused.set(account, { until: now + rest, problem: caught.error });
      return caught.error;
    }
  };

  return {
    async of(account, ids) {
      const some = [...new Set(ids)].slice(0, MOST_PRESENCES);
      const problem = await inTurn(() => ask(account, some));
      const known = new Map<UserId, Presence>();
      for (const id of some) {
        const presence = said.get(account)?.get(id)?.presence;
        if (presence) known.set(id, presence);
      }
      return { known, problem };
    },
    forget(account) {
      said.delete(account);
      refused.delete(account);
    },
    forgetProblems: () => refused.clear(),
  };
}
