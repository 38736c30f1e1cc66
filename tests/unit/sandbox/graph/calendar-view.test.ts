import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, attendee, BOB, CAROL, copyOf, mailsOf, makeEvent, modelProblems, NINE } from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Calendars.ReadWrite');
});

const weekly = (more: object = {}, range: object = {}) => ({
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], ...more },
    range: { type: 'numbered', startDate: '2027-01-11', numberOfOccurrences: 4, ...range },
  },
});
const view = async (from: string, until: string, who = ALICE, more = '') => {
  const path = `/me/calendarView?startDateTime=${from}&endDateTime=${until}&$orderby=start/dateTime&$top=100${more}`;
  return (await world.call(who, 'GET', path)).json.value;
};
const starts = (events: { start: { dateTime: string } }[]) => events.map((one) => one.start.dateTime.slice(0, 16));
const codeOf = ({ status, json }: { status: number; json: { error: { code: string } } }) => [status, json.error.code];
const patch = (id: string, body: object) => world.call(ALICE, 'PATCH', `/me/events/${id}`, body);
const at = (dateTime: string) => ({ dateTime, timeZone: 'W. Europe Standard Time' });

describe('a series', () => {
  it('is told with every property of its recurrence', async () => {
    const series = await makeEvent(world, weekly());
    expect(series.type).toBe('seriesMaster');
    expect(series.recurrence).toEqual({
      pattern: {
        type: 'weekly',
        interval: 1,
        month: 0,
        dayOfMonth: 0,
        daysOfWeek: ['monday'],
        firstDayOfWeek: 'sunday',
        index: 'first',
      },
      range: {
        type: 'numbered',
        startDate: '2027-01-11',
        endDate: '0001-01-01',
        recurrenceTimeZone: 'W. Europe Standard Time',
        numberOfOccurrences: 4,
      },
    });
    const back = await patch(series.id, { recurrence: series.recurrence, start: NINE.start, end: NINE.end });
    expect(back.json.recurrence).toEqual(series.recurrence);
    expect(await modelProblems(world)).toEqual([]);
  });

  it('starts on its first fitting day', async () => {
    const { start, recurrence } = await makeEvent(world, weekly({ daysOfWeek: ['wednesday'] }));
    expect([start.dateTime, recurrence.range.startDate]).toEqual(['2027-01-13T08:00:00.0000000', '2027-01-13']);
  });

  it('keeps to the clock of its zone over the change to summer time', async () => {
    await makeEvent(world, {
      start: at('2027-03-22T09:00:00'),
      end: at('2027-03-22T10:00:00'),
      ...weekly({}, { startDate: '2027-03-22', recurrenceTimeZone: 'Europe/Berlin' }),
    });
    const events = await view('2027-03-01', '2027-05-01');
    expect(starts(events)).toEqual(['2027-03-22T08:00', '2027-03-29T07:00', '2027-04-05T07:00', '2027-04-12T07:00']);
    expect(events[1]).toMatchObject({ type: 'occurrence', seriesMasterId: expect.any(String), recurrence: null });
    expect(new Set(events.map((one: { iCalUId: string }) => one.iCalUId)).size).toBe(4);
  });

  it('without an end is expanded as far as one looks, by instances, too', async () => {
    const { id } = await makeEvent(
      world,
      weekly({ daysOfWeek: ['monday', 'friday'] }, { type: 'noEnd', numberOfOccurrences: 0 }),
    );
    expect(starts(await view('2036-12-31', '2037-01-06'))).toEqual(['2037-01-02T08:00', '2037-01-05T08:00']);
    const path = `/me/events/${id}/instances?startDateTime=2027-01-11T08:30:00Z&endDateTime=2027-01-15T08:00:00Z`;
    expect(starts((await world.call(ALICE, 'GET', path)).json.value)).toEqual(['2027-01-11T08:00']);
    expect((await world.call(ALICE, 'GET', `/me/events/${id}/instances`)).status).toBe(400);
    expect(await modelProblems(world)).toEqual([]);
  });

  it.each([
    ['no interval', { interval: undefined }, {}, 500, 'ErrorInternalServerError'],
    ['no weekday', { daysOfWeek: [] }, {}, 400, 'ErrorPropertyValidationFailure'],
    ['an interval of none', { interval: 0 }, {}, 400, 'ErrorPropertyValidationFailure'],
    ['a weekday that there is not', { daysOfWeek: ['someday'] }, {}, 400, 'RequestBodyRead'],
    ['an index that there is not, though it is not used', { index: 'fifth' }, {}, 400, 'RequestBodyRead'],
    ['another day than the event’s', {}, { startDate: '2027-01-12' }, 400, 'ErrorPropertyValidationFailure'],
    [
      'another zone than the event’s',
      {},
      { recurrenceTimeZone: 'Tokyo Standard Time' },
      400,
      'ErrorPropertyValidationFailure',
    ],
    ['a zone that there is not', {}, { recurrenceTimeZone: 'Europe/Rome' }, 400, 'TimeZoneNotSupportedException'],
    ['no number', {}, { numberOfOccurrences: 0 }, 400, 'ErrorPropertyValidationFailure'],
    ['an end before its start', {}, { type: 'endDate', endDate: '2027-01-10' }, 400, 'ErrorRecurrenceHasNoOccurrence'],
    ['an end in the year 5000', {}, { type: 'endDate', endDate: '5000-01-10' }, 400, 'ErrorRecurrenceEndDateTooBig'],
    [
      'a monthly day that is none',
      { type: 'absoluteMonthly', dayOfMonth: 32 },
      {},
      400,
      'ErrorPropertyValidationFailure',
    ],
    ['a year without a month', { type: 'absoluteYearly', dayOfMonth: 3 }, {}, 400, 'ErrorPropertyValidationFailure'],
  ])('is refused with %s', async (_, pattern, range, status, code) => {
    const answer = await world.call(ALICE, 'POST', '/me/events', {
      subject: 'Budget',
      ...NINE,
      ...weekly(pattern, range),
    });
    expect(codeOf(answer)).toEqual([status, code]);
  });

  it('moves its zone only together with its recurrence', async () => {
    const { id } = await makeEvent(world, weekly());
    const tokyo = {
      start: { dateTime: '2027-01-11T09:00:00', timeZone: 'Tokyo Standard Time' },
      end: { dateTime: '2027-01-11T10:00:00', timeZone: 'Tokyo Standard Time' },
    };
    expect(codeOf(await patch(id, tokyo))).toEqual([400, 'ErrorPropertyValidationFailure']);
    expect((await patch(id, { ...tokyo, ...weekly() })).status).toBe(200);
    expect(starts(await view('2027-01-10', '2027-01-12'))).toEqual(['2027-01-11T00:00']);
  });

  it('becomes a single event, and one becomes a series', async () => {
    const { id } = await makeEvent(world, weekly());
    expect((await patch(id, { recurrence: null })).json).toMatchObject({ type: 'singleInstance', recurrence: null });
    expect((await patch(id, weekly())).json.type).toBe('seriesMaster');
  });
});

describe('one occurrence', () => {
  it('that is moved is an exception with its old id, and the others stay', async () => {
    const series = await makeEvent(world, { ...weekly(), attendees: [attendee(BOB)] });
    const copy = await copyOf(world, BOB, series.iCalUId);
    await world.call(BOB, 'POST', `/me/events/${copy.id}/accept`, {});
    const [, second] = await view('2027-01-01', '2027-03-01');
    const moved = await patch(second.id, {
      start: at('2027-01-19T14:00:00'),
      end: at('2027-01-19T15:00:00'),
      subject: 'Moved',
    });
    expect(moved.json).toMatchObject({
      id: second.id,
      type: 'exception',
      seriesMasterId: series.id,
      originalStart: '2027-01-18T08:00:00.000Z',
    });
    const now = await view('2027-01-01', '2027-03-01');
    expect(starts(now)).toEqual(['2027-01-11T08:00', '2027-01-19T13:00', '2027-01-25T08:00', '2027-02-01T08:00']);
    expect(now.map((one: { subject: string }) => one.subject)).toEqual(['Budget', 'Moved', 'Budget', 'Budget']);
    expect(starts(await view('2027-01-01', '2027-03-01', BOB))).toEqual(starts(now));
    expect(world.tenant.calendars.mails.at(-1)).toMatchObject({ kind: 'update', to: BOB, occurrence: '2027-01-18' });
    const asked = await view('2027-01-01', '2027-03-01', BOB);
    expect(asked.map((one: { responseStatus: { response: string } }) => one.responseStatus.response)).toEqual([
      'accepted',
      'notResponded',
      'accepted',
      'accepted',
    ]);
    // What the series says goes on holding for what the exception did not change.
    await patch(series.id, { subject: 'Plan', location: { displayName: 'Room 1' } });
    const later = await view('2027-01-01', '2027-03-01');
    expect(later.map((one: { subject: string }) => one.subject)).toEqual(['Plan', 'Moved', 'Plan', 'Plan']);
    expect(later[1].location.displayName).toBe('Room 1');
  });

  it('cannot come to the day of its neighbours', async () => {
    await makeEvent(world, weekly());
    const [, second] = await view('2027-01-01', '2027-03-01');
    const to = (day: string) => patch(second.id, { start: at(`${day}T20:00:00`), end: at(`${day}T21:00:00`) });
    for (const day of ['2027-01-11', '2027-01-08', '2027-01-25', '2027-02-20'])
      expect(codeOf(await to(day))).toEqual([400, 'ErrorOccurrenceCrossingBoundary']);
    expect((await to('2027-01-24')).status).toBe(200);
  });

  it('is cancelled alone; attendees keep it as canceled', async () => {
    const series = await makeEvent(world, { ...weekly(), attendees: [attendee(BOB)] });
    const [, second, third] = await view('2027-01-01', '2027-03-01');
    await world.call(ALICE, 'POST', `/me/events/${second.id}/cancel`, { comment: 'Holiday' });
    expect((await world.call(ALICE, 'DELETE', `/me/events/${third.id}`)).status).toBe(204);
    expect(starts(await view('2027-01-01', '2027-03-01'))).toEqual(['2027-01-11T08:00', '2027-02-01T08:00']);
    expect((await world.call(ALICE, 'GET', `/me/events/${second.id}`)).status).toBe(404);
    const theirs = await view('2027-01-01', '2027-03-01', BOB);
    expect(theirs.map((one: { isCancelled: boolean }) => one.isCancelled)).toEqual([false, true, true, false]);
    expect(mailsOf(world, 'cancellation')).toHaveLength(2);
    await patch(series.id, { subject: 'Plan' });
    const after = await view('2027-01-01', '2027-03-01', BOB);
    expect(after.map((one: { subject: string }) => one.subject)).toEqual([
      'Plan',
      'Canceled: Budget',
      'Canceled: Budget',
      'Plan',
    ]);
    await patch(series.id, { attendees: [attendee(BOB), attendee(CAROL)] });
    expect(starts(await view('2027-01-01', '2027-03-01', CAROL))).toEqual(['2027-01-11T08:00', '2027-02-01T08:00']);
    const { json } = await world.call(ALICE, 'GET', `/me/events/${series.id}?$select=cancelledOccurrences`);
    expect(json.cancelledOccurrences).toEqual([`OID.${series.id}.2027-01-18`, `OID.${series.id}.2027-01-25`]);
  });

  it('can have people of its own, who have no other day of the series', async () => {
    const series = await makeEvent(world, { ...weekly(), attendees: [attendee(BOB)], isOnlineMeeting: true });
    const [, second] = await view('2027-01-01', '2027-03-01');
    await patch(second.id, { attendees: [attendee(BOB), attendee(CAROL)] });
    const [only, ...more] = await view('2027-01-01', '2027-03-01', CAROL);
    expect([only.type, only.iCalUId, more]).toEqual(['singleInstance', second.iCalUId, []]);
    await world.call(CAROL, 'POST', `/me/events/${only.id}/accept`, {});
    const answers = async () =>
      (await view('2027-01-01', '2027-03-01')).map((one: { attendees: { status: { response: string } }[] }) =>
        one.attendees.map(({ status }) => status.response).join(),
      );
    expect(await answers()).toEqual(['none', 'none,accepted', 'none', 'none']);
    const chat = world.tenant.chats.all().find((one) => one.chatType === 'meeting');
    expect(chat?.members).toHaveLength(3);
    // A change of the series is told once for the series and once for each day that differs.
    world.tenant.calendars.mails.length = 0;
    await patch(series.id, { subject: 'Plan' });
    expect(world.tenant.calendars.mails.map(({ kind, to, occurrence }) => [kind, to, occurrence])).toEqual([
      ['update', BOB, null],
      ['update', BOB, '2027-01-18'],
      ['update', CAROL, '2027-01-18'],
    ]);
    expect((await view('2027-01-01', '2027-03-01', CAROL))[0].subject).toBe('Plan');
    await world.call(ALICE, 'POST', `/me/events/${series.id}/cancel`, {});
    expect((await view('2027-01-01', '2027-03-01', CAROL))[0].isCancelled).toBe(true);
    expect(mailsOf(world, 'cancellation')).toEqual([`${BOB}: Plan`, `${CAROL}: Plan`]);
  });

  it('is answered alone', async () => {
    const series = await makeEvent(world, { ...weekly(), attendees: [attendee(BOB)] });
    const [first, second] = await view('2027-01-01', '2027-03-01', BOB);
    await world.call(BOB, 'POST', `/me/events/${first.id}/accept`, {});
    await world.call(BOB, 'POST', `/me/events/${second.id}/decline`, {});
    const mine = await view('2027-01-01', '2027-03-01');
    expect(
      mine.map((one: { attendees: { status: { response: string } }[] }) => one.attendees[0]?.status.response),
    ).toEqual(['accepted', 'declined', 'none', 'none']);
    expect(starts(await view('2027-01-01', '2027-03-01', BOB))).not.toContain('2027-01-18T08:00');
    expect(await copyOf(world, BOB, series.iCalUId)).toMatchObject({
      type: 'seriesMaster',
      responseStatus: { response: 'notResponded' },
    });
  });
});

describe('a view of the calendar', () => {
  it('holds what touches its stretch, in its bounds’ own zones', async () => {
    await makeEvent(world);
    expect(await view('2027-01-11T09:00:00Z', '2027-01-12')).toEqual([]);
    expect(await view('2027-01-11T08:59:00Z', '2027-01-12')).toHaveLength(1);
    expect(await view('2027-01-10', '2027-01-11T10:00:00%2B02:00')).toEqual([]);
    expect(await view('2027-01-10', '2027-01-11T10:00:00%2B01:59')).toHaveLength(1);
  });

  it.each([
    '',
    '?startDateTime=2027-01-01',
    '?startDateTime=now&endDateTime=2027-01-01',
    '?startDateTime=2027-01-02&endDateTime=2027-01-01',
    '?startDateTime=2020-01-01&endDateTime=2027-01-01',
  ])('is refused with "%s"', async (query) => {
    expect((await world.call(ALICE, 'GET', `/me/calendarView${query}`)).status).toBe(400);
  });
});

describe('the changes of a calendar', () => {
  const START = '/me/calendarView/delta?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-02-01T00:00:00Z';
  const round = async (path: string, pageSize = 50) => {
    const { json } = await world.call(ALICE, 'GET', path, undefined, { prefer: `odata.maxpagesize=${pageSize}` });
    return json;
  };

  it('begin with everything, by pages, and go on with what changed', async () => {
    const single = await makeEvent(world);
    const series = await makeEvent(world, weekly());
    const page = await round(START, 3);
    expect(page['@odata.deltaLink']).toBeUndefined();
    const rest = await round(page['@odata.nextLink'], 3);
    const all = [...page.value, ...rest.value];
    expect(all.map((one) => one.type).sort()).toEqual([
      'occurrence',
      'occurrence',
      'occurrence',
      'seriesMaster',
      'singleInstance',
    ]);
    const day = all.find((one) => one.type === 'occurrence');
    expect(Object.keys(day)).toEqual(['@odata.type', 'id', 'seriesMasterId', 'type', 'start', 'end']);
    const link = rest['@odata.deltaLink'];
    expect((await round(link)).value).toEqual([]);
    await patch(single.id, { subject: 'New' });
    await world.call(ALICE, 'DELETE', `/me/events/${day.id}`);
    const next = await round(link);
    expect(next.value.find((one: { id: string }) => one.id === single.id).subject).toBe('New');
    expect(next.value).toContainEqual({ id: day.id, '@removed': { reason: 'deleted' } });
    // The same link tells the same again; the new one tells nothing more.
    expect((await round(link)).value).toEqual(next.value);
    expect((await round(next['@odata.deltaLink'])).value).toEqual([]);
    await world.call(ALICE, 'DELETE', `/me/events/${series.id}`);
    const gone = (await round(next['@odata.deltaLink'])).value;
    expect(gone.every((one: object) => '@removed' in one)).toBe(true);
    expect(await modelProblems(world)).toEqual([]);
  });

  it('are forgotten one day, and are one person’s own', async () => {
    const { '@odata.deltaLink': link } = await round(START);
    expect((await world.call(BOB, 'GET', link)).status).toBe(410);
    world.tenant.calendars.syncStates.clear();
    expect(codeOf(await world.call(ALICE, 'GET', link))).toEqual([410, 'SyncStateNotFound']);
  });
});
