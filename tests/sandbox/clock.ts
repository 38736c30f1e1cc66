import type { Clock } from './shell.ts';

/** The sandbox's clock: it runs like the real one, from wherever it was set. Times in milliseconds since 1970. */
export interface MovableClock extends Clock {
  set(now: number): void;
  advance(ms: number): void;
  /** Back to the machine's own time. */
  reset(): void;
}

/** @param real the time underneath, passed in so that tests can hold it still */
export function createClock(real: () => number = Date.now): MovableClock {
  let offset = 0;
  return {
    now: () => real() + offset,
    set: (now) => {
      offset = now - real();
    },
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
  };
}
