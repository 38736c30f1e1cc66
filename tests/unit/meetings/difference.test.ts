import { describe, expect, it } from 'vitest';
import { eventFieldsOf } from '../../../lib/erpnext/event-fields.ts';
import { toEventPatch, toNewEvent } from '../../../lib/graph/event-body.ts';
import { toMeeting } from '../../../lib/graph/transform-meetings.ts';
import { changesFor, type Difference, differencesOf } from '../../../lib/meetings/difference.ts';
import { draftOf, occurrenceDraft } from '../../../lib/meetings/draft.ts';
import { recordChangesFor } from '../../../lib/meetings/record-changes.ts';
import type { FrappeVersion } from '../../../lib/model/event-fields.ts';
import { asMeetingMark, type CalendarDate, type Email, type ZoneName } from '../../../lib/model/ids.ts';
import type { Meeting, MeetingDraft } from '../../../lib/model/meeting.ts';
import { JOIN_BLOCK, JOIN_URL, kept } from './exchange.ts';

const BERLIN = 'Europe/Berlin' as ZoneName;
const SINGLE = { starts_on: '2026-12-10 14:00:00', ends_on: '2026-12-10 15:00:00' };
const WEEKLY = { ...SINGLE, repeat_this_event: 1, repeat_on: 'Weekly', thursday: 1, repeat_till: '2027-01-31' };
const drafted = (document: object, more: Partial<MeetingDraft> = {}): MeetingDraft => {
  const participants = ['bob', 'eve'].map((name) => ({
    email: `${name}@example.org` as Email,
    name,
    source: 'row' as const,
  }));
  const { draft } = draftOf({
    event: eventFieldsOf(document),
    version: 15,
    zoneName: BERLIN,
    subject: 'Review',
    participants,
    me: 'ada@example.org' as Email,
    agenda: 'Prices & terms\n<b>2</b> "open" points',
    location: 'Room 1',
    link: { url: 'https://erp.example/app/event/EV-1?a=1&b=2', title: 'Event EV-1 in ERPNext' },
  });
  return { ...draft!, ...more };
};
const meetingOf = (draft: MeetingDraft, more: object = {}): Meeting =>
  toMeeting(kept(toNewEvent(draft, asMeetingMark('m'), 't'), more));
const kinds = (differences: Difference[]) => differences.map(({ kind }) => kind);
const mended = (draft: MeetingDraft, meeting: Meeting, only?: Difference['kind'][]) => {
  const found = differencesOf(draft, meeting).filter(({ kind }) => !only || only.includes(kind));
  return toEventPatch(changesFor(draft, meeting, found), meeting, draft.link);
};

describe('a record and its meeting', () => {
  it('are the same right after it was made, and whatever Outlook made of the text', () => {
    for (const document of [SINGLE, WEEKLY]) {
      const draft = drafted(document);
      expect(differencesOf(draft, meetingOf(draft))).toEqual([]);
      const body = meetingOf(draft)
        .body.replaceAll('<div>', '<div class="x_PlainText">\r\n')
        .replace(/ (?=[^<>]*<)/g, '&nbsp;');
      expect(differencesOf(draft, { ...meetingOf(draft), body })).toEqual([]);
    }
  });

  it('differ by name, each with both sides', () => {
    const draft = drafted(WEEKLY);
    const meeting = meetingOf(
      drafted(
        { ...WEEKLY, starts_on: '2026-12-10 14:30:00', repeat_till: '2027-02-28' },
        { subject: 'Review 2', agenda: 'Other', location: 'Room 2' },
      ),
    );
    const others = [
      { ...meeting.attendees[0]! },
      { email: 'room@example.org', name: 'Room', kind: 'resource', answer: 'accepted' },
      { email: 'fay@example.org', name: 'Fay', kind: 'optional', answer: 'none' },
    ] as Meeting['attendees'];
    const found = differencesOf(draft, { ...meeting, attendees: others });
    expect(kinds(found)).toEqual(['subject', 'times', 'recurrence', 'missing', 'extra', 'agenda', 'location']);
    expect(found[0]).toEqual({ kind: 'subject', record: 'Review', meeting: 'Review 2' });
    expect(found[3]).toMatchObject({ people: [{ email: 'eve@example.org' }] });
    expect(found[4]).toMatchObject({ people: [{ email: 'fay@example.org' }] });
    expect(found[5]).toMatchObject({ meeting: 'Other' });
  });

  it('have the same end of a series where nothing takes place in between', () => {
    const meeting = meetingOf(drafted({ ...WEEKLY, repeat_till: '2027-01-28' }));
    expect(differencesOf(drafted(WEEKLY), meeting)).toEqual([]);
    expect(
      kinds(differencesOf(drafted(WEEKLY), { ...meeting, otherRhythm: 'relativeMonthly', recurrence: null })),
    ).toEqual(['recurrence']);
  });

  it('are compared for one occurrence by its own day', () => {
    const draft = drafted(WEEKLY);
    const day = '2026-12-17' as CalendarDate;
    const one = { ...meetingOf(occurrenceDraft(draft, day)), kind: 'occurrence' as const };
    expect(differencesOf(occurrenceDraft(draft, day), one)).toEqual([]);
    const moved = { ...one, times: { ...one.times, startsAt: 0 } as Meeting['times'] };
    expect(kinds(differencesOf(occurrenceDraft(draft, day), moved))).toEqual(['times']);
    const { patch } = mended(occurrenceDraft(draft, day), moved);
    expect(Object.keys(patch)).toEqual(['start', 'end', 'isAllDay']);
  });
});

describe('what mends a meeting', () => {
  it('is the changed properties alone', () => {
    const draft = drafted(SINGLE, { subject: 'New' });
    expect(mended(draft, meetingOf(drafted(SINGLE)))).toEqual({ patch: { subject: 'New' }, agendaLeft: false });
    const later = drafted({ ...SINGLE, ends_on: '2026-12-10 16:00:00' });
    expect(mended(later, meetingOf(drafted(SINGLE))).patch).toEqual({
      start: { dateTime: '2026-12-10T14:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-12-10T16:00:00', timeZone: 'W. Europe Standard Time' },
      isAllDay: false,
    });
  });

  it('is dates and rhythm together for a series, and no rhythm where the record repeats no more', () => {
    const meeting = meetingOf(drafted(WEEKLY));
    const longer = mended(drafted({ ...WEEKLY, repeat_till: '2027-03-31' }), meeting).patch;
    expect(longer.recurrence?.range).toMatchObject({ startDate: '2026-12-10', endDate: '2027-03-31' });
    expect(longer.start?.dateTime).toBe('2026-12-10T14:00:00');
    const hour = mended(drafted({ ...WEEKLY, ends_on: '2026-12-10 15:30:00' }), meeting).patch;
    expect(hour.recurrence?.pattern).toMatchObject({ type: 'weekly', daysOfWeek: ['thursday'] });
    const once = mended(drafted(SINGLE), meeting).patch;
    expect(once).toHaveProperty('recurrence', null);
    expect(once.start?.dateTime).toBe('2026-12-10T14:00:00');
  });

  it('keeps whom Outlook invited, and takes out only who was chosen', () => {
    const draft = drafted(SINGLE);
    const meeting = meetingOf(draft);
    const fay = {
      email: 'fay@example.org' as Email,
      name: 'Fay',
      kind: 'optional' as const,
      answer: 'accepted' as const,
    };
    const others = { ...meeting, attendees: [...meeting.attendees.slice(0, 1), fay] };
    const who = (patch: ReturnType<typeof mended>['patch']) =>
      patch.attendees?.map(({ type, emailAddress }) => `${type} ${emailAddress?.address}`);
    expect(who(mended(draft, others, ['missing']).patch)).toEqual([
      'required bob@example.org',
      'optional fay@example.org',
      'required eve@example.org',
    ]);
    expect(who(mended(draft, others).patch)).toEqual(['required bob@example.org', 'required eve@example.org']);
  });

  it('changes the text above Teams’ block and leaves the block as it is', () => {
    const meeting = meetingOf(drafted(SINGLE));
    const draft = drafted(SINGLE, { agenda: 'New <script>' });
    const { patch, agendaLeft } = mended(draft, meeting);
    expect(agendaLeft).toBe(false);
    expect(Object.keys(patch)).toEqual(['body']);
    const content = patch.body?.content ?? '';
    expect(content).toContain(JOIN_BLOCK);
    expect(content).toContain('<div>New &lt;script&gt;</div>');
    expect(content).not.toContain('Prices');
    expect(content.startsWith('<html><head>')).toBe(true);
    expect(differencesOf(draft, { ...meeting, body: content })).toEqual([]);
  });

  it('leaves the body alone where the block or the address in it is not found', () => {
    const draft = drafted(SINGLE, { agenda: 'New' });
    const meeting = meetingOf(drafted(SINGLE));
    for (const broken of [
      { ...meeting, body: '<p>Somebody’s own text</p>' },
      { ...meeting, body: meeting.body.replaceAll(JOIN_URL.replaceAll('&', '&amp;'), 'https://evil.example') },
      { ...meeting, joinUrl: null },
    ])
      expect(mended(draft, broken)).toEqual({ patch: {}, agendaLeft: true });
  });
});

describe('what mends a record', () => {
  const to = (was: object, now: object, version: FrappeVersion = 15, more: Partial<MeetingDraft> = {}) => {
    const meeting = meetingOf(drafted(now, more));
    return recordChangesFor(meeting, differencesOf(drafted(was), meeting), { version, siteZone: BERLIN });
  };
  const untold = { monday: 0, tuesday: 0, wednesday: 0, thursday: 0, friday: 0, saturday: 0, sunday: 0 };

  it('is spelled as ERPNext does, in the site’s zone', () => {
    const later = { starts_on: '2026-12-11 23:30:00', ends_on: '2026-12-12 00:30:00' };
    expect(to(SINGLE, later, 15, { subject: 'New' })).toEqual({
      fields: {
        subject: 'New',
        ...later,
        all_day: 0,
        repeat_this_event: 0,
        repeat_on: '',
        repeat_till: null,
        ...untold,
      },
      problems: [],
    });
    const days = { starts_on: '2026-12-11 00:00:00', ends_on: '2026-12-12 23:59:59', all_day: 1 };
    expect(to(SINGLE, days).fields).toMatchObject(days);
    expect(to(SINGLE, { ...WEEKLY, friday: 1 }).fields).toMatchObject({
      repeat_on: 'Weekly',
      thursday: 1,
      friday: 1,
      repeat_till: '2027-01-31',
    });
  });

  it('leaves out what ERPNext has no field for, by name', () => {
    const place = to(SINGLE, SINGLE, 15, { location: 'Room 2' });
    expect(place).toEqual({ fields: {}, problems: [{ kind: 'no-location-field' }] });
    expect(to(SINGLE, SINGLE, 16, { location: 'Room 2' }).fields).toEqual({ location: 'Room 2' });
    const people = to(SINGLE, SINGLE, 16, { attendees: [] });
    expect(people).toMatchObject({ fields: {}, problems: [{ kind: 'people-by-hand', people: [{}, {}] }] });
    const second = { ...meetingOf(drafted(WEEKLY)), recurrence: null, otherRhythm: 'relativeMonthly' };
    const changed = recordChangesFor(second, differencesOf(drafted(WEEKLY), second), { version: 16, siteZone: BERLIN });
    expect(changed).toEqual({ fields: {}, problems: [{ kind: 'rhythm-not-in-erpnext', rhythm: 'relativeMonthly' }] });
  });

  it('is not a series that keeps another zone’s clock', () => {
    const meeting = meetingOf(drafted({ ...WEEKLY, starts_on: '2026-12-10 14:30:00' }));
    const found = differencesOf(drafted(WEEKLY), meeting);
    const at = (siteZone: string) => recordChangesFor(meeting, found, { version: 15, siteZone: siteZone as ZoneName });
    expect(at('Europe/Rome').problems).toEqual([]);
    expect(at('Europe/Rome').fields).toMatchObject({ starts_on: '2026-12-10 14:30:00', repeat_on: 'Weekly' });
    // A clock that is always as far ahead keeps the series too, while its days stay the same.
    expect(at('Asia/Kolkata').fields).toMatchObject({ starts_on: '2026-12-10 19:00:00' });
    const other = { kind: 'series-in-other-zone', zone: 'Europe/Berlin' };
    expect(at('Pacific/Auckland').problems).toEqual([other]);
    const summer = meetingOf(drafted({ ...WEEKLY, starts_on: '2026-12-10 14:30:00', repeat_till: '2027-06-30' }));
    const kolkata = { version: 15 as const, siteZone: 'Asia/Kolkata' as ZoneName };
    expect(recordChangesFor(summer, found, kolkata).problems).toEqual([other]);
  });
});
