import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import type { CalendarDate, WindowsZone } from '../model/ids.ts';
import { occurrencesOf, type Recurrence, type Rhythm } from '../model/recurrence.ts';
import { monthOf, parseDate, WEEKDAYS, type Weekday, weekdayOf } from '../model/wall-time.ts';
import { strangeAnswer } from './errors.ts';
import { parsed } from './pages.ts';

/** Docs: resources/patternedrecurrence, resources/recurrencepattern, resources/recurrencerange. */
export function toPatternedRecurrence(rule: Recurrence, zone: WindowsZone): Microsoft.PatternedRecurrence {
  const { first, until } = rule;
  const end = until ? { type: 'endDate' as const, endDate: until } : { type: 'noEnd' as const };
  return { pattern: patternOf(rule), range: { ...end, startDate: first, recurrenceTimeZone: zone } };
}

function patternOf(rule: Rhythm): Microsoft.RecurrencePattern {
  const { interval } = rule;
  switch (rule.every) {
    case 'day':
      return { type: 'daily', interval };
    case 'week':
      return { type: 'weekly', interval, daysOfWeek: rule.weekdays, firstDayOfWeek: 'monday' };
    case 'month':
      return { type: 'absoluteMonthly', interval, dayOfMonth: rule.day };
    case 'year':
      return { type: 'absoluteYearly', interval, dayOfMonth: rule.day, month: rule.month };
  }
}

/** A rule in our words, or Graph's word for a rhythm that we have none for; with the zone it counts in, as Graph names it. */
export type ReadRecurrence = { zone: string } & ({ rule: Recurrence } | { other: string });

export function readRecurrence(data: unknown): ReadRecurrence {
  const { pattern, range } = parsed(PatternedShape, data);
  const zone = range.recurrenceTimeZone ?? '';
  const start = parseDate(range.startDate);
  if (!start) throw strangeAnswer('recurrence.range.startDate: a date expected');
  const rhythm = rhythmOf(pattern, start);
  if (!rhythm) return { zone, other: pattern.type };
  const until = range.type === 'endDate' ? parseDate(range.endDate) : null;
  const [first = start] = occurrencesOf({ ...rhythm, first: start, until });
  const rule: Recurrence = { ...rhythm, first, until };
  if (range.type !== 'numbered') return { zone, rule };
  let last = first;
  let left = range.numberOfOccurrences ?? 0;
  for (const date of occurrencesOf(rule)) {
    last = date;
    if (--left <= 0) break;
  }
  return { zone, rule: { ...rule, until: last } };
}

type Pattern = v.InferOutput<typeof PatternedShape>['pattern'];

function rhythmOf(pattern: Pattern, start: CalendarDate): Rhythm | null {
  const { interval } = pattern;
  const day = pattern.dayOfMonth ?? 0;
  const month = pattern.month ?? 0;
  switch (pattern.type) {
    case 'daily':
      return { every: 'day', interval };
    case 'weekly': {
      const weekdays = weekdaysOf(pattern);
      return weekdays.length && fromMonday(pattern, weekdays, start) ? { every: 'week', interval, weekdays } : null;
    }
    case 'absoluteMonthly':
      if (!day) return null;
      // Outlook keeps "each year" as every twelfth month at times.
      if (interval % 12 === 0) return { every: 'year', interval: interval / 12, day, month: monthOf(start) };
      return { every: 'month', interval, day };
    case 'absoluteYearly':
      return day && month ? { every: 'year', interval, day, month } : null;
    default:
      return null;
  }
}

/**
 * Which day a week begins with counts only where weeks are left out, and there not for a single weekday that the series
 * begins on.
 */
function fromMonday({ interval, firstDayOfWeek }: Pattern, weekdays: Weekday[], start: CalendarDate): boolean {
  if (interval === 1 || firstDayOfWeek === 'monday') return true;
  return weekdays.length === 1 && weekdays[0] === weekdayOf(start);
}

function weekdaysOf({ daysOfWeek }: Pattern): Weekday[] {
  return WEEKDAYS.filter((day) => daysOfWeek?.includes(day));
}

const maybe = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const PatternedShape = v.object({
  pattern: v.object({
    type: v.string(),
    interval: v.pipe(v.number(), v.integer(), v.minValue(1)),
    daysOfWeek: maybe(v.array(v.string())),
    firstDayOfWeek: maybe(v.string()),
    dayOfMonth: maybe(count),
    month: maybe(count),
  }),
  range: v.object({
    type: v.string(),
    startDate: v.string(),
    endDate: maybe(v.string()),
    recurrenceTimeZone: maybe(v.string()),
    numberOfOccurrences: maybe(count),
  }),
});
