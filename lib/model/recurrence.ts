import type { CalendarDate } from './ids.ts';
import { addDays, addMonths, dayOfMonth, monthOf, WEEKDAYS, type Weekday, weekdayOf } from './wall-time.ts';

/**
 * How a meeting repeats: what ERPNext and Teams both know. The clock stays where it is on the organizer's wall, summer or
 * winter. A month that is too short for `day` has the occurrence on its last day, in ERPNext as in Exchange (Exchange Web
 * Services, "DayOfMonth").
 */
export type Recurrence = { first: CalendarDate; until: CalendarDate | null } & Rhythm;

export type Rhythm =
  | { every: 'day'; interval: number }
  /** `weekdays` in their order, at least one; weeks are counted from Monday. */
  | { every: 'week'; interval: number; weekdays: Weekday[] }
  | { every: 'month'; interval: number; day: number }
  /** `month` from 1 to 12. */
  | { every: 'year'; interval: number; day: number; month: number };

/** Frappe and Graph both take this as for ever. */
const LAST_YEAR = 2999;

/** The days it falls on, the first one included where the rule has it; endless ones until the year 3000. */
export function* occurrencesOf(rule: Recurrence): Generator<CalendarDate> {
  for (const date of datesOf(rule)) {
    if ((rule.until && date > rule.until) || Number(date.slice(0, 4)) > LAST_YEAR) return;
    if (date >= rule.first) yield date;
  }
}

function* datesOf(rule: Recurrence): Generator<CalendarDate> {
  const { first, interval } = rule;
  if (rule.every === 'day') for (let n = 0; ; n++) yield addDays(first, n * interval);
  if (rule.every === 'week') {
    const monday = addDays(first, -WEEKDAYS.indexOf(weekdayOf(first)));
    const days = WEEKDAYS.flatMap((day, n) => (rule.weekdays.includes(day) ? n : []));
    if (!days.length) return;
    for (let week = 0; ; week += 7 * interval) for (const day of days) yield addDays(monday, week + day);
  }
  if (rule.every === 'month') for (let n = 0; ; n++) yield addMonths(first, n * interval, rule.day);
  if (rule.every === 'year') {
    // In a year that has no such day it is the month's last, so the month is gone to by its first.
    const months = rule.month - monthOf(first);
    for (let n = 0; ; n++) yield addMonths(first, months + n * 12 * interval, rule.day);
  }
}

export function sameRhythm(a: Rhythm, b: Rhythm): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The rhythm that starts on this day, as ERPNext's months and years take theirs from the start. */
export function onDayOf(first: CalendarDate): { day: number; month: number } {
  return { day: dayOfMonth(first), month: monthOf(first) };
}

function sorted(rhythm: Rhythm): unknown[] {
  const { every, interval } = rhythm;
  if (rhythm.every === 'week') return [every, interval, ...WEEKDAYS.filter((day) => rhythm.weekdays.includes(day))];
  if (rhythm.every === 'day') return [every, interval];
  return [every, interval, rhythm.day, rhythm.every === 'year' ? rhythm.month : 0];
}
