import { browser } from 'wxt/browser';

/** Chromium lets no alarm ring sooner. */
const SOONEST_MS = 30_000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/**
 * Come back at `at` (milliseconds since 1970): by an alarm, which outlives the worker, and by a timer too where that is
 * sooner than an alarm may ring. `run` is what both call.
 */
export function setAlarm(name: string, at: number, run: (name: string) => Promise<void>): void {
  const wait = Math.max(0, at - Date.now());
  void browser.alarms.create(name, { when: Date.now() + Math.max(wait, SOONEST_MS) });
  clearTimeout(timers.get(name));
  if (wait < SOONEST_MS)
    timers.set(
      name,
      setTimeout(() => void run(name), wait),
    );
}
