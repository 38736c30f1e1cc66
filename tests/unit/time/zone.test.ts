/// <reference lib="esnext.temporal" />
import { describe, expect, it } from 'vitest';
import type { WallTime, ZoneName } from '../../../lib/model/ids.ts';
import { DAY, wallOfMs } from '../../../lib/model/wall-time.ts';
import { instantOf, wallAt, zoneOf } from '../../../lib/time/zone.ts';
import { ZONES } from './zones.ts';

const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2028, 0, 1);

/** Temporal's own word on a wall time: an engine's built-in, not our way by Intl. */
function theirs(wall: string, zone: string) {
  const plain = Temporal.PlainDateTime.from(wall);
  const at = (disambiguation: 'earlier' | 'later') => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  const [earlier, later] = [at('earlier'), at('later')];
  if (earlier === later) return { kind: 'one', at: earlier };
  const there = Temporal.Instant.fromEpochMilliseconds(earlier).toZonedDateTimeISO(zone).toPlainDateTime();
  return there.equals(plain)
    ? { kind: 'overlap', first: earlier, second: later }
    : { kind: 'gap', before: earlier, after: later };
}

describe.each(ZONES)('a clock in %s', (name) => {
  const zone = zoneOf(name) as ZoneName;
  /** The instants at which its offset changes, to the hour before them. */
  const changes: number[] = [];
  for (let at = FROM, was = Number.NaN; at < TO; at += 3_600_000) {
    const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).offsetNanoseconds;
    if (now !== was && !Number.isNaN(was)) changes.push(at - 3_600_000);
    was = now;
  }

  it('means what Temporal says, each day of two years and each quarter of an hour around a change', () => {
    const walls: WallTime[] = [];
    // 7 h 45 min is prime to a day: all hours are met.
    for (let at = FROM; at < TO; at += 7.75 * 3_600_000) walls.push(wallOfMs(at)!);
    for (const change of changes)
      for (let at = change - 20 * 3_600_000; at < change + 20 * 3_600_000; at += 900_000) walls.push(wallOfMs(at)!);
    for (const change of changes) {
      const local = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(name).toPlainDateTime();
      for (let minutes = -240; minutes < 360; minutes += 5)
        walls.push(local.add({ minutes }).toString({ smallestUnit: 'second' }) as WallTime);
    }
    const wrong = walls.filter((wall) => JSON.stringify(instantOf(wall, zone)) !== JSON.stringify(theirs(wall, name)));
    expect(wrong).toEqual([]);
    const kinds = new Set(walls.map((wall) => instantOf(wall, zone).kind));
    expect(kinds.size > 1).toBe(changes.length > 0);
  });

  it('shows what Temporal says, and back again', () => {
    for (let at = FROM; at < TO; at += 7 * 3_600_000 + 59_000) {
      const wall = wallAt(at, zone);
      const said = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).toPlainDateTime();
      expect(wall).toBe(said.toString({ smallestUnit: 'second' }));
      const meant = instantOf(wall, zone);
      expect([meant.kind === 'one' ? meant.at : meant.kind === 'overlap' ? meant.first : null, at]).toContain(at);
      if (meant.kind === 'one') expect(meant.at).toBe(at);
    }
  });
});

describe('a zone', () => {
  it('that nobody knows is none', () => {
    for (const name of ['', 'Mars/Olympus', '+05:30', 'W. Europe Standard Time', null, undefined])
      expect(zoneOf(name)).toBeNull();
  });

  it('that left out a day leaves it out', () => {
    const apia = zoneOf('Pacific/Apia') as ZoneName;
    expect(instantOf('2011-12-30T12:00:00' as WallTime, apia)).toEqual({
      kind: 'gap',
      before: Date.UTC(2011, 11, 29, 22),
      after: Date.UTC(2011, 11, 30, 22),
    });
    expect(DAY).toBe(86_400_000);
  });
});
