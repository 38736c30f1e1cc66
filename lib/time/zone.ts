import type { WallTime, ZoneName } from '../model/ids.ts';
import { DAY, msOfWall } from '../model/wall-time.ts';

/** What a wall time in a zone means. Where clocks are put forward some never come, where they are put back some come twice. */
export type Instants =
  | { kind: 'one'; at: number }
  /**
   * It never comes. `after` is as long past the jump as the wall time seems to be (02:30 becomes 03:30), as most calendars
   * take it; `before` is the other way to read it (01:30).
   */
  | { kind: 'gap'; before: number; after: number }
  | { kind: 'overlap'; first: number; second: number };

/** The zone of that name, or null where this browser has none; never the browser's own instead. */
export function zoneOf(name: string | null | undefined): ZoneName | null {
  const zone = (name ?? '').trim();
  // "+05:30" is taken by browsers too, and keeps no summer time.
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    formatFor(zone);
    return zone as ZoneName;
  } catch {
    return null;
  }
}

/** Milliseconds since 1970 at which a clock in the zone shows this, as far as it does. */
export function instantOf(wall: WallTime, zone: ZoneName): Instants {
  const shown = msOfWall(wall);
  // No zone is further than a day from UTC, and none changes twice within two days.
  const early = offsetAt(shown - DAY, zone);
  const late = offsetAt(shown + DAY, zone);
  const found = [...new Set([early, late])]
    .map((offset) => shown - offset)
    .filter((at) => at + offsetAt(at, zone) === shown)
    .sort((a, b) => a - b);
  const [first, second] = found;
  if (first === undefined) return { kind: 'gap', before: shown - late, after: shown - early };
  return second === undefined ? { kind: 'one', at: first } : { kind: 'overlap', first, second };
}

/** What a clock in the zone shows at an instant. */
export function wallAt(at: number, zone: ZoneName): WallTime {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19) as WallTime;
}

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
export function offsetAt(at: number, zone: ZoneName): number {
  const whole = Math.floor(at / 1000) * 1000;
  const [, month, day, year, hour, minute, second] = PARTS.exec(formatFor(zone).format(whole)) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - whole;
}

const PARTS = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const numeric = 'numeric' as const;
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
    formats.set(zone, format);
  }
  return format;
}
