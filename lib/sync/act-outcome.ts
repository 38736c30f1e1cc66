import { type AppError, fail } from '../model/errors.ts';
import type { ActRow } from '../storage/schema.ts';
import { MENDED, MENDED_MS, OFFLINE_MS, REFUSED, WAIT_MS, waitAfter } from './send-outcome.ts';

/** So often it is tried where Microsoft neither does it nor says no. */
const MOST_TRIES = 5;

/**
 * What a failed attempt makes of its row.
 * @param before the row as it was before the attempt: an earlier attempt may still have arrived.
 */
export function afterFailedAct(error: AppError, before: ActRow, now: number): Partial<ActRow> {
  const notTaken = { startedAt: before.startedAt, emptyLooks: before.emptyLooks };
  // Looked for again first, where an earlier attempt may have arrived.
  const state = before.startedAt === null ? 'queued' : 'unknown';
  if (error.code === 'throttled') return { ...notTaken, state, notBefore: now + waitAfter(error) };
  if (error.code === 'offline') return { ...notTaken, state, notBefore: now + OFFLINE_MS };
  // Messages go on without it, so it does not wait for an administrator: the person is told and may try again.
  if (REFUSED.has(error.code) || NEEDS_CONSENT.has(error.code)) return actFailed(error);
  if (MENDED.has(error.code)) return { ...notTaken, state, problem: error, notBefore: now + MENDED_MS };
  const emptyLooks = before.emptyLooks + 1;
  if (emptyLooks >= MOST_TRIES) return actFailed(error);
  return { state: 'unknown', problem: null, emptyLooks, notBefore: emptyLooks === 1 ? now : now + WAIT_MS };
}

export function actFailed(problem: AppError): Partial<ActRow> {
  return { state: 'failed', problem, startedAt: null, emptyLooks: 0 };
}

/** Somebody who is this person, too, was there before: in Teams, or in another browser. */
export function changedElsewhere(deleted: boolean): AppError {
  return fail(
    'message-changed',
    deleted ? 'This message was deleted meanwhile' : 'This message was changed elsewhere meanwhile',
    deleted
      ? 'Your edit was not made.'
      : 'Your edit was not made, so that nothing is lost. Look at what it says now; if you still want your text, try again.',
  ).error;
}

const NEEDS_CONSENT: ReadonlySet<AppError['code']> = new Set(['missing-scope', 'admin-consent-needed'] as const);
