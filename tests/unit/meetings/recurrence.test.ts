import type { RecurrencePattern, RecurrenceRange } from '@microsoft/microsoft-graph-types';
import rrule from 'rrule';
import { describe, expect, it } from 'vitest';
import { eventFieldsOf } from '../../../lib/erpnext/event-fields.ts';
import { readRecurrence, toPatternedRecurrence } from '../../../lib/graph/recurrence.ts';
import { recurrenceOf } from '../../../lib/meetings/event-recurrence.ts';
import { repeatFieldsOf } from '../../../lib/meetings/event-repeat.ts';
import type { FrappeVersion } from '../../../lib/model/event-fields.ts';
import type { WindowsZone } from '../../../lib/model/ids.ts';
import { occurrencesOf, type Recurrence, type Rhythm, sameRhythm } from '../../../lib/model/recurrence.ts';
import { DAY, dateOf, msOfWall, WEEKDAYS } from '../../../lib/model/wall-time.ts';
import { frappeDays, type Row } from './frappe-calendar.ts';
import { randomEvents } from './random-events.ts';

const { RRule, Weekday } = rrule;
const ZONE = 'W. Europe Standard Time' as WindowsZone;
/** Six years, so that leap years come into it. */
const DAYS = 6 * 366;
const atMidnight = (date: string) => new Date(`${date}T00:00:00Z`);
const dayOf = (date: Date) => date.toISOString().slice(0, 10);
const addDays = (date: string, days: number) => dayOf(new Date(atMidnight(date).getTime() + days * 86_400_000));

/** iCalendar knows no "the 31st or the last day": of the days up to it, the last there is. */
const clipped = (day: number) =>
  day < 29 ? { bymonthday: [day] } : { bymonthday: Array.from({ length: day - 27 }, (_, n) => 28 + n), bysetpos: [-1] };

/** What rrule, which knows neither Frappe nor us, makes of an Event. */
function byIcalendar(row: Row, version: FrappeVersion): string[] {
  const start = row.starts_on.slice(0, 10);
  const whole = row.ends_on
    ? Math.floor(
        (Date.parse(`${row.ends_on.replace(' ', 'T')}Z`) - Date.parse(`${row.starts_on.replace(' ', 'T')}Z`)) /
          86_400_000,
      )
    : 0;
  const last = row.repeat_till && addDays(row.repeat_till, version === 16 ? -whole : 0);
  const [, month = 0, day = 0] = start.split('-').map(Number);
  const rules = {
    Daily: { freq: RRule.DAILY },
    Weekly: { freq: RRule.WEEKLY, byweekday: row.weekdays.flatMap((on, n) => (on ? n : [])) },
    Monthly: { freq: RRule.MONTHLY, ...clipped(day) },
    Quarterly: { freq: RRule.MONTHLY, interval: 3, ...clipped(day) },
    'Half Yearly': { freq: RRule.MONTHLY, interval: 6, ...clipped(day) },
    Yearly: { freq: RRule.YEARLY, bymonth: [month], ...clipped(day) },
  };
  const rule = rules[row.repeat_on as keyof typeof rules];
  if ('byweekday' in rule && !rule.byweekday.length) return [];
  return expand({ ...rule, dtstart: atMidnight(start), ...(last ? { until: atMidnight(last) } : {}) }, start);
}

/** What rrule makes of what Graph is sent, a short month's last day taken as Exchange does. */
function byGraph(pattern: RecurrencePattern, range: RecurrenceRange, from: string): string[] {
  const { type, interval = 1, dayOfMonth = 1, month, daysOfWeek } = pattern;
  const rules = {
    daily: { freq: RRule.DAILY },
    weekly: {
      freq: RRule.WEEKLY,
      byweekday: daysOfWeek?.map((day) => new Weekday(WEEKDAYS.indexOf(day as 'monday'))) ?? [],
      wkst: RRule.MO,
    },
    absoluteMonthly: { freq: RRule.MONTHLY, ...clipped(dayOfMonth!) },
    absoluteYearly: { freq: RRule.YEARLY, bymonth: [month!], ...clipped(dayOfMonth!) },
  };
  const until = range.type === 'endDate' ? { until: atMidnight(range.endDate!) } : {};
  const dtstart = atMidnight(range.startDate!);
  return expand({ ...rules[type as keyof typeof rules], interval, dtstart, ...until }, from);
}

function expand(options: Partial<import('rrule').Options>, from: string): string[] {
  return new RRule(options).between(atMidnight(from), atMidnight(addDays(from, DAYS - 1)), true).map(dayOf);
}

function ours(rule: Recurrence, from: string): string[] {
  const found: string[] = [];
  const end = addDays(from, DAYS - 1);
  for (const date of occurrencesOf(rule)) {
    if (date > end) break;
    found.push(date);
  }
  return found;
}

describe.each([14, 15, 16] as const)('200 Events of v%i', (version) => {
  const kinds = new Map<string, number>();
  const cases = randomEvents(version, 200, 20_261_130 + version).map((document) => {
    const event = eventFieldsOf(document);
    const row: Row = {
      starts_on: document.starts_on as string,
      ends_on: (document.ends_on as string) ?? null,
      repeat_on: (document.repeat_on as string) ?? '',
      repeat_till: (document.repeat_till as string) ?? null,
      weekdays: WEEKDAYS.map((day) => document[day] === 1),
    };
    const made = recurrenceOf(event, version);
    for (const { kind } of made.problems) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return { document, event, row, from: row.starts_on.slice(0, 10), ...made, named: made.problems.map((p) => p.kind) };
  });

  it('fall on the days of Frappe’s calendar and of iCalendar, in Graph’s rule too, and come back the same', () => {
    let compared = 0;
    for (const { document, event, row, from, rule, named } of cases) {
      if (!rule || named.includes('leap-day')) continue;
      const days = ours(rule, from);
      const told = JSON.stringify(document);
      expect(days, told).toEqual(frappeDays(row, version, from, DAYS));
      expect(days, told).toEqual(byIcalendar(row, version));
      const { pattern, range } = toPatternedRecurrence(rule, ZONE);
      expect(byGraph(pattern!, range!, from), told).toEqual(days);
      expect(readRecurrence({ pattern, range })).toEqual({ zone: ZONE, rule });
      compared++;

      // And into the record again.
      const duration = event.endsOn && event.startsOn ? (msOfWall(event.endsOn) - msOfWall(event.startsOn)) / DAY : 0;
      const overnight = !!event.endsOn && !!event.startsOn && dateOf(event.endsOn) !== dateOf(event.startsOn);
      const back = repeatFieldsOf(rule, version, { duration, overnight });
      const written = eventFieldsOf({ ...document, ...('fields' in back ? back.fields : { repeat_this_event: 0 }) });
      expect(recurrenceOf(written, version).rule, told).toEqual(rule);
    }
    expect(compared).toBeGreaterThan(120);
  });

  it('that cannot be kept are named, and each name is true', () => {
    for (const { document, row, from, rule, named } of cases) {
      const told = JSON.stringify([document, named]);
      const days = () => frappeDays(row, version, from, DAYS);
      if (named.includes('no-rhythm') || named.includes('unknown-rhythm'))
        expect(days(), told).toEqual(version === 16 ? [] : [from]);
      if (named.includes('no-weekdays') || named.includes('never-occurs')) expect(days(), told).toEqual([]);
      if (named.includes('leap-day')) expect(days, told).toThrow('Invalid Date');
      if (!rule) {
        expect(named).toHaveLength(1);
        continue;
      }
      expect(named.includes('first-moved'), told).toBe(rule.first !== from);
      expect(named.includes('until-earlier'), told).toBe(rule.until !== row.repeat_till);
      const own = Number(from.slice(8));
      const within = addDays(rule.first, 4 * 366);
      const short = ours(rule, from).some((day) => day <= within && Number(day.slice(8)) !== own);
      const byDay = rule.every === 'month' || rule.every === 'year';
      if (!named.includes('leap-day')) expect(named.includes('month-end'), told).toBe(byDay && short);
    }
  });

  it('are of every kind', () => {
    const wanted = ['no-rhythm', 'unknown-rhythm', 'no-weekdays', 'never-occurs', 'first-moved', 'month-end'];
    wanted.push('occurrences-overlap', version === 16 ? 'until-earlier' : 'leap-day');
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(wanted));
  });
});

describe('a rule of Graph', () => {
  const range = { type: 'noEnd', startDate: '2026-11-30', recurrenceTimeZone: 'UTC', endDate: '0001-01-01' };
  const read = (pattern: object, more: object = {}) => readRecurrence({ pattern, range: { ...range, ...more } });

  it('with a number of occurrences ends on the last of them', () => {
    const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'sunday' };
    expect(read(pattern, { type: 'numbered', numberOfOccurrences: 5 })).toMatchObject({
      rule: { first: '2026-11-30', until: '2026-12-14' },
    });
  });

  it('that we have no word for is told by Graph’s', () => {
    const second = { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' };
    expect(read(second)).toEqual({ zone: 'UTC', other: 'relativeMonthly' });
    const twoWeeks = { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'sunday'], firstDayOfWeek: 'sunday' };
    expect(read(twoWeeks)).toEqual({ zone: 'UTC', other: 'weekly' });
    expect(read({ ...twoWeeks, firstDayOfWeek: 'monday' })).toHaveProperty('rule');
    expect(read({ ...twoWeeks, daysOfWeek: ['monday'] })).toHaveProperty('rule');
  });

  it('each twelve months is each year', () => {
    expect(read({ type: 'absoluteMonthly', interval: 12, dayOfMonth: 30, month: 0 })).toMatchObject({
      rule: { every: 'year', interval: 1, day: 30, month: 11 },
    });
  });

  it('is believed in its shape only', () => {
    expect(() => read({ type: 'daily', interval: 0 })).toThrow();
    expect(() => read({ type: 'daily', interval: 1 }, { startDate: '0000-00-00' })).toThrow();
  });
});

describe('a rule for ERPNext', () => {
  const range = { first: '2026-11-30', until: null } as Pick<Recurrence, 'first' | 'until'>;
  const hour = { duration: 1 / 24, overnight: false };
  const to = (rule: object, version: FrappeVersion = 15, length = hour) =>
    repeatFieldsOf({ ...range, ...rule } as Recurrence, version, length);

  it('is refused where ERPNext has no word for it', () => {
    const gone = { problem: { kind: 'rhythm-not-in-erpnext' } };
    expect(to({ every: 'day', interval: 2 })).toMatchObject(gone);
    expect(to({ every: 'week', interval: 2, weekdays: ['monday'] })).toMatchObject(gone);
    expect(to({ every: 'month', interval: 3, day: 30 })).toMatchObject(gone);
    expect(to({ every: 'month', interval: 3, day: 30 }, 16)).toMatchObject({ fields: { repeat_on: 'Quarterly' } });
    expect(to({ every: 'month', interval: 1, day: 31 })).toEqual({ problem: { kind: 'day-not-in-erpnext', day: 31 } });
    expect(to({ every: 'year', interval: 1, day: 30, month: 11 })).toMatchObject({ fields: { repeat_on: 'Yearly' } });
  });

  it('is daily by all weekdays where it goes on over midnight, and nothing where it does not repeat', () => {
    const night = to({ every: 'day', interval: 1 }, 14, { duration: 0.2, overnight: true });
    expect(night).toMatchObject({ fields: { repeat_on: 'Weekly', monday: 1, sunday: 1 } });
    expect(repeatFieldsOf(null, 16, hour)).toMatchObject({ fields: { repeat_this_event: 0, repeat_till: null } });
  });

  it('knows two rhythms that are the same', () => {
    const week: Rhythm = { every: 'week', interval: 1, weekdays: ['friday', 'monday'] };
    expect(sameRhythm({ ...week }, { ...week, weekdays: ['monday', 'friday'] })).toBe(true);
    expect(sameRhythm({ ...week }, { ...week, weekdays: ['monday'] })).toBe(false);
  });
});
