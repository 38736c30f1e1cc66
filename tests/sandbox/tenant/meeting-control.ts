import { randomUUID } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { Attendee, CalendarItem, EventContent, Response } from './calendar-records.ts';
import type { Calendars } from './calendars.ts';
import type { Chats } from './chats.ts';
import { addEvent } from './control-events.ts';
import type { Directory } from './directory.ts';
import type { MeetingRecord } from './meeting-records.ts';
import { type Instance, occurrenceOn, wholeOf } from './occurrences.ts';
import type { OnlineMeetings } from './online-meetings.ts';
import type { Scheduling } from './scheduling.ts';
import { type WallTime, zoneOf } from './zones.ts';

/** A meeting that is there already, by its iCalUId; with `day` (`YYYY-MM-DD`), that one occurrence of a series. */
export interface MeetingPlace {
  iCalUId: string;
  day?: string;
}

/** A meeting made in Outlook itself. Times are wall clocks' (`YYYY-MM-DDTHH:mm:ss`) in `zone`. */
export interface MeetingOrder {
  /** Whose it is, by e-mail. */
  from: string;
  subject: string;
  start: string;
  end: string;
  /** A Windows or IANA name that Outlook knows; UTC unless said otherwise. */
  zone?: string;
  attendees?: string[];
  /** A Teams meeting; true unless said otherwise. */
  online?: boolean;
  showAs?: string;
  isAllDay?: boolean;
}

/** What the organizer changes in Outlook. */
export type MeetingChange = MeetingPlace &
  Partial<Pick<MeetingOrder, 'subject' | 'start' | 'end' | 'zone' | 'attendees'>>;

/** An attendee answers in Outlook. */
export type MeetingAnswer = MeetingPlace & {
  from: string;
  answer: 'accepted' | 'tentativelyAccepted' | 'declined';
  comment?: string;
};

/** Somebody takes it out of the calendar: the organizer cancels it with that, an attendee says nothing. */
export type MeetingRemoval = MeetingPlace & { from: string; comment?: string };

/** The Teams meeting took place; `people` by e-mail or, from outside, by name, with minutes from its start. */
export interface Attendance {
  joinUrl: string;
  /** Ms since 1970; when it was to start unless said otherwise. */
  startAt?: number;
  people: { who: string; from: number; until: number }[];
  /** WebVTT; without it nothing was transcribed. */
  transcript?: string;
  /** Whether it was recorded. */
  recorded?: boolean;
}

/** What people do with meetings in Outlook and Teams itself while a test looks on. What is misspelt throws. */
export function controlMeetings(parts: {
  directory: Directory;
  calendars: Calendars;
  meetings: OnlineMeetings;
  scheduling: Scheduling;
  chats: Chats;
  clock: Clock;
}) {
  const { directory, calendars, meetings, scheduling, clock } = parts;
  const instanceOf = ({ iCalUId, day }: MeetingPlace, whose: (item: CalendarItem) => boolean): Instance => {
    const item = calendars.all().find((one) => one.uid === iCalUId && whose(one));
    if (!item) throw new Error(`No such calendar in the sandbox holds a meeting ${iCalUId}.`);
    const found = day === undefined ? wholeOf(item) : occurrenceOn(item, day);
    if (!found) throw new Error(`The meeting ${iCalUId} has no occurrence on ${day}.`);
    return found;
  };
  const time = (local: string, zone = 'UTC'): WallTime => {
    const known = zoneOf(zone);
    if (!known) throw new Error(`Outlook knows no time zone ${zone}.`);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local)) throw new Error(`"${local}" is not YYYY-MM-DDTHH:mm:ss.`);
    return { local, zone: known };
  };
  const invited = (emails: string[], before: Attendee[] = []): Attendee[] =>
    emails.map((address) => {
      const known = before.find((one) => one.address.toLowerCase() === address.toLowerCase());
      const name = scheduling.userOf(address)?.displayName ?? address;
      return known ?? { name, address, type: 'required', response: { word: 'none', at: null }, proposed: null };
    });
  const meetingAt = (joinUrl: string): MeetingRecord => {
    const meeting = meetings.byJoinUrl(joinUrl);
    if (!meeting) throw new Error(`The sandbox has no Teams meeting at ${joinUrl}.`);
    return meeting;
  };

  return {
    createOutlookMeeting({ from, start, end, zone, attendees = [], online = true, ...order }: MeetingOrder) {
      const content: EventContent = {
        html: '',
        locations: [],
        importance: 'normal',
        sensitivity: 'normal',
        isAllDay: false,
        showAs: 'busy',
        isReminderOn: true,
        reminderMinutesBeforeStart: 15,
        responseRequested: true,
        allowNewTimeProposals: true,
        hideAttendees: false,
        isDraft: false,
        categories: [],
        joinUrl: null,
        ...order,
        start: time(start, zone),
        end: time(end, zone),
        attendees: invited(attendees),
      };
      const draft = { content, recurrence: null, extended: new Map(), online, transaction: null };
      const item = scheduling.create(directory.require(from), draft);
      return { id: item.id, iCalUId: item.uid, joinUrl: item.content.joinUrl };
    },
    changeOutlookMeeting({ subject, start, end, zone, attendees, ...place }: MeetingChange): void {
      const instance = instanceOf(place, (item) => item.isOrganizer);
      const content: Partial<EventContent> = {
        ...(subject === undefined ? {} : { subject }),
        ...(start === undefined ? {} : { start: time(start, zone ?? instance.content.start.zone.windows) }),
        ...(end === undefined ? {} : { end: time(end, zone ?? instance.content.end.zone.windows) }),
        ...(attendees === undefined ? {} : { attendees: invited(attendees, instance.content.attendees) }),
      };
      scheduling.change(instance, { content });
    },
    answerOutlookMeeting({ from, answer, comment = '', ...place }: MeetingAnswer): void {
      const { id } = directory.require(from);
      const instance = instanceOf(place, (item) => item.ownerId === id && !item.isOrganizer);
      scheduling.respond(instance, answer satisfies Response['word'], { comment, send: true, proposed: null });
    },
    removeOutlookMeeting({ from, comment, ...place }: MeetingRemoval): void {
      const { id } = directory.require(from);
      scheduling.cancel(
        instanceOf(place, (item) => item.ownerId === id),
        comment ?? null,
      );
    },
    holdMeeting({ joinUrl, startAt, people, transcript, recorded = false }: Attendance): void {
      const meeting = meetingAt(joinUrl);
      const start = startAt ?? meeting.startAt;
      const at = (minutes: number) => start + minutes * 60_000;
      const end = Math.max(start, ...people.map(({ until }) => at(until)));
      const byPerson = Map.groupBy(people, ({ who }) => who);
      const records = [...byPerson].map(([who, stays]) => {
        const user = who.includes('@') ? directory.require(who) : undefined;
        return {
          id: randomUUID(),
          userId: user?.id ?? null,
          email: user ? who : null,
          displayName: user?.displayName ?? who,
          role: user?.id === meeting.organizerId ? 'Organizer' : user ? 'Presenter' : 'Attendee',
          intervals: stays.map(({ from, until }) => ({ from: at(from), until: at(until) })),
        };
      });
      meeting.reports.push({ id: randomUUID(), startAt: start, endAt: end, records });
      const callId = randomUUID();
      const artifact = (contentType: string, text: string) => {
        const id = Buffer.from(`1##0##${randomUUID()}`).toString('base64url');
        return {
          id,
          callId,
          createdAt: Math.max(clock.now(), start),
          endAt: end,
          contentType,
          bytes: Buffer.from(text),
        };
      };
      tellInChat(
        parts,
        meeting,
        [...byPerson.keys()].filter((who) => who.includes('@')),
        end - start,
        { transcript, recorded },
      );
      // Of a meeting that lies in no calendar Graph gives neither (onlinemeeting-list-transcripts.md).
      if (meeting.uid === null) return;
      if (transcript !== undefined) meeting.transcripts.push(artifact('text/vtt', transcript));
      if (recorded) meeting.recordings.push(artifact('video/mp4', 'ftypmp42'));
    },
  };
}

/** What the meeting's chat says of it: that it began and ended, and what was kept of it. */
function tellInChat(
  { directory, chats, clock }: { directory: Directory; chats: Chats; clock: Clock },
  meeting: MeetingRecord,
  people: string[],
  duration: number,
  kept: { transcript: string | undefined; recorded: boolean },
): void {
  const chat = chats.get(meeting.threadId);
  const [from] = people;
  if (!chat || !from) return;
  const tell = (kind: string, more: Record<string, unknown>) =>
    addEvent(directory, chat, clock, { chatId: chat.id, kind, ...more });
  tell('callStarted', { from, callEventType: 'meeting' });
  if (kept.recorded) tell('callRecording', { from });
  if (kept.transcript !== undefined) tell('callTranscript', { callTranscriptICalUid: meeting.uid });
  tell('callEnded', { from, callDuration: `PT${Math.round(duration / 1000)}S`, callParticipants: people });
}
