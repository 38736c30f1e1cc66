import { describe, expect, it } from 'vitest';
import {
  cancelMeeting,
  createMeeting,
  getMeeting,
  makesTeamsMeetings,
  meetingsBetween,
  meetingsByUid,
  meetingsOf,
  occurrencesIn,
  updateMeeting,
} from '../../../lib/graph/calendar.ts';
import { toNewEvent } from '../../../lib/graph/event-body.ts';
import { limitsOf } from '../../../lib/graph/limits.ts';
import {
  createOrGetMeeting,
  meetingByUrl,
  moveOnlineMeeting,
  removeOnlineMeeting,
} from '../../../lib/graph/online-meetings.ts';
import { freeBusy } from '../../../lib/graph/schedule.ts';
import { isMeetingOf } from '../../../lib/meetings/is-meeting-of.ts';
import { collisions } from '../../../lib/model/free-busy.ts';
import {
  asEventId,
  asMeetingMark,
  asOnlineMeetingId,
  type CalendarDate,
  type Email,
  type ZoneName,
} from '../../../lib/model/ids.ts';
import type { MeetingDraft } from '../../../lib/model/meeting.ts';
import { JOIN_URL, kept } from '../meetings/exchange.ts';
import { errorOf, fakeGraph, graphError, json } from './fake-graph.ts';

const MARK = asMeetingMark(`deskside:1:${'ab'.repeat(16)}`);
const made = { mark: MARK, transactionId: '7eb8263f-d0e0-4149-bb1c-1f0476083c56' };
const email = (name: string) => `${name}@example.org` as Email;
const AT = Date.UTC(2026, 11, 10, 13);
const draft: MeetingDraft = {
  subject: 'Review',
  times: { kind: 'timed', startsAt: AT, endsAt: AT + 3_600_000, zone: 'Asia/Kolkata' as ZoneName },
  recurrence: null,
  attendees: [{ email: email('bob'), name: 'Bob', kind: 'required' }],
  agenda: 'Prices',
  location: '',
  link: { url: 'https://erp.example/app/event/EV-1', title: 'EV-1' },
};
const posted = toNewEvent(draft, MARK, made.transactionId);
const event = (more: object = {}) => kept(posted, more);

describe('a meeting in the calendar', () => {
  it('is made by one POST that says everything, in a zone that Graph knows', async () => {
    const { graph, sent } = fakeGraph([json(event(), 201)]);
    const meeting = await createMeeting(graph, draft, made);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /me/events']);
    expect(sent[0]?.headers.get('prefer')).toBe('outlook.timezone="UTC"');
    expect(sent[0]?.body).toEqual({
      subject: 'Review',
      body: {
        contentType: 'html',
        content: '<div>Prices</div><br><div><a href="https://erp.example/app/event/EV-1">EV-1</a></div>',
      },
      start: { dateTime: '2026-12-10T18:30:00', timeZone: 'India Standard Time' },
      end: { dateTime: '2026-12-10T19:30:00', timeZone: 'India Standard Time' },
      isAllDay: false,
      attendees: [{ type: 'required', emailAddress: { address: 'bob@example.org', name: 'Bob' } }],
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      transactionId: made.transactionId,
      singleValueExtendedProperties: [
        { id: expect.stringMatching(/^String \{[0-9a-f-]{36}\} Name \w+$/), value: MARK },
      ],
    });
    expect(meeting).toMatchObject({ id: 'AAMk=', joinUrl: JOIN_URL, mark: MARK, mine: true, kind: 'single' });
    expect(meeting.times).toMatchObject({ startsAt: AT, endsAt: AT + 3_600_000 });
  });

  it('that repeats is made with the rule and its zone', async () => {
    const { graph, sent } = fakeGraph([json(event(), 201)]);
    const recurrence = { every: 'day', interval: 1, first: '2026-12-10', until: null } as const;
    const first = { ...recurrence, first: '2026-12-10' as CalendarDate };
    await createMeeting(graph, { ...draft, recurrence: first, location: 'Room 1' }, made);
    expect(sent[0]?.body).toMatchObject({
      location: { displayName: 'Room 1' },
      recurrence: {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'noEnd', startDate: '2026-12-10', recurrenceTimeZone: 'India Standard Time' },
      },
    });
  });

  it('is not made twice: an answer that is lost is asked for again, and one that is there is looked up', async () => {
    const twice = 'Your request can’t be completed. The TransactionId specified in the request has already been used.';
    const refused = graphError(409, 'ErrorDuplicateTransactionId', twice);
    const other = event({ id: 'other', transactionId: 'another' });
    const { graph, sent } = fakeGraph([new TypeError('lost'), refused, json({ value: [other, event()] })]);
    expect((await createMeeting(graph, draft, made)).id).toBe('AAMk=');
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
    expect(sent.at(-1)?.path).toMatch(
      /^\/me\/events\?\$filter=singleValueExtendedProperties\/Any\(ep: ep\/id eq 'String .*' and ep\/value eq 'deskside:1:/,
    );
    const gone = fakeGraph([refused, json({ value: [other] })]);
    expect((await errorOf(createMeeting(gone.graph, draft, made))).code).toBe('outcome-unknown');
  });

  it('is found by its record, page by page, and by what is the same in everybody’s calendar', async () => {
    const next = 'https://graph.microsoft.com/v1.0/me/events?$skip=10';
    const pages = [
      json({ value: [event({ isCancelled: true })], '@odata.nextLink': next }),
      json({ value: [event()] }),
    ];
    const { graph, sent } = fakeGraph(pages);
    expect((await meetingsOf(graph, MARK)).map(({ cancelled }) => cancelled)).toEqual([true, false]);
    const mine = fakeGraph([json({ value: [event({ isOrganizer: false })] })]);
    const [theirs] = await meetingsByUid(mine.graph, "04'00");
    expect(theirs).toMatchObject({ mine: false, organizer: { email: 'ada@example.org', name: 'Ada' } });
    expect(mine.sent[0]?.path).toContain("$filter=iCalUId eq '04''00'");
    expect(sent.every(({ headers }) => headers.get('prefer') === 'outlook.timezone="UTC"')).toBe(true);
  });

  it('of another’s is found in the calendar by its address or by its link to the record, as such', async () => {
    const theirs = { isOrganizer: false, singleValueExtendedProperties: [] };
    const { graph, sent } = fakeGraph([json({ value: [event(theirs)] })]);
    const [found] = await meetingsBetween(graph, AT, AT + 86_400_000);
    expect(sent[0]?.path).toMatch(
      /^\/me\/calendarView\?.*&startDateTime=2026-12-10T13:00:00.000Z&endDateTime=2026-12-11T13:00:00.000Z$/,
    );
    const record = { mark: MARK, joinUrl: null, url: draft.link.url };
    expect(isMeetingOf(found!, { ...record, joinUrl: JOIN_URL })).toBe('address');
    expect(isMeetingOf(found!, record)).toBe('link');
    expect(isMeetingOf(found!, { ...record, url: `${draft.link.url}0` })).toBeNull();
    expect(isMeetingOf({ ...found!, mark: MARK }, record)).toBe('mark');
  });

  it('is read with its record’s mark, or found to be gone', async () => {
    const expanded = { singleValueExtendedProperties: [{ ...posted.singleValueExtendedProperties![0] }] };
    const { graph, sent } = fakeGraph([json(event(expanded))]);
    expect((await getMeeting(graph, asEventId('A/b='))).mark).toBe(MARK);
    expect(sent[0]?.url).toContain('/me/events/A%2Fb%3D?');
    const gone = fakeGraph([graphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')]);
    expect((await errorOf(getMeeting(gone.graph, asEventId('x')))).code).toBe('not-found');
  });

  it('is read in whatever zone Graph answers, and refused in one that nobody knows', async () => {
    const local = { dateTime: '2026-12-10T14:00:00.0000000', timeZone: 'W. Europe Standard Time' };
    const { graph } = fakeGraph([json(event({ start: local }))]);
    expect((await getMeeting(graph, asEventId('x'))).times).toMatchObject({ startsAt: AT });
    const odd = fakeGraph([json(event({ start: { ...local, timeZone: 'Customized Time Zone' } }))]);
    expect((await errorOf(getMeeting(odd.graph, asEventId('x')))).code).toBe('microsoft-down');
  });

  it('tells who answered what, and leaves out who has no address', async () => {
    const attendees = [
      {
        type: 'optional',
        emailAddress: { address: 'Bob@Example.org', name: 'Bob' },
        status: { response: 'tentativelyAccepted' },
      },
      { type: 'required', emailAddress: { name: 'Hall' } },
    ];
    const { graph } = fakeGraph([json(event({ attendees }))]);
    expect((await getMeeting(graph, asEventId('x'))).attendees).toEqual([
      { email: 'bob@example.org', name: 'Bob', kind: 'optional', answer: 'tentative' },
    ]);
  });

  it('is changed, its occurrences are listed, and it is cancelled with a word to everybody', async () => {
    const { graph, sent } = fakeGraph([
      json(event({ subject: 'New' })),
      json({ value: [event({ type: 'occurrence', seriesMasterId: 'S' })] }),
      json(undefined, 202),
    ]);
    expect((await updateMeeting(graph, asEventId('x'), { subject: 'New' })).subject).toBe('New');
    expect(sent[0]).toMatchObject({ method: 'PATCH', body: { subject: 'New' } });
    const [one] = await occurrencesIn(graph, asEventId('S'), AT, AT + 86_400_000);
    expect(one).toMatchObject({ kind: 'occurrence', seriesId: 'S' });
    expect(sent[1]?.path).toContain('startDateTime=2026-12-10T13:00:00.000Z&endDateTime=2026-12-11T13:00:00.000Z');
    await cancelMeeting(graph, asEventId('x'), 'Not needed');
    expect(sent[2]).toMatchObject({ method: 'POST', path: '/me/events/x/cancel', body: { Comment: 'Not needed' } });
  });

  it('is only made where the calendar makes Teams meetings', async () => {
    const { graph } = fakeGraph([
      json({ allowedOnlineMeetingProviders: ['teamsForBusiness'] }),
      json({ allowedOnlineMeetingProviders: [] }),
    ]);
    expect(await makesTeamsMeetings(graph)).toBe(true);
    expect(await makesTeamsMeetings(graph)).toBe(false);
  });

  it('shares the mailbox’s four calls a second', () => {
    for (const path of ['/me/events?$top=1', '/me/events/x/cancel', '/me/calendar/getSchedule'])
      expect(limitsOf('POST', path)).toEqual([{ key: 'calendar', count: 4, window: 1_100, perUser: true }]);
  });
});

describe('a meeting outside the calendar', () => {
  const online = {
    id: 'MSo1',
    joinWebUrl: JOIN_URL,
    subject: 'Review',
    startDateTime: '2026-12-10T13:00:00Z',
    endDateTime: '2026-12-10T14:00:00Z',
    chatInfo: { threadId: '19:meeting_MTIz@thread.v2' },
  };
  const plan = { subject: 'Review', startsAt: AT, endsAt: AT + 3_600_000 };

  it('is made once by its external id', async () => {
    const { graph, sent } = fakeGraph([json(online, 201)]);
    expect(await createOrGetMeeting(graph, made.transactionId, plan)).toEqual({
      id: 'MSo1',
      joinUrl: JOIN_URL,
      chatId: '19:meeting_MTIz@thread.v2',
      subject: 'Review',
      startsAt: AT,
      endsAt: AT + 3_600_000,
    });
    expect(sent[0]).toMatchObject({
      path: '/me/onlineMeetings/createOrGet',
      body: { externalId: made.transactionId, subject: 'Review', startDateTime: '2026-12-10T13:00:00.000Z' },
    });
  });

  it('is found by its address, which is encoded once more than it is', async () => {
    const { graph, sent } = fakeGraph([json({ value: [online] }), json({ value: [] })]);
    expect((await meetingByUrl(graph, JOIN_URL))?.chatId).toBe('19:meeting_MTIz@thread.v2');
    expect(sent[0]?.url).toContain('19%253ameeting_MTIz%2540thread.v2');
    expect(await meetingByUrl(graph, JOIN_URL)).toBeNull();
  });

  it('is moved and removed', async () => {
    const { graph, sent } = fakeGraph([json(online), json(undefined, 204)]);
    await moveOnlineMeeting(graph, asOnlineMeetingId('MSo1'), plan);
    await removeOnlineMeeting(graph, asOnlineMeetingId('MSo1'));
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /me/onlineMeetings/MSo1',
      'DELETE /me/onlineMeetings/MSo1',
    ]);
  });
});

describe('free and busy', () => {
  const item = (status: string, hour: number) => ({
    status,
    start: { dateTime: `2026-12-10T${hour}:00:00.0000000`, timeZone: 'UTC' },
    end: { dateTime: `2026-12-10T${hour + 1}:00:00.0000000`, timeZone: 'UTC' },
  });

  it('is asked for by twenty, and nobody is free who did not answer', async () => {
    const people = Array.from({ length: 21 }, (_, n) => email(`p${n}`));
    const { graph, sent } = fakeGraph([
      json({
        value: [
          { scheduleId: 'P0@example.org', scheduleItems: [item('Busy', 13), item('free', 14), item('oof', 15)] },
          { scheduleId: 'p1@example.org', scheduleItems: [], error: null },
          { scheduleId: 'p2@example.org', error: { responseCode: 'ErrorMailRecipientNotFound' } },
          { scheduleId: 'stranger@example.org', scheduleItems: [] },
        ],
      }),
      json({ value: [{ scheduleId: 'p20@example.org', scheduleItems: [item('workingElsewhere', 13)] }] }),
    ]);
    const range = { from: AT - 3_600_000, to: AT + 400 * 86_400_000 };
    const found = await freeBusy(graph, people, range);
    expect(found.size).toBe(21);
    expect(sent.map(({ body }) => (body as { schedules: unknown[] }).schedules.length)).toEqual([20, 1]);
    expect(sent[0]?.body).toMatchObject({
      startTime: { dateTime: '2026-12-10T12:00:00', timeZone: 'UTC' },
      endTime: { dateTime: '2027-02-09T12:00:00', timeZone: 'UTC' },
    });
    const of = (name: string) => found.get(email(name));
    expect(of('p0')).toEqual({
      state: 'known',
      engagements: [
        { from: AT, to: AT + 3_600_000, kind: 'busy' },
        { from: AT + 7_200_000, to: AT + 10_800_000, kind: 'away' },
      ],
    });
    expect([of('p1'), of('p20')]).toEqual(Array(2).fill({ state: 'known', engagements: [] }));
    expect([of('p2'), of('p3')]).toEqual(Array(2).fill({ state: 'unknown' }));
  });

  it('collides where times overlap, and not where they touch', () => {
    const busy = [{ from: 10, to: 20, kind: 'busy' as const }];
    expect(collisions({ from: 0, to: 10 }, busy)).toEqual([]);
    expect(collisions({ from: 19, to: 30 }, busy)).toEqual(busy);
    expect(collisions({ from: 20, to: 30 }, busy)).toEqual([]);
  });
});
