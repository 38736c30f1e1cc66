import type { EventFields, FrappeVersion } from '../model/event-fields.ts';
import type { CalendarDate, WallTime, ZoneName } from '../model/ids.ts';
import type { MeetingProblem, MeetingTimes } from '../model/meeting.ts';
import type { Recurrence } from '../model/recurrence.ts';
import { addDays, clockOf, dateOf, daysBetween, msOfWall, wallOf } from '../model/wall-time.ts';
import { oddDaysOf, seriesZoneOf } from '../time/teams-zone.ts';
import { windowsZoneAt } from '../time/windows-zones.ts';
import { instantOf, wallAt, zoneOf } from '../time/zone.ts';

/** What a person decided where the record leaves it open: each answers the problem of that name, which is then none. */
export interface Choices {
  /** How long a meeting without an end lasts. */
  minutes?: number;
  /** Which of the two times that the clock shows is meant. */
  overlap?: 'first' | 'second';
  /** The last day of a meeting of whole days. */
  lastDay?: CalendarDate;
}

/** As long as Desk makes what is dropped into its calendar without an end (frappe/public/js/frappe/views/calendar). */
const USUAL_MINUTES = 60;
const MIDNIGHT = '00:00:00';
const LAST_SECOND = '23:59:59';

/**
 * When the meeting of an Event is; of a series, its first occurrence. Null where nothing can be made of it. The Event's
 * times are naive and count in the site's zone.
 * @param zoneName as the site names it, IANA.
 * @param rule what `recurrenceOf` made of the same Event.
 */
export function timesOf(
  event: EventFields,
  { zoneName, version, rule }: { zoneName: string; version: FrappeVersion; rule: Recurrence | null },
  choices: Choices = {},
): { times: MeetingTimes | null; problems: MeetingProblem[] } {
  const stop = (problem: MeetingProblem) => ({ times: null, problems: [problem] });
  const zone = zoneOf(zoneName);
  if (!zone) return stop({ kind: 'zone-unknown', weight: 'stop', zone: zoneName });
  if (!event.startsOn) return stop({ kind: 'no-start', weight: 'stop' });
  const moved = rule ? daysBetween(dateOf(event.startsOn), rule.first) : 0;
  const start = later(event.startsOn, moved);
  const end = event.endsOn && later(event.endsOn, moved);
  if (end && msOfWall(end) < msOfWall(start)) return stop({ kind: 'ends-before-start', weight: 'stop' });
  if (event.allDay) return wholeDays(start, end, { zone, version }, choices);
  const { times, problems } = timed(start, end === start ? null : end, zone, choices);
  // All of a series has the clock of its first day: moved there it would be moved for ever.
  const weighed = problems.map((p) => (p.kind === 'gap' && rule ? ({ ...p, weight: 'stop' } as const) : p));
  return { times, problems: [...weighed, ...zoneProblems(times, rule)] };
}

function wholeDays(
  start: WallTime,
  end: WallTime | null,
  { zone, version }: { zone: ZoneName; version: FrappeVersion },
  choices: Choices,
): { times: MeetingTimes; problems: MeetingProblem[] } {
  const first = dateOf(start);
  const problems: MeetingProblem[] = [];
  let last = end ? dateOf(end) : first;
  if (end && clockOf(end) === MIDNIGHT && last > first) {
    // Desk draws the day that ends at this midnight up to v15, and leaves it out from v16 on.
    const before = addDays(last, -1);
    const [taken, other] = version < 16 ? [last, before] : [before, last];
    last = taken;
    if (!choices.lastDay) problems.push({ kind: 'all-day-end', weight: 'ask', last, other });
  }
  const odd = (wall: WallTime | null) => wall && ![MIDNIGHT, LAST_SECOND].includes(clockOf(wall));
  if (odd(start) || odd(end)) problems.push({ kind: 'all-day-clock', weight: 'note' });
  if (choices.lastDay && choices.lastDay >= first) last = choices.lastDay;
  return { times: { kind: 'all-day', first, last, zone }, problems };
}

function timed(start: WallTime, end: WallTime | null, zone: ZoneName, choices: Choices) {
  const problems: MeetingProblem[] = [];
  const startsAt = meant('start', start, zone, choices, problems, Number.NEGATIVE_INFINITY);
  const minutes = choices.minutes ?? USUAL_MINUTES;
  if (!end && choices.minutes === undefined) problems.push({ kind: 'no-end', weight: 'ask', minutes });
  let endsAt = end ? meant('end', end, zone, choices, problems, startsAt) : startsAt + minutes * 60_000;
  // A start that was put past the gap may have overtaken its end.
  if (end && endsAt <= startsAt) endsAt = startsAt + msOfWall(end) - msOfWall(start);
  const times: MeetingTimes & { kind: 'timed' } = { kind: 'timed', startsAt, endsAt, zone };
  return { times, problems };
}

function meant(
  which: 'start' | 'end',
  wall: WallTime,
  zone: ZoneName,
  { overlap }: Choices,
  problems: MeetingProblem[],
  after: number,
): number {
  const instants = instantOf(wall, zone);
  if (instants.kind === 'one') return instants.at;
  if (instants.kind === 'gap') {
    problems.push({ kind: 'gap', weight: 'ask', which, wall, taken: wallAt(instants.after, zone) });
    return instants.after;
  }
  const { first, second } = instants;
  if (first <= after) return second;
  if (!overlap) problems.push({ kind: 'overlap', weight: 'ask', which, wall, first, second });
  return overlap === 'second' ? second : first;
}

function zoneProblems(times: MeetingTimes & { kind: 'timed' }, rule: Recurrence | null): MeetingProblem[] {
  const { zone } = times;
  if (!rule) {
    const kept = windowsZoneAt(zone, [times.startsAt, times.endsAt]);
    return kept ? [] : [{ kind: 'zone-not-in-teams', weight: 'note', zone }];
  }
  const { zone: theirs, from } = seriesZoneOf(times, rule);
  const dates = oddDaysOf(times, rule);
  return [
    ...(theirs ? [] : [{ kind: 'series-zone', weight: 'stop', zone, from } as const]),
    ...(dates.length ? [{ kind: 'series-clock', weight: 'note', dates } as const] : []),
  ];
}

function later(wall: WallTime, days: number): WallTime {
  return wallOf(addDays(dateOf(wall), days), clockOf(wall));
}
