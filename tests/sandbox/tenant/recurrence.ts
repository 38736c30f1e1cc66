/** A recurrence as resources/patternedrecurrence.md has it; dates are `YYYY-MM-DD` in the zone of the event's start. */
export interface Recurrence {
  pattern: {
    type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';
    interval: number;
    /** 1 to 12; 0 where the type has none. */
    month: number;
    /** 1 to 31; 0 where the type has none. */
    dayOfMonth: number;
    daysOfWeek: Weekday[];
    firstDayOfWeek: Weekday;
    index: WeekIndex;
  };
  range: {
    type: 'endDate' | 'noEnd' | 'numbered';
    startDate: string;
    /** `0001-01-01` where the type has none. */
    endDate: string;
    numberOfOccurrences: number;
  };
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const WEEK_INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type WeekIndex = (typeof WEEK_INDEXES)[number];

/** The last day that a calendar of Exchange knows. */
const LAST_DAY = '4500-08-31';

/** The days on which a series takes place, in order, however many there are: take what is needed. */
export function* daysOf({ pattern, range }: Recurrence): Generator<string> {
  const start = Temporal.PlainDate.from(range.startDate);
  const last = Temporal.PlainDate.from(range.type === 'endDate' ? range.endDate : LAST_DAY);
  let left = range.type === 'numbered' ? range.numberOfOccurrences : Number.POSITIVE_INFINITY;
  const anchor = firstFitting(pattern, start);
  for (const day of candidates(pattern, anchor)) {
    if (left <= 0 || Temporal.PlainDate.compare(day, last) > 0) return;
    if (Temporal.PlainDate.compare(day, anchor) < 0) continue;
    left -= 1;
    yield day.toString();
  }
}

/**
 * Where a series begins and its intervals are counted from: the first day that fits, be it in another week or month than
 * the start ("the first occurrence of this series will be in September", outlook-schedule-recurring-events.md).
 */
function firstFitting(pattern: Recurrence['pattern'], start: Temporal.PlainDate): Temporal.PlainDate {
  for (const day of candidates({ ...pattern, interval: 1 }, start)) {
    if (Temporal.PlainDate.compare(day, start) >= 0) return day;
  }
  return start;
}

/** Days that fit the pattern, from the unit (week, month, year) in which the series starts. */
function* candidates(pattern: Recurrence['pattern'], start: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  for (let unit = 0; ; unit += pattern.interval) {
    switch (pattern.type) {
      case 'daily':
        yield start.add({ days: unit });
        break;
      case 'weekly':
        yield* daysOfWeek(pattern, weekStart(start, pattern.firstDayOfWeek).add({ weeks: unit }));
        break;
      case 'absoluteMonthly':
        yield dayOfMonth(start.with({ day: 1 }).add({ months: unit }), pattern.dayOfMonth);
        break;
      case 'relativeMonthly':
        yield nthOf(start.with({ day: 1 }).add({ months: unit }), pattern);
        break;
      case 'absoluteYearly':
        yield dayOfMonth(start.with({ month: pattern.month, day: 1 }).add({ years: unit }), pattern.dayOfMonth);
        break;
      case 'relativeYearly':
        yield nthOf(start.with({ month: pattern.month, day: 1 }).add({ years: unit }), pattern);
    }
  }
}

function weekStart(day: Temporal.PlainDate, first: Weekday): Temporal.PlainDate {
  return day.subtract({ days: (day.dayOfWeek - 1 - WEEKDAYS.indexOf(first) + 7) % 7 });
}

function* daysOfWeek(pattern: Recurrence['pattern'], monday: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  for (let i = 0; i < 7; i++) {
    const day = monday.add({ days: i });
    if (pattern.daysOfWeek.includes(weekdayOf(day))) yield day;
  }
}

/** In a shorter month it is the month's last day. */
const dayOfMonth = (month: Temporal.PlainDate, day: number) => month.with({ day: Math.min(day, month.daysInMonth) });

/** "If daysOfWeek specifies more than one day, the event falls on the first day that satisfies the pattern." */
function nthOf(month: Temporal.PlainDate, { daysOfWeek, index }: Recurrence['pattern']): Temporal.PlainDate {
  const fitting = Array.from({ length: month.daysInMonth }, (_, i) => month.with({ day: i + 1 })).filter((day) =>
    daysOfWeek.includes(weekdayOf(day)),
  );
  const found = index === 'last' ? fitting.at(-1) : fitting[WEEK_INDEXES.indexOf(index)];
  // A pattern has at least one weekday, and every month has four of each.
  return found as Temporal.PlainDate;
}

const weekdayOf = (day: Temporal.PlainDate): Weekday => WEEKDAYS[day.dayOfWeek - 1] as Weekday;
