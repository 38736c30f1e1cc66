import type * as Microsoft from '@microsoft/microsoft-graph-types';
import type { MeetingMark, WindowsZone, ZoneName } from '../model/ids.ts';
import type { Attendee, Meeting, MeetingChanges, MeetingDraft, MeetingTimes } from '../model/meeting.ts';
import type { Recurrence } from '../model/recurrence.ts';
import { addDays, wallOf } from '../model/wall-time.ts';
import { teamsZoneOf, UTC } from '../time/teams-zone.ts';
import { wallAt } from '../time/zone.ts';
import { meetingHtml, withText } from '../util/meeting-body.ts';
import { toPatternedRecurrence } from './recurrence.ts';

/** The named property in which an event carries its record. Docs: resources/extended-properties-overview. */
export const MARK = 'String {8f1c2b6e-5d0a-4c39-9e57-2a7d4f6b1c03} Name DesksideRecord';

/** A new Teams meeting as POST /me/events takes it. Docs: api/user-post-events, examples 3 and 4. */
export function toNewEvent(draft: MeetingDraft, mark: MeetingMark, transactionId: string): Microsoft.Event {
  const { subject, times, recurrence, attendees, agenda, location, link } = draft;
  return {
    subject,
    body: { contentType: 'html', content: meetingHtml(agenda, link) },
    ...whenOf(times, recurrence),
    ...(recurrence ? { recurrence: repeated(times, recurrence) } : {}),
    ...(location.trim() ? { location: { displayName: location.trim() } } : {}),
    attendees: attendees.map(toAttendee),
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    transactionId,
    singleValueExtendedProperties: [{ id: MARK, value: mark }],
  };
}

/**
 * Only what changes, for PATCH /me/events/{id}. The body goes with Teams' block in it or, where the block is not found,
 * not at all: `agendaLeft` says so. Docs: api/event-update, "body property and online meetings".
 * @param meeting as it was read just before.
 */
export function toEventPatch(
  changes: MeetingChanges,
  meeting: Pick<Meeting, 'body' | 'joinUrl' | 'kind'>,
  link: MeetingDraft['link'],
): { patch: Microsoft.Event; agendaLeft: boolean } {
  const { subject, times, recurrence, attendees, agenda, location } = changes;
  const body =
    agenda === undefined || !meeting.joinUrl
      ? null
      : withText(meeting.body, meeting.joinUrl, meetingHtml(agenda, link));
  const patch: Microsoft.Event = {
    ...(subject === undefined ? {} : { subject }),
    ...(times ? whenOf(times, recurrence ?? null) : {}),
    ...(recurrence === undefined ? {} : { recurrence: recurrence && times ? repeated(times, recurrence) : null }),
    ...(attendees ? { attendees: attendees.map(toAttendee) } : {}),
    ...(location === undefined ? {} : { location: { displayName: location.trim() } }),
    ...(body === null ? {} : { body: { contentType: 'html', content: body } }),
  };
  return { patch, agendaLeft: agenda !== undefined && body === null };
}

function whenOf(times: MeetingTimes, rule: Recurrence | null): Pick<Microsoft.Event, 'start' | 'end' | 'isAllDay'> {
  if (times.kind === 'all-day') {
    const timeZone = zoneOfSeries(times, rule);
    const [start, end] = [wallOf(times.first), wallOf(addDays(times.last, 1))];
    return { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone }, isAllDay: true };
  }
  const zone = rule ? zoneOfSeries(times, rule) : teamsZoneOf(times, null);
  // The wall in the organizer's own zone, of which Windows has a name too; else in UTC.
  const [own, timeZone] = zone ? [times.zone, zone] : [UTC as string as ZoneName, UTC];
  const at = (instant: number) => ({ dateTime: wallAt(instant, own), timeZone });
  return { start: at(times.startsAt), end: at(times.endsAt), isAllDay: false };
}

function repeated(times: MeetingTimes, rule: Recurrence): Microsoft.PatternedRecurrence {
  return toPatternedRecurrence(rule, zoneOfSeries(times, rule));
}

/** A draft without one has the problem `series-zone` and is not to be sent. */
function zoneOfSeries(times: MeetingTimes, rule: Recurrence | null): WindowsZone {
  const zone = teamsZoneOf(times, rule);
  if (!zone) throw new Error('no zone of Teams keeps the clock of this series');
  return zone;
}

function toAttendee({ email, name, kind }: Attendee): Microsoft.Attendee {
  return { type: kind, emailAddress: { address: email, name } };
}
