import type { EventWrites, FrappeVersion } from '../model/event-fields.ts';
import type { CalendarDate, WallTime, ZoneName } from '../model/ids.ts';
import type { Meeting, MeetingTimes, RecordProblem } from '../model/meeting.ts';
import { DAY, dateOf, daysBetween } from '../model/wall-time.ts';
import { clockOfSeries } from '../time/teams-zone.ts';
import { offsetAt, wallAt } from '../time/zone.ts';
import type { Difference } from './difference.ts';
import { repeatFieldsOf } from './event-repeat.ts';

/**
 * What to write into an Event so that these differences are gone, as ERPNext spells it: naive, in the site's zone. What
 * ERPNext has no field for is a problem, and none of what hangs on it is written. An agenda goes to Teams only: in the
 * record it is formatted, which a mail's text is not.
 */
export function recordChangesFor(
  meeting: Meeting,
  differences: readonly Difference[],
  { version, siteZone }: { version: FrappeVersion; siteZone: ZoneName },
): { fields: EventWrites; problems: RecordProblem[] } {
  const fields: EventWrites = {};
  const problems: RecordProblem[] = [];
  const kinds = new Set(differences.map(({ kind }) => kind));
  if (kinds.has('subject')) fields.subject = meeting.subject;
  if (kinds.has('location')) {
    if (version < 16) problems.push({ kind: 'no-location-field' });
    else fields.location = meeting.location;
  }
  const people = differences.flatMap((d) => (d.kind === 'missing' || d.kind === 'extra' ? d.people : []));
  if (people.length) problems.push({ kind: 'people-by-hand', people });
  if (kinds.has('times') || kinds.has('recurrence')) {
    const dates = dateFields(meeting, version, siteZone);
    if ('problem' in dates) problems.push(dates.problem);
    else Object.assign(fields, dates.fields);
  }
  return { fields, problems };
}

function dateFields(
  { times, recurrence, otherRhythm }: Meeting,
  version: FrappeVersion,
  siteZone: ZoneName,
): { fields: EventWrites } | { problem: RecordProblem } {
  if (otherRhythm) return { problem: { kind: 'rhythm-not-in-erpnext', rhythm: otherRhythm } };
  const span = spanOf(times, siteZone);
  if (recurrence && times.kind === 'timed' && !sameClock(times, recurrence, siteZone))
    return { problem: { kind: 'series-in-other-zone', zone: times.zone } };
  const repeat = repeatFieldsOf(recurrence, version, span);
  if ('problem' in repeat) return repeat;
  const { starts_on, ends_on } = span;
  return { fields: { starts_on, ends_on, all_day: times.kind === 'all-day' ? 1 : 0, ...repeat.fields } };
}

/** Whole days end with their last second, as Desk itself writes them. */
function spanOf(times: MeetingTimes, zone: ZoneName) {
  if (times.kind === 'all-day') {
    const duration = daysBetween(times.first, times.last);
    const [starts_on, ends_on] = [`${times.first} 00:00:00`, `${times.last} 23:59:59`];
    return { starts_on, ends_on, duration, overnight: duration > 0 };
  }
  const [start, end] = [wallAt(times.startsAt, zone), wallAt(times.endsAt, zone)];
  const duration = (Date.parse(`${end}Z`) - Date.parse(`${start}Z`)) / DAY;
  return { starts_on: spelled(start), ends_on: spelled(end), duration, overnight: dateOf(start) !== dateOf(end) };
}

function spelled(wall: WallTime): string {
  return wall.replace('T', ' ');
}

/** Whether the series keeps the same clock, on the same days, on the site's wall too. */
function sameClock(
  times: MeetingTimes & { kind: 'timed' },
  rule: Parameters<typeof clockOfSeries>[1],
  site: ZoneName,
): boolean {
  const first: CalendarDate = dateOf(wallAt(times.startsAt, site));
  if (first !== rule.first) return false;
  const ahead = (at: number) => offsetAt(at, times.zone) - offsetAt(at, site);
  const usual = ahead(times.startsAt);
  for (const { starts } of clockOfSeries(times, rule))
    if (starts.kind === 'one' && ahead(starts.at) !== usual) return false;
  return true;
}
