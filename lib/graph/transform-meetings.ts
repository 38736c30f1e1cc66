import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import {
  asChatId,
  asEventId,
  asMeetingMark,
  asOnlineMeetingId,
  foldEmail,
  type WallTime,
  type ZoneName,
} from '../model/ids.ts';
import type { Answer, Attendee, Meeting, MeetingTimes } from '../model/meeting.ts';
import type { OnlineMeeting } from '../model/online-meeting.ts';
import { addDays, dateOf, parseWall } from '../model/wall-time.ts';
import { zoneNamed } from '../time/windows-zones.ts';
import { instantOf, zoneOf } from '../time/zone.ts';
import { strangeAnswer } from './errors.ts';
import { MARK } from './event-body.ts';
import { parsed } from './pages.ts';
import { readRecurrence } from './recurrence.ts';
import { maybe, named, text } from './transform.ts';

/** An event of a calendar, whose times were asked for in UTC. */
export function toMeeting(data: unknown): Meeting {
  const event = parsed(EventShape, data);
  const read = event.recurrence ? readRecurrence(event.recurrence) : null;
  const zone = zoneNamed(read?.zone || (event.originalStartTimeZone ?? '')) ?? (zoneOf('UTC') as ZoneName);
  const mark = event.singleValueExtendedProperties?.find(({ id }) => id?.toLowerCase() === MARK.toLowerCase())?.value;
  return {
    id: asEventId(event.id),
    uid: event.iCalUId ?? '',
    kind: KINDS[event.type ?? ''] ?? 'single',
    seriesId: event.seriesMasterId ? asEventId(event.seriesMasterId) : null,
    subject: event.subject ?? '',
    times: timesOf(event, zone),
    recurrence: read && 'rule' in read && zoneNamed(read.zone) ? read.rule : null,
    otherRhythm: !read
      ? null
      : 'other' in read
        ? read.other
        : zoneNamed(read.zone)
          ? null
          : read.zone || 'no time zone',
    attendees: (event.attendees ?? []).flatMap(toAttendee),
    organizer: {
      email: foldEmail(event.organizer?.emailAddress?.address),
      name: event.organizer?.emailAddress?.name ?? '',
    },
    mine: event.isOrganizer ?? false,
    cancelled: event.isCancelled ?? false,
    joinUrl: event.onlineMeeting?.joinUrl ?? null,
    webUrl: event.webLink ?? null,
    body: event.body?.content ?? '',
    location: event.location?.displayName ?? '',
    mark: mark ? asMeetingMark(mark) : null,
  };
}

/** By what a repeated creation is recognised. */
export function transactionOf(data: unknown): string | null {
  return parsed(v.object({ transactionId: text }), data).transactionId ?? null;
}

export function toOnlineMeeting(data: unknown): OnlineMeeting {
  const { id, joinWebUrl, subject, startDateTime, endDateTime, chatInfo } = parsed(OnlineMeetingShape, data);
  return {
    id: asOnlineMeetingId(id),
    joinUrl: joinWebUrl,
    chatId: chatInfo?.threadId ? asChatId(chatInfo.threadId) : null,
    subject: subject ?? '',
    startsAt: startDateTime ? Date.parse(startDateTime) : null,
    endsAt: endDateTime ? Date.parse(endDateTime) : null,
  };
}

const KINDS: Record<string, Meeting['kind']> = {
  singleInstance: 'single',
  seriesMaster: 'series',
  occurrence: 'occurrence',
  exception: 'exception',
};

type Event = v.InferOutput<typeof EventShape>;

/** Whole days come as midnights, whatever zone was asked for. */
function timesOf({ start, end, isAllDay }: Event, zone: ZoneName): MeetingTimes {
  if (!isAllDay) return { kind: 'timed', startsAt: instant(start), endsAt: instant(end), zone };
  const first = dateOf(wall(start));
  const last = addDays(dateOf(wall(end)), -1);
  return { kind: 'all-day', first, last: last < first ? first : last, zone };
}

type Moment = v.InferOutput<typeof MomentShape>;

function wall({ dateTime }: Moment): WallTime {
  const found = parseWall(dateTime.replace(/Z$/, ''));
  if (!found) throw strangeAnswer('dateTime: a time expected');
  return found;
}

/** @throws AppFailure where Graph names a zone that is none: a time without its zone is no time. */
export function instant(moment: Moment): number {
  const zone = zoneNamed(moment.timeZone ?? 'UTC');
  if (!zone) throw strangeAnswer('timeZone: a known time zone expected');
  const found = instantOf(wall(moment), zone);
  return found.kind === 'one' ? found.at : found.kind === 'gap' ? found.after : found.first;
}

function toAttendee(data: v.InferOutput<typeof AttendeeShape>): Meeting['attendees'] {
  const email = foldEmail(data.emailAddress?.address);
  // Outlook keeps people without an address too; nobody can be invited by their name.
  if (!email) return [];
  const kind: Attendee['kind'] = data.type === 'optional' || data.type === 'resource' ? data.type : 'required';
  const name = data.emailAddress?.name ?? '';
  return [{ email, name: name || email, kind, answer: ANSWERS[data.status?.response ?? ''] ?? 'none' }];
}

const ANSWERS: Record<string, Answer> = {
  accepted: 'accepted',
  declined: 'declined',
  tentativelyAccepted: 'tentative',
  organizer: 'organizer',
};

const flag = maybe(v.boolean());
const who = maybe(v.object({ address: text, name: text }));
export const MomentShape = v.object({ dateTime: v.string(), timeZone: text });
const AttendeeShape = v.object({
  type: text,
  emailAddress: who,
  status: maybe(v.object({ response: text })),
});

const EventShape = named<Microsoft.Event>()({
  id: v.pipe(v.string(), v.minLength(1)),
  iCalUId: text,
  type: text,
  seriesMasterId: text,
  subject: text,
  start: MomentShape,
  end: MomentShape,
  isAllDay: flag,
  originalStartTimeZone: text,
  recurrence: maybe(v.unknown()),
  attendees: maybe(v.array(AttendeeShape)),
  organizer: maybe(v.object({ emailAddress: who })),
  isOrganizer: flag,
  isCancelled: flag,
  onlineMeeting: maybe(v.object({ joinUrl: text })),
  webLink: text,
  body: maybe(v.object({ content: text })),
  location: maybe(v.object({ displayName: text })),
  singleValueExtendedProperties: maybe(v.array(v.object({ id: text, value: text }))),
});

const OnlineMeetingShape = named<Microsoft.OnlineMeeting>()({
  id: v.pipe(v.string(), v.minLength(1)),
  joinWebUrl: v.pipe(v.string(), v.startsWith('https://')),
  subject: text,
  startDateTime: text,
  endDateTime: text,
  chatInfo: maybe(v.object({ threadId: text })),
});
