import { describe, expect, it } from 'vitest';
import { eventFieldsOf } from '../../../lib/erpnext/event-fields.ts';
import { draftOf, eventOfDates, occurrenceDraft, type Source } from '../../../lib/meetings/draft.ts';
import type { Choices } from '../../../lib/meetings/event-times.ts';
import { meetingMark, transactionId } from '../../../lib/meetings/identity.ts';
import type { FrappeVersion } from '../../../lib/model/event-fields.ts';
import type { CalendarDate, Email, ZoneName } from '../../../lib/model/ids.ts';
import type { Participant } from '../../../lib/model/participant.ts';
import { instantsOf } from '../../../lib/time/instants-of.ts';

const person = (name: string, email: string | null = `${name.toLowerCase()}@example.org`): Participant => ({
  email: email as Email | null,
  name,
  source: 'row',
});
const source = (event: object, more: Partial<Source> = {}): Source => ({
  event: eventFieldsOf({ all_day: 0, repeat_this_event: 0, ...event }),
  version: 15,
  zoneName: 'Europe/Berlin',
  subject: 'Review',
  participants: [person('Bob')],
  me: 'ada@example.org' as Email,
  agenda: 'Prices',
  location: '',
  link: { url: 'https://erp.example/app/event/EV-1', title: 'EV-1' },
  ...more,
});
const made = (event: object, more: Partial<Source> = {}, choices: Choices = {}) => {
  const { draft, problems } = draftOf(source(event, more), choices);
  return { times: draft?.times, draft, problems };
};
const utc = (text: string) => Date.parse(`${text}Z`);

describe('the times of a record', () => {
  it('count in the site’s zone', () => {
    const event = { starts_on: '2026-12-10 14:00:00', ends_on: '2026-12-10 15:30:00.000000' };
    expect(made(event)).toMatchObject({
      times: { kind: 'timed', startsAt: utc('2026-12-10T13:00:00'), endsAt: utc('2026-12-10T14:30:00') },
      problems: [],
    });
    expect(made(event, { zoneName: 'Asia/Kolkata' }).times).toMatchObject({ startsAt: utc('2026-12-10T08:30:00') });
  });

  it('are nothing without a start, a zone that is known, or an end behind the start', () => {
    const kinds = (event: object, more: Partial<Source> = {}) => {
      const { draft, problems } = made(event, more);
      expect(draft).toBeNull();
      return problems;
    };
    expect(kinds({})).toEqual([{ kind: 'no-start', weight: 'stop' }]);
    expect(kinds({ starts_on: '2026-02-30 10:00:00' })).toEqual([{ kind: 'no-start', weight: 'stop' }]);
    const event = { starts_on: '2026-12-10 14:00:00', ends_on: '2026-12-10 13:00:00' };
    expect(kinds(event)).toEqual([{ kind: 'ends-before-start', weight: 'stop' }]);
    expect(kinds(event, { zoneName: 'IST' })).toEqual(
      expect.arrayContaining([expect.objectContaining({ weight: 'stop' })]),
    );
    expect(kinds(event, { zoneName: '' })).toEqual([{ kind: 'zone-unknown', weight: 'stop', zone: '' }]);
  });

  it('have an end that is asked for where the record has none, or the start again', () => {
    const event = { starts_on: '2026-12-10 23:30:00' };
    const asked = { kind: 'no-end', weight: 'ask', minutes: 60 };
    expect(made(event)).toMatchObject({ times: { endsAt: utc('2026-12-10T23:30:00') }, problems: [asked] });
    expect(made({ ...event, ends_on: event.starts_on }).problems).toEqual([asked]);
    const chosen = made(event, {}, { minutes: 15 });
    expect(chosen).toMatchObject({ times: { endsAt: utc('2026-12-10T22:45:00') }, problems: [] });
  });

  it('that never come are named with what is taken, and an end that is overtaken goes along', () => {
    const gap = made({ starts_on: '2026-03-29 02:30:00', ends_on: '2026-03-29 03:00:00' });
    const taken = '2026-03-29T03:30:00';
    expect(gap.problems).toEqual([{ kind: 'gap', weight: 'ask', which: 'start', wall: '2026-03-29T02:30:00', taken }]);
    expect(gap.times).toMatchObject({ startsAt: utc('2026-03-29T01:30:00'), endsAt: utc('2026-03-29T02:00:00') });
  });

  it('that come twice are the first until a person says the second', () => {
    const event = { starts_on: '2026-10-25 02:15:00', ends_on: '2026-10-25 02:45:00' };
    const [first, second] = [utc('2026-10-25T00:15:00'), utc('2026-10-25T01:15:00')];
    const one = made(event);
    expect(one.problems.map((p) => [p.kind, 'which' in p && p.which])).toEqual([
      ['overlap', 'start'],
      ['overlap', 'end'],
    ]);
    expect(one.times).toMatchObject({ startsAt: first, endsAt: first + 1_800_000 });
    const other = made(event, {}, { overlap: 'second' });
    expect(other).toMatchObject({ times: { startsAt: second, endsAt: second + 1_800_000 }, problems: [] });
  });

  it('of whole days end with the day, and are asked for where they end at a midnight', () => {
    const whole = (ends_on: string | null, version: FrappeVersion = 15, choices: Choices = {}) =>
      made({ starts_on: '2026-12-10 00:00:00', all_day: 1, ...(ends_on ? { ends_on } : {}) }, { version }, choices);
    const to = (last: string) => ({ kind: 'all-day', first: '2026-12-10', last });
    expect(whole('2026-12-11 23:59:59')).toMatchObject({ times: to('2026-12-11'), problems: [] });
    expect(whole(null)).toMatchObject({ times: to('2026-12-10'), problems: [] });
    const asked = { kind: 'all-day-end', weight: 'ask' };
    expect(whole('2026-12-11 00:00:00')).toMatchObject({
      times: to('2026-12-11'),
      problems: [{ ...asked, last: '2026-12-11', other: '2026-12-10' }],
    });
    expect(whole('2026-12-11 00:00:00', 16)).toMatchObject({
      times: to('2026-12-10'),
      problems: [{ ...asked, last: '2026-12-10', other: '2026-12-11' }],
    });
    const chosen = whole('2026-12-11 00:00:00', 15, { lastDay: '2026-12-10' as CalendarDate });
    expect(chosen).toMatchObject({ times: to('2026-12-10'), problems: [] });
    expect(whole('2026-12-10 15:00:00').problems).toEqual([{ kind: 'all-day-clock', weight: 'note' }]);
  });

  it('of a document that has days alone are whole days, the last one included', () => {
    const event = eventOfDates({ start: '2026-12-10', end: '2026-12-18', allDay: false });
    expect(made({}, { event })).toMatchObject({
      times: { kind: 'all-day', first: '2026-12-10', last: '2026-12-18' },
      problems: [],
    });
    const timed = eventOfDates({ start: '2026-12-10 14:00:00', end: null, allDay: false });
    expect(made({}, { event: timed }).problems).toMatchObject([{ kind: 'no-end' }]);
  });

  it('are instants for what knows no days: from midnight to midnight on the organizer’s wall, or from the jump', () => {
    const day = (first: string, zone: string) =>
      instantsOf({
        kind: 'all-day',
        first: first as CalendarDate,
        last: first as CalendarDate,
        zone: zone as ZoneName,
      });
    const [startsAt, endsAt] = [utc('2026-03-28T23:00:00'), utc('2026-03-29T22:00:00')];
    expect(day('2026-03-29', 'Europe/Berlin')).toEqual({ startsAt, endsAt });
    // Beirut's clocks go from 24:00 to 01:00.
    expect(day('2026-03-29', 'Asia/Beirut')).toEqual({
      startsAt: utc('2026-03-28T22:00:00'),
      endsAt: utc('2026-03-29T21:00:00'),
    });
    const timed = { kind: 'timed', startsAt: 1, endsAt: 2, zone: 'UTC' as ZoneName } as const;
    expect(instantsOf(timed)).toEqual({ startsAt: 1, endsAt: 2 });
  });
});

describe('a series', () => {
  it('begins on its first day, and one occurrence has the same clock on its own', () => {
    const weekly = { repeat_this_event: 1, repeat_on: 'Weekly', wednesday: 1 };
    const { draft, problems } = made({ starts_on: '2026-03-23 22:00:00', ends_on: '2026-03-24 01:00:00', ...weekly });
    expect(problems).toEqual([{ kind: 'first-moved', weight: 'note', from: '2026-03-23', to: '2026-03-25' }]);
    expect(draft?.times).toMatchObject({ startsAt: utc('2026-03-25T21:00:00'), endsAt: utc('2026-03-26T00:00:00') });
    const april = occurrenceDraft(draft!, '2026-04-01' as CalendarDate);
    expect(april).toMatchObject({ recurrence: null, times: { startsAt: utc('2026-04-01T20:00:00') } });
  });

  it('of a zone that Teams would have at another time is stopped, with the day from which on', () => {
    const daily = {
      starts_on: '2026-06-01 09:00:00',
      ends_on: '2026-06-01 10:00:00',
      repeat_this_event: 1,
      repeat_on: 'Daily',
    };
    const vancouver = { zoneName: 'America/Vancouver' };
    const problem = { kind: 'series-zone', weight: 'stop', zone: 'America/Vancouver', from: '2026-11-01' };
    expect(made(daily, vancouver).problems).toContainEqual(problem);
    const over = { ...daily, repeat_till: '2026-10-31' };
    expect(made(over, vancouver).problems).toEqual([]);
    const once = { ...daily, starts_on: '2026-12-01 09:00:00', ends_on: '2026-12-01 10:00:00', repeat_this_event: 0 };
    expect(made(once, vancouver).problems).toEqual([
      { kind: 'zone-not-in-teams', weight: 'note', zone: 'America/Vancouver' },
    ]);
  });

  it('cannot begin with a time that does not come, since all of it would be moved', () => {
    const daily = { starts_on: '2026-03-29 02:30:00', ends_on: '2026-03-29 02:45:00', repeat_this_event: 1 };
    expect(made({ ...daily, repeat_on: 'Daily' }).problems).toContainEqual(
      expect.objectContaining({ kind: 'gap', weight: 'stop', which: 'start' }),
    );
  });

  it('names the days on which the clock jumps over its time', () => {
    const daily = { starts_on: '2026-03-01 02:30:00', ends_on: '2026-03-01 02:45:00', repeat_this_event: 1 };
    const { problems } = made({ ...daily, repeat_on: 'Daily', repeat_till: '2026-12-31' });
    expect(problems).toEqual([{ kind: 'series-clock', weight: 'note', dates: ['2026-03-29', '2026-10-25'] }]);
  });
});

describe('the people of a meeting', () => {
  const event = { starts_on: '2026-12-10 14:00:00', ends_on: '2026-12-10 15:00:00' };
  it('are the record’s, once each, without oneself; who has no address is named', () => {
    const participants = [person('Ada'), person('Bob'), person('Bob'), person('Eve', null)];
    const { draft, problems } = made(event, { participants });
    expect(draft?.attendees).toEqual([{ email: 'bob@example.org', name: 'Bob', kind: 'required' }]);
    expect(problems).toEqual([{ kind: 'without-address', weight: 'note', names: ['Eve'] }]);
  });

  it('are no more than Exchange takes', () => {
    const many = Array.from({ length: 501 }, (_, n) => person(`P${n}`));
    expect(made(event, { participants: many }).problems).toEqual([
      { kind: 'too-many-attendees', weight: 'stop', count: 501, most: 500 },
    ]);
    expect(made(event, { participants: many.slice(1) }).problems).toEqual([]);
  });
});

describe('what a meeting is recognised by', () => {
  it('is the record’s own, whatever it is called, and says nothing of it', async () => {
    const mark = await meetingMark('https://erp.example', 'Event', '2026-11-30 10:00:00.000001');
    expect(mark).toMatch(/^deskside:1:[0-9a-f]{32}$/);
    expect(await meetingMark('https://erp.example', 'Event', '2026-11-30 10:00:00.000001')).toBe(mark);
    expect(await meetingMark('https://erp.example', 'Event', '2026-11-30 10:00:00.000002')).not.toBe(mark);
    expect(await meetingMark('https://other.example', 'Event', '2026-11-30 10:00:00.000001')).not.toBe(mark);
    const ids = await Promise.all([0, 0, 1].map((generation) => transactionId(mark, 'ada', generation)));
    expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set([...ids, await transactionId(mark, 'bob', 0)]).size).toBe(3);
  });
});
