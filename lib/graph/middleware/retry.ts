import type { Context } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../../model/clock.ts';
import { type Budget, LONGEST_WAIT } from '../budget.ts';
import { offline, outcomeUnknown, throttled } from '../errors.ts';
import { drop, Link, NoAnswer, optionsOf } from './link.ts';

/** Attempts in all. */
const ATTEMPTS = 4;

/**
 * In the place of the client's RetryHandler, which repeats POST after 503 and 504 and cuts Retry-After short. A safe
 * call is repeated after 429, 503, 504 and once when the network dropped it; a write after 429 alone, the one answer
 * that says it was surely not taken. Retry-After is kept whole: up to 20 s in all are slept here, longer waits are the
 * caller's (`throttled` with `retryAfter`).
 */
export class Retry extends Link {
  readonly #budget: Budget;
  readonly #clock: Clock;
  constructor(budget: Budget, clock: Clock) {
    super();
    this.#budget = budget;
    this.#clock = clock;
  }

  async execute(context: Context): Promise<void> {
    const { safe, limits, jitter } = optionsOf(context);
    const signal = context.options?.signal as AbortSignal | undefined;
    const began = this.#clock.now();
    for (let attempt = 1; ; attempt++) {
      await this.#budget.take(limits, { jitter, signal });
      try {
        await this.next.execute(context);
      } catch (e) {
        if (!(e instanceof NoAnswer)) throw e;
        if (!safe) throw outcomeUnknown('no answer', e.cause);
        if (attempt > 1) throw offline(e.cause);
        await this.#clock.sleep(500, signal);
        continue;
      }
      const response = context.response as Response;
      if (!safe && response.status >= 500) throw outcomeUnknown(`status ${response.status}`);
      if (response.status !== 429 && response.status !== 503 && response.status !== 504) return;
      const seconds = retryAfterOf(response, this.#clock.now()) ?? 2 ** (attempt - 1);
      if (response.status === 429) this.#budget.blocked(limits, seconds);
      const wake = this.#clock.now() + seconds * 1000;
      if (attempt >= ATTEMPTS || wake - began > LONGEST_WAIT) {
        if (response.status === 429) throw throttled(seconds);
        return;
      }
      drop(response);
      // After a 429 the budget holds the next attempt back, and everybody else's.
      if (response.status !== 429) await this.#clock.sleep(seconds * 1000, signal);
    }
  }
}

/** Seconds until Graph will listen again: a number, or a date. Null where it does not say. */
export function retryAfterOf(response: Response, now: number): number | null {
  const value = response.headers.get('Retry-After')?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
