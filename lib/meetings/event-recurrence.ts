import type { EventFields, FrappeVersion } from '../model/event-fields.ts';
import type { CalendarDate } from '../model/ids.ts';
import type { MeetingProblem } from '../model/meeting.ts';
import { occurrencesOf, type Recurrence, type Rhythm } from '../model/recurrence.ts';
import { addDays, DAY, dateOf, dayOfMonth, daysBetween, monthOf, msOfWall } from '../model/wall-time.ts';

/**
 * The days an Event falls on, as Frappe's own calendar expands it (`get_events` in frappe/desk/doctype/event/event.py,
 * v14, v15, v16): `repeat_till` is included; weekly is on the ticked weekdays alone, so that an Event may begin later than
 * `starts_on` or never; months and years take their day from `starts_on`. Null where it does not repeat.
 */
export function recurrenceOf(
  event: EventFields,
  version: FrappeVersion,
): { rule: Recurrence | null; problems: MeetingProblem[] } {
  const { repeat, startsOn } = event;
  if (!repeat || !startsOn) return { rule: null, problems: [] };
  const once = (problem: MeetingProblem) => ({ rule: null, problems: [problem] });
  const start = dateOf(startsOn);
  const rhythm = rhythmOf(event, start, version);
  if (!repeat.on) return once({ kind: 'no-rhythm', weight: 'ask' });
  if (!rhythm) return once({ kind: 'unknown-rhythm', weight: 'ask', rhythm: repeat.on });
  if (rhythm.every === 'week' && !rhythm.weekdays.length) return once({ kind: 'no-weekdays', weight: 'ask' });

  const until = lastDay(event, version);
  const [first] = occurrencesOf({ ...rhythm, first: start, until });
  if (!first) return once({ kind: 'never-occurs', weight: 'ask' });
  const rule: Recurrence = { ...rhythm, first, until };
  const problems: MeetingProblem[] = [];
  if (first !== start) problems.push({ kind: 'first-moved', weight: 'note', from: start, to: first });
  if (repeat.till && until && until !== repeat.till)
    problems.push({ kind: 'until-earlier', weight: 'note', from: repeat.till, to: until });
  if (version < 16 && isLeapDay(rule)) problems.push({ kind: 'leap-day', weight: 'ask' });
  else if (fallsShort(rule)) problems.push({ kind: 'month-end', weight: 'note', day: dayOfMonth(start) });
  if (overlaps(event, rule)) problems.push({ kind: 'occurrences-overlap', weight: 'stop' });
  return { rule, problems };
}

const MONTHS: Record<string, number> = { Monthly: 1, Quarterly: 3, 'Half Yearly': 6 };

function rhythmOf({ repeat }: EventFields, start: CalendarDate, version: FrappeVersion): Rhythm | null {
  const { on = '', weekdays = [] } = repeat ?? {};
  if (on === 'Daily') return { every: 'day', interval: 1 };
  if (on === 'Weekly') return { every: 'week', interval: 1, weekdays };
  if (on === 'Yearly') return { every: 'year', interval: 1, day: dayOfMonth(start), month: monthOf(start) };
  const months = MONTHS[on];
  // Quarterly and half yearly came with v16; what an administrator added to the list before, Frappe does not expand.
  if (!months || (months > 1 && version < 16)) return null;
  return { every: 'month', interval: months, day: dayOfMonth(start) };
}

/** v16 leaves out an occurrence whose own end, a whole number of days later, lies behind `repeat_till`. */
function lastDay({ repeat, startsOn, endsOn }: EventFields, version: FrappeVersion): CalendarDate | null {
  if (!repeat?.till || !startsOn || !endsOn || version < 16) return repeat?.till ?? null;
  return addDays(repeat.till, -Math.floor((msOfWall(endsOn) - msOfWall(startsOn)) / DAY));
}

/** v14 and v15 look for 29 February in each year that the series goes on in, and fail in those that have none. */
function isLeapDay(rule: Recurrence): boolean {
  if (rule.every !== 'year' || rule.day !== 29 || rule.month !== 2) return false;
  return !rule.until || rule.until.slice(0, 4) > rule.first.slice(0, 4);
}

/** Whether an occurrence within four years stands on another day of the month than the rule says. */
function fallsShort(rule: Recurrence): boolean {
  if (rule.every === 'day' || rule.every === 'week' || rule.day < 29) return false;
  const limit = addDays(rule.first, 4 * 366);
  for (const date of occurrencesOf(rule)) {
    if (date > limit) return false;
    if (dayOfMonth(date) !== rule.day) return true;
  }
  return false;
}

function overlaps({ startsOn, endsOn, allDay }: EventFields, rule: Recurrence): boolean {
  if (!startsOn || !endsOn) return false;
  const days = allDay
    ? daysBetween(dateOf(startsOn), dateOf(endsOn)) + 1
    : (msOfWall(endsOn) - msOfWall(startsOn)) / DAY;
  let last: CalendarDate | null = null;
  let n = 0;
  for (const date of occurrencesOf(rule)) {
    if (last && daysBetween(last, date) < days) return true;
    last = date;
    // After this many every gap that the calendar can make was seen.
    if (++n > 60) break;
  }
  return false;
}
