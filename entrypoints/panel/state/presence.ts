import { signal } from '@preact/signals';
import type { AppError } from '../../../lib/model/errors.ts';
import type { RecordKey, UserId } from '../../../lib/model/ids.ts';
import type { Presence } from '../../../lib/model/presence.ts';
import type { PanelView, PresenceView } from '../../../lib/rpc/contract.ts';
import type { Ask } from './session.ts';

/** An act of the person asks again after this long; the worker holds it longer, over all tabs. */
const EVERY_MS = 60_000;
/** Of the record on screen; Microsoft takes no more in one call. */
const MOST = 650;

/**
 * Whether the people on screen can be reached: asked together, as a record opens, as somebody new shows, and again as
 * the person acts. Nothing by itself.
 */
export function createPresence(ask: Ask, now: () => number) {
  const known = signal<ReadonlyMap<UserId, Presence>>(new Map());
  const state = signal<PresenceView['state'] | null>(null);
  const problem = signal<AppError | null>(null);
  const people = new Set<UserId>();
  let record: RecordKey | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;
  let wanted = false;

  const run = async (): Promise<void> => {
    while (wanted) {
      wanted = false;
      askedAt = now();
      const answer = await ask('presence', { userIds: [...people].slice(0, MOST) });
      // Whoever has signed out sees nothing of what the last person saw.
      if (!answer.ok && answer.error.code === 'signed-out') known.value = new Map();
      if (!answer.ok) continue;
      state.value = answer.value.state;
      problem.value = answer.value.problem;
      known.value = new Map(answer.value.people.map(({ userId, presence }) => [userId, presence]));
    }
    asking = null;
  };
  /** Not while rendering, and once for all who are drawn in the same breath. */
  const soon = (): Promise<void> => {
    wanted = true;
    asking ??= Promise.resolve().then(run);
    return asking;
  };

  return {
    state,
    problem,
    presenceOf(userId: UserId | null): Presence | null {
      const presence = known.value.get(userId ?? ('' as UserId)) ?? null;
      if (userId && record && !people.has(userId)) {
        people.add(userId);
        void soon();
      }
      return presence;
    },
    /** Another record has other people: those of its chat are asked for at once, not when somebody opens their list. */
    follow(view: PanelView | null): void {
      const shown = view?.kind === 'record' ? view : null;
      if (shown?.key !== record) people.clear();
      record = shown?.key ?? null;
      const before = people.size;
      const chat =
        shown && (shown.chat.kind === 'linked' || shown.chat.kind === 'unconfirmed') ? shown.chat.chat : null;
      for (const { userId } of chat?.members ?? []) if (userId) people.add(userId);
      if (people.size > before) void soon();
    },
    /** The person did something here. */
    act(): void {
      if (people.size > 0 && now() - askedAt >= EVERY_MS) void soon();
    },
    /** It was switched on or off, or another person is signed in. */
    again(): Promise<void> {
      return people.size > 0 ? soon() : Promise.resolve();
    },
  };
}
