import type { CalendarDate, WindowsZone } from '../model/ids.ts';
import type { MeetingTimes } from '../model/meeting.ts';
import { occurrencesOf, type Recurrence } from '../model/recurrence.ts';
import { addDays, clockOf, wallOf } from '../model/wall-time.ts';
import { windowsZoneAt, windowsZoneOf } from './windows-zones.ts';
import { instantOf, wallAt } from './zone.ts';

/** How far an endless series is looked at. The laws on time are seldom known for longer. */
export const HORIZON_DAYS = 731;

/**
 * The zone in which Teams is to be told these times. Null where no zone of its own shows the same clock then, or where the
 * clock shows the time twice: a meeting is told in UTC then, which is exact; a series cannot be.
 */
export function teamsZoneOf(times: MeetingTimes, rule: Recurrence | null): WindowsZone | null {
  // Whole days are everybody's own: their zone is only a name.
  if (times.kind === 'all-day') return windowsZoneOf(times.zone) ?? UTC;
  const { startsAt, endsAt, zone } = times;
  if (rule) return seriesZoneOf(times, rule).zone;
  const twice = [startsAt, endsAt].some((at) => instantOf(wallAt(at, zone), zone).kind !== 'one');
  return twice ? null : windowsZoneAt(zone, [startsAt, endsAt]);
}

export const UTC = 'UTC' as WindowsZone;

/** The same of a series: up to its end or the horizon; `from` is the first occurrence that Teams would have at another time. */
export function seriesZoneOf(
  times: MeetingTimes & { kind: 'timed' },
  rule: Recurrence,
): { zone: WindowsZone | null; from: CalendarDate | null } {
  const zone = windowsZoneOf(times.zone);
  if (!zone) return { zone: null, from: null };
  for (const { date, starts } of clockOfSeries(times, rule))
    if (starts.kind === 'one' && !windowsZoneAt(times.zone, [starts.at])) return { zone: null, from: date };
  return { zone, from: null };
}

/** Days of a series on which its clock time does not come, or comes twice. */
export function oddDaysOf(times: MeetingTimes & { kind: 'timed' }, rule: Recurrence): CalendarDate[] {
  return [...clockOfSeries(times, rule)].filter(({ starts }) => starts.kind !== 'one').map(({ date }) => date);
}

/** What the clock time of a series means on each of its days, up to the horizon. */
export function* clockOfSeries({ startsAt, zone }: MeetingTimes & { kind: 'timed' }, rule: Recurrence) {
  const clock = clockOf(wallAt(startsAt, zone));
  const end = addDays(rule.first, HORIZON_DAYS);
  for (const date of occurrencesOf(rule)) {
    if (date > end) return;
    yield { date, starts: instantOf(wallOf(date, clock), zone) };
  }
}
