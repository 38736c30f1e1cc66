import type { AppError, AppFailure } from '../model/errors.ts';
import type { Tier } from './scopes.ts';

/** After Microsoft said that it wants the person, no new hidden window for this long (milliseconds). */
const SILENCE = 60_000;

/** What silent renewal came to grief on and only a person can mend. */
export interface Stuck {
  failed(tier: Tier, failure: AppFailure): void;
  /** The last failure, while Microsoft must not be asked again. */
  silence(tier: Tier): AppFailure | null;
  /** What to tell the person, until they signed in again or a renewal succeeded. */
  problem(): AppError | null;
  renewed(tier: Tier): void;
  clear(): void;
}

export function createStuck(now: () => number): Stuck {
  const failures = new Map<Tier, { until: number; failure: AppFailure }>();
  return {
    failed(tier, failure) {
      // A line that is down mends itself.
      if (!PASSES.has(failure.error.code)) failures.set(tier, { until: now() + SILENCE, failure });
    },
    silence(tier) {
      const last = failures.get(tier);
      return last && last.until > now() ? last.failure : null;
    },
    problem: () => [...failures.values()].at(-1)?.failure.error ?? null,
    renewed: (tier) => void failures.delete(tier),
    clear: () => failures.clear(),
  };
}

const PASSES: ReadonlySet<AppError['code']> = new Set(['offline', 'microsoft-down']);
