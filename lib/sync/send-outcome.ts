import { type AppError, toAppError } from '../model/errors.ts';
import type { SendRow } from '../storage/schema.ts';

/** Between two looks, and before another try where no server said how long to wait. */
export const WAIT_MS = 60_000;

/** Rest after an attempt that cannot have left, however many acts of the person ask for another. */
export const OFFLINE_MS = 5_000;
export const MENDED_MS = 15_000;

/**
 * What a failed attempt makes of its row. Only where Graph surely did not take the message may it be sent again by
 * itself; whatever is not known for sure is `unknown`, never `failed`.
 * @param before the row as it was before the attempt: an earlier attempt may still have arrived.
 */
export function afterFailedSend(caught: unknown, before: SendRow, now: number): Partial<SendRow> {
  const error = toAppError(caught);
  const notTaken = { startedAt: before.startedAt, newestKnown: before.newestKnown };
  if (error.code === 'throttled') return { ...notTaken, state: 'queued', notBefore: now + waitAfter(error) };
  if (error.code === 'offline') return { ...notTaken, state: 'queued', notBefore: now + OFFLINE_MS };
  // Meanwhile the row says what it waits for.
  if (MENDED.has(error.code)) return { ...notTaken, state: 'queued', problem: error, notBefore: now + MENDED_MS };
  if (REFUSED.has(error.code)) return { ...notTaken, state: 'failed', problem: error };
  return { state: 'unknown', problem: unsure, emptyLooks: 0, mayResend: false, notBefore: now };
}

/** Milliseconds that the error asks to wait. */
export function waitAfter(error: AppError): number {
  return error.retryAfter === undefined ? WAIT_MS : error.retryAfter * 1000;
}

/** A sending row whose worker died: nobody heard the answer. */
export function afterLostWorker(now: number): Partial<SendRow> {
  return { state: 'unknown', problem: unsure, emptyLooks: 0, mayResend: false, notBefore: now };
}

/** A look that found nothing. After the second, a minute after the first, the person may send again. */
export function afterEmptyLook(row: SendRow, now: number): Partial<SendRow> {
  const emptyLooks = row.emptyLooks + 1;
  const mayResend = emptyLooks >= 2;
  return { emptyLooks, mayResend, notBefore: now + WAIT_MS, problem: mayResend ? notFound : unsure };
}

/** The base tier cannot look: the person decides at once. */
export const cannotLook: Partial<SendRow> = {
  mayResend: true,
  problem: {
    code: 'outcome-unknown',
    title: 'Not sure whether this was sent',
    text: 'The answer got lost, and Deskside may not read there to check. Look in Teams: if the message is there, discard it here; if not, send it again. Sent again, it may be there twice.',
  },
};

const unsure: AppError = {
  code: 'outcome-unknown',
  title: 'Checking whether this was sent',
  text: 'The answer got lost. Deskside looks for the message in the chat; you need not do anything.',
};

const notFound: AppError = {
  code: 'outcome-unknown',
  title: 'Not sure whether this was sent',
  text: 'The answer got lost, and two looks in the chat did not find the message. Send it again or discard it. Sent again, it may be there twice if the first one still arrives.',
};

type Codes = ReadonlySet<AppError['code']>;

/** The person signs in or asks for the permission, and it goes on. */
export const MENDED: Codes = new Set([
  'signed-out',
  'sign-in-cancelled',
  'sign-in-refused',
  'sign-in-blocked',
  'admin-consent-needed',
  'wrong-tenant',
  'not-configured',
  'missing-scope',
] as const);

/** Graph's clear no, or ours before anything left. */
export const REFUSED: Codes = new Set([
  'not-a-member',
  'not-found',
  'refused-by-microsoft',
  'member-refused',
  'too-long',
  'not-permitted',
  'record-changed',
] as const);
