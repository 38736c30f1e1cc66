import type { Bell } from '../model/bell.ts';
import { bellUrl } from '../model/bell.ts';
import type { Clock } from '../model/clock.ts';
import { type AppError, toAppError } from '../model/errors.ts';
import type { AccountId, ChatId, Origin } from '../model/ids.ts';
import type { Store } from '../storage/open.ts';
import type { Me } from './message-api.ts';

/** The calls of Graph that keep a chat's bell alive. Times in milliseconds since 1970. */
export interface PushApi {
  subscribe(chatId: ChatId, to: { url: string; state: string; until: number }): Promise<{ id: string; until: number }>;
  /** @throws AppFailure `not-found` where Graph ended it. */
  renew(id: string, until: number): Promise<{ id: string; until: number }>;
  unsubscribe(id: string): Promise<void>;
}

export interface PushDeps {
  store: Store;
  api: PushApi;
  clock: Clock;
  random: () => number;
  me(): Promise<Me | null>;
  canRead(): Promise<boolean>;
  /** Sets the alarm: call `renewAll()` at this time. A later call replaces it. */
  wake(at: number): void;
}

export type Push = ReturnType<typeof createPush>;

/** Graph takes an hour without an address for lifecycle notices; ours rings for those too, and needs no longer one. */
export const LASTS_MS = 55 * 60_000;
/** What is left of it when it is renewed. */
const RENEW_MS = 15 * 60_000;
const MINUTE = 60_000;

/**
 * Keeps one subscription a chat alive while somebody here has the chat open, so that the site rings for it. Graph has
 * one for all of an organisation: where a colleague has it, theirs rings here as well, and ours is tried again later.
 * A chat that nobody here has open any more is given up by not renewing it.
 */
export function createPush({ store, api, clock, random, me, canRead, wake }: PushDeps) {
  const busy = new Map<ChatId, Promise<void>>();

  /** The person has this chat open, on a site that rings. Never throws: reading as people act goes on without it. */
  function keep(origin: Origin, bell: Bell, chatId: ChatId): Promise<void> {
    const there = busy.get(chatId);
    if (there) return there;
    const run = keepOne(origin, bell, chatId).finally(() => busy.delete(chatId));
    busy.set(chatId, run);
    return run;
  }

  async function keepOne(origin: Origin, bell: Bell, chatId: ChatId): Promise<void> {
    const who = await me();
    if (!who || !(await canRead())) return;
    const { account } = who;
    const now = clock.now();
    const row = await store.pushes.get(account, chatId);
    // Another bell rings here since: the old subscription leads nowhere.
    const same = row?.method === bell.method;
    if (row?.id && same && row.until > now) {
      if (row.until - now > RENEW_MS) return;
      if (await renewed(account, chatId, row.id, origin, bell)) return;
    } else if (row && same && row.until > now) return;
    const begun = { account, chatId, origin, method: bell.method };
    // Before it leaves: a worker that dies in it asks again in a minute, and is refused where the first one arrived.
    await store.pushes.put({ ...begun, id: null, until: now + MINUTE, problem: null });
    try {
      const until = now + LASTS_MS;
      const made = await api.subscribe(chatId, { url: bellUrl(origin, bell), state: bell.state, until });
      await store.pushes.put({ ...begun, id: made.id, until: made.until, problem: null });
      await setAlarm(account);
    } catch (caught) {
      const problem = toAppError(caught);
      await store.pushes.put({ ...begun, id: null, until: now + pause(problem), problem });
    }
  }

  /** A colleague's runs out within the hour; whoever tries first has it then. */
  function pause(problem: AppError): number {
    if (problem.retryAfter !== undefined) return Math.max(MINUTE, problem.retryAfter * 1000);
    if (problem.code === 'push-taken') return (5 + 10 * random()) * MINUTE;
    return problem.code === 'offline' || problem.code === 'microsoft-down' ? 2 * MINUTE : 60 * MINUTE;
  }

  async function renewed(account: AccountId, chatId: ChatId, id: string, origin: Origin, { method }: Bell) {
    try {
      const { until } = await api.renew(id, clock.now() + LASTS_MS);
      await store.pushes.put({ account, chatId, origin, method, id, until, problem: null });
      await setAlarm(account);
      return true;
    } catch (caught) {
      // Ended by Graph, or by a sign-in that lasts no longer: a new one is asked for at once.
      return toAppError(caught).code !== 'not-found';
    }
  }

  /** When the next one has to be renewed. */
  async function setAlarm(account: AccountId): Promise<void> {
    const held = (await store.pushes.list(account)).filter(({ id }) => id);
    const times = held.map(({ until }) => until - RENEW_MS).filter((at) => at > clock.now() - RENEW_MS);
    if (times.length) wake(Math.max(Math.min(...times), clock.now() + MINUTE));
  }

  return {
    keep,

    /** Nobody needs this chat's bell any more: it belongs to no record of ours now, or the person signs out. */
    async giveUp(account: AccountId, which: (chatId: ChatId) => boolean = () => true): Promise<void> {
      for (const { chatId, id } of await store.pushes.list(account)) {
        if (!which(chatId)) continue;
        // What Graph does not hear of runs out within the hour.
        if (id) await api.unsubscribe(id).catch(() => {});
        await store.pushes.remove(account, chatId);
      }
    },

    /** Why a site's bell does not ring for this account, where that is known: the newest refusal but a colleague's. */
    async problem(account: AccountId, origin: Origin): Promise<AppError | null> {
      const rows = (await store.pushes.list(account)).filter((row) => row.origin === origin && row.problem);
      return rows.find(({ problem }) => problem?.code !== 'push-taken')?.problem ?? null;
    },

    /** Whether Microsoft reached the site: it did where it made a subscription, or has one of a colleague's. */
    async reached(account: AccountId, origin: Origin, method: string): Promise<boolean> {
      const rows = (await store.pushes.list(account)).filter((row) => row.origin === origin && row.method === method);
      return rows.some(({ id, problem }) => id !== null || problem?.code === 'push-taken');
    },
  };
}
