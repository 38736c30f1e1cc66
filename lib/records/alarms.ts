import { browser } from 'wxt/browser';

/** Chromium lets no alarm ring sooner. */
const SOONEST_MS = 30_000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** Who waits for an alarm, and until when: several accounts share one, so that none's name gets into the browser's list. */
const waiting = new Map<string, Map<string, number>>();

/**
 * Come back at `at` (milliseconds since 1970): by an alarm, which outlives the worker, and by a timer too where that is
 * sooner than an alarm may ring. A later word of the same `who` replaces the earlier; the first who is due decides.
 * @param run what both call, after `rang`; whoever still waits then says so again.
 */
export function setAlarm(name: string, who: string, at: number, run: (name: string) => Promise<void>): void {
  const all = waiting.get(name) ?? new Map<string, number>();
  waiting.set(name, all.set(who, at));
  const first = Math.min(...all.values());
  const wait = Math.max(0, first - Date.now());
  void browser.alarms.create(name, { when: Date.now() + Math.max(wait, SOONEST_MS) });
  clearTimeout(timers.get(name));
  if (wait < SOONEST_MS)
    timers.set(
      name,
      setTimeout(() => void run(name), wait),
    );
}

/** The alarm is over: nobody waits for it any more. */
export function rang(name: string): void {
  waiting.delete(name);
}
