import type { FormShown } from '../desk.ts';

/** Tells what is on screen: at once when it is a record, after a moment when it is none. */
export interface Teller {
  /** Look again; says something only where it differs from what was said last. */
  look(): void;
  /** Say it again whatever was said: whoever listens has forgotten. */
  again(): void;
  stop(): void;
}

/**
 * While Desk goes from one record to the next it shows neither for up to a quarter of a second. The one that was there
 * still stands on the screen then, so it stays the one that is told: the panel does not blink, and what is sent in that
 * moment belongs to the record it was written for.
 */
export function createTeller<T extends { shown: FormShown | null }>(
  now: () => T,
  say: (state: T) => void,
  patienceMs = 300,
): Teller {
  let said: string | undefined;
  let saidRecord = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (always: boolean) => {
    clearTimeout(timer);
    const state = now();
    const text = JSON.stringify(state);
    if (!always && text === said) return;
    said = text;
    saidRecord = state.shown !== null;
    say(state);
  };
  return {
    look() {
      if (now().shown || !saidRecord) return tell(false);
      clearTimeout(timer);
      timer = setTimeout(() => tell(false), patienceMs);
    },
    again: () => tell(true),
    stop: () => clearTimeout(timer),
  };
}
