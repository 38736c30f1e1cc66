import type { FrappeVersion } from '../../../lib/model/event-fields.ts';
import { WEEKDAYS } from '../../../lib/model/wall-time.ts';
import { random } from '../random.ts';

/** Events as REST gives them, with a taste for month ends, midnights, one's own last day, and fields left empty. */
export function randomEvents(version: FrappeVersion, count: number, seed: number): Record<string, unknown>[] {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const rhythms = ['Daily', 'Weekly', 'Weekly', 'Monthly', 'Monthly', 'Yearly'];
  if (version === 16) rhythms.push('Quarterly', 'Half Yearly');
  return Array.from({ length: count }, () => {
    let on = one([...rhythms, ...rhythms, ...rhythms, one(['', 'Every Day'])]);
    let start = Date.UTC(2026, below(36), 1 + below(28));
    if (next() < 0.35) start = Date.UTC(2026, below(36), one([28, 29, 30, 31]));
    if (next() < 0.1) [start, on] = [Date.UTC(2028, 1, 29), one(['Monthly', 'Yearly'])];
    const minutes = next() < 0.2 ? 0 : below(24 * 4) * 15;
    let length: number | null = one([null, 15, 60, 90, 4 * 60, 12 * 60, 26 * 60, 3 * 1440, 8 * 1440]);
    if (on === 'Daily' && length && minutes + length >= 1440) length = null;
    const at = start + minutes * 60_000;
    const till = one([null, null, 0, below(20), below(900), below(900), 365, -1 - below(5)]);
    const stamp = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
    const ticked = next() < 0.1 ? 0 : next();
    return {
      name: 'EV-1',
      subject: 'Review',
      starts_on: stamp(at),
      ...(length === null ? {} : { ends_on: stamp(at + length * 60_000) }),
      all_day: 0,
      repeat_this_event: 1,
      ...(on ? { repeat_on: on } : {}),
      ...(till === null ? {} : { repeat_till: day(start + till * 86_400_000) }),
      ...Object.fromEntries(WEEKDAYS.map((name) => [name, next() < ticked ? 1 : 0])),
    };
  });
}
