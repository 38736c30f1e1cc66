import { describe, expect, it } from 'vitest';
import { daysOf, type Recurrence } from '../../../sandbox/tenant/recurrence.ts';

const first = (
  count: number,
  pattern: Partial<Recurrence['pattern']>,
  range: Partial<Recurrence['range']>,
): string[] => {
  const whole: Recurrence = {
    pattern: {
      type: 'daily',
      interval: 1,
      month: 0,
      dayOfMonth: 0,
      daysOfWeek: [],
      firstDayOfWeek: 'sunday',
      index: 'first',
      ...pattern,
    },
    range: { type: 'noEnd', startDate: '2027-01-11', endDate: '0001-01-01', numberOfOccurrences: 0, ...range },
  };
  const days: string[] = [];
  for (const day of daysOf(whole)) {
    if (days.length === count) break;
    days.push(day);
  }
  return days;
};

// The expected days are read off a printed calendar, and the documentation's own examples are among them.
describe('the days of a series', () => {
  it('daily, every third', () => {
    expect(first(3, { interval: 3 }, {})).toEqual(['2027-01-11', '2027-01-14', '2027-01-17']);
  });

  it('end with a number', () => {
    expect(first(9, { interval: 3 }, { type: 'numbered', numberOfOccurrences: 2 })).toEqual([
      '2027-01-11',
      '2027-01-14',
    ]);
  });

  it('every Monday till the end of the year 2017: the last is 25 December', () => {
    const range = { type: 'endDate', startDate: '2017-09-04', endDate: '2017-12-31' } as const;
    const days = first(99, { type: 'weekly', daysOfWeek: ['monday'] }, range);
    expect([days[0], days.at(-1), days.length]).toEqual(['2017-09-04', '2017-12-25', 17]);
  });

  it('every other week depends on where a week begins', () => {
    // Sunday 10 and Monday 11 January are one week from Sunday on, and two from Monday on.
    const pattern = { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'monday'] } as const;
    const range = { startDate: '2027-01-11' };
    expect(first(3, { ...pattern, daysOfWeek: [...pattern.daysOfWeek], firstDayOfWeek: 'sunday' }, range)).toEqual([
      '2027-01-11',
      '2027-01-24',
      '2027-01-25',
    ]);
    expect(first(3, { ...pattern, daysOfWeek: [...pattern.daysOfWeek], firstDayOfWeek: 'monday' }, range)).toEqual([
      '2027-01-11',
      '2027-01-17',
      '2027-01-25',
    ]);
  });

  it('the 31st is the last day of a shorter month', () => {
    const range = { startDate: '2027-01-31' };
    expect(first(4, { type: 'absoluteMonthly', dayOfMonth: 31 }, range)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });

  it('quarterly on the 7th, from a day after it', () => {
    expect(first(2, { type: 'absoluteMonthly', interval: 3, dayOfMonth: 7 }, {})).toEqual(['2027-02-07', '2027-05-07']);
  });

  it('the first Thursday of every other month from 29 August 2017: "the first occurrence will be in September"', () => {
    const range = { startDate: '2017-08-29' };
    expect(first(2, { type: 'relativeMonthly', interval: 2, daysOfWeek: ['thursday'] }, range)).toEqual([
      '2017-09-07',
      '2017-11-02',
    ]);
  });

  it('every other Monday from a Tuesday begins with the next Monday', () => {
    const range = { startDate: '2027-01-12' };
    expect(first(2, { type: 'weekly', interval: 2, daysOfWeek: ['monday'] }, range)).toEqual([
      '2027-01-18',
      '2027-02-01',
    ]);
  });

  it('the first of Thursday and Friday is whichever comes first', () => {
    expect(
      first(3, { type: 'relativeMonthly', daysOfWeek: ['thursday', 'friday'] }, { startDate: '2027-01-01' }),
    ).toEqual(['2027-01-01', '2027-02-04', '2027-03-04']);
  });

  it('the last weekday of a month', () => {
    const daysOfWeek = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
    expect(first(3, { type: 'relativeMonthly', index: 'last', daysOfWeek: [...daysOfWeek] }, {})).toEqual([
      '2027-01-29',
      '2027-02-26',
      '2027-03-31',
    ]);
  });

  it('15 April, and 29 February where there is one', () => {
    expect(first(2, { type: 'absoluteYearly', month: 4, dayOfMonth: 15 }, {})).toEqual(['2027-04-15', '2028-04-15']);
    expect(first(2, { type: 'absoluteYearly', month: 2, dayOfMonth: 29 }, {})).toEqual(['2027-02-28', '2028-02-29']);
  });

  it('the last Wednesday of November', () => {
    const pattern = { type: 'relativeYearly', month: 11, index: 'last', daysOfWeek: ['wednesday'] } as const;
    expect(first(2, { ...pattern, daysOfWeek: ['wednesday'] }, {})).toEqual(['2027-11-24', '2028-11-29']);
  });
});
