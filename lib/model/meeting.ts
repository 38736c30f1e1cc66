import type { CalendarDate, Email, EventId, MeetingMark, WallTime, ZoneName } from './ids.ts';
import type { Recurrence } from './recurrence.ts';

/** When a meeting is; of a series, when its first occurrence is. */
export type MeetingTimes =
  /** Instants in milliseconds since 1970, and the zone in which the clock on the organizer's wall counts. */
  | { kind: 'timed'; startsAt: number; endsAt: number; zone: ZoneName }
  /** Whole days, `last` included: days of everybody's own calendar, at no instant. `zone` is the organizer's. */
  | { kind: 'all-day'; first: CalendarDate; last: CalendarDate; zone: ZoneName };

export interface Attendee {
  email: Email;
  name: string;
  kind: 'required' | 'optional' | 'resource';
}

/** What a person answered to the invitation; `none` where they have not yet. */
export type Answer = 'none' | 'accepted' | 'tentative' | 'declined' | 'organizer';

/** A meeting as the record wants it. */
export interface MeetingDraft {
  subject: string;
  times: MeetingTimes;
  recurrence: Recurrence | null;
  attendees: Attendee[];
  /** Plain text. */
  agenda: string;
  location: string;
  /** The record, to be linked below the agenda. */
  link: { url: string; title: string };
}

/** What of a meeting is to be changed, the rest being left as it is. */
export type MeetingChanges = Partial<
  Pick<MeetingDraft, 'subject' | 'times' | 'recurrence' | 'attendees' | 'agenda' | 'location'>
>;

/** A meeting as it stands in the person's calendar. */
export interface Meeting {
  id: EventId;
  /** The same in everybody's calendar, for the whole series. */
  uid: string;
  /** `exception`: an occurrence that was changed by itself. */
  kind: 'single' | 'series' | 'occurrence' | 'exception';
  seriesId: EventId | null;
  subject: string;
  times: MeetingTimes;
  recurrence: Recurrence | null;
  /** A rhythm that ERPNext has no word for ("second Tuesday of each month"), as Graph calls it. */
  otherRhythm: string | null;
  attendees: (Attendee & { answer: Answer })[];
  organizer: { email: Email | null; name: string };
  /** Whether it is the person's own: only then it is theirs to change. */
  mine: boolean;
  cancelled: boolean;
  joinUrl: string | null;
  /** Opens it in Outlook. */
  webUrl: string | null;
  /** HTML as Outlook keeps it, with Teams' block to join at its end; never shown, never sent back but by `withAgenda`. */
  body: string;
  location: string;
  mark: MeetingMark | null;
}

/**
 * What keeps a record's dates from standing in Teams exactly as they stand in ERPNext. Each is shown before anything is
 * sent. `stop`: there is nothing to send yet. `ask`: what will be sent is one way to read it, said in the problem, and a
 * person agrees or chooses. `note`: good to know.
 */
export type MeetingProblem =
  | { kind: 'no-start'; weight: 'stop' }
  /** The site names a zone that this browser does not know. */
  | { kind: 'zone-unknown'; weight: 'stop'; zone: string }
  | { kind: 'ends-before-start'; weight: 'stop' }
  | { kind: 'too-many-attendees'; weight: 'stop'; count: number; most: number }
  /** ERPNext allows a meeting without an end: this long was taken. */
  | { kind: 'no-end'; weight: 'ask'; minutes: number }
  /** Where clocks are put forward this time does not come: `taken` instead. A series cannot begin with it. */
  | { kind: 'gap'; weight: 'ask' | 'stop'; which: 'start' | 'end'; wall: WallTime; taken: WallTime }
  /** Where clocks are put back it comes twice: the first was taken unless a person said otherwise. */
  | { kind: 'overlap'; weight: 'ask'; which: 'start' | 'end'; wall: WallTime; first: number; second: number }
  /** A day that ends at its own midnight: ERPNext 14 and 15 draw that day too, 16 does not. */
  | { kind: 'all-day-end'; weight: 'ask'; last: CalendarDate; other: CalendarDate }
  /** Whole days, whose clock times are left out. */
  | { kind: 'all-day-clock'; weight: 'note' }
  /** Teams has no zone that keeps this one's time: sent in UTC, which is exact. */
  | { kind: 'zone-not-in-teams'; weight: 'note'; zone: ZoneName }
  /** The same for a series, whose later occurrences would be off by an hour or more from `from` on. */
  | { kind: 'series-zone'; weight: 'stop'; zone: ZoneName; from: CalendarDate | null }
  /** On these days the clock jumps over the time, or shows it twice: Outlook decides which it is. */
  | { kind: 'series-clock'; weight: 'note'; dates: CalendarDate[] }
  /** "Repeat" is ticked without a rhythm: ERPNext 14 and 15 show it once, 16 not at all. Sent as one meeting. */
  | { kind: 'no-rhythm'; weight: 'ask' }
  | { kind: 'unknown-rhythm'; weight: 'ask'; rhythm: string }
  /** Weekly without a weekday never takes place in ERPNext. Sent as one meeting. */
  | { kind: 'no-weekdays'; weight: 'ask' }
  /** It ends before it begins. Sent as one meeting. */
  | { kind: 'never-occurs'; weight: 'ask' }
  /** It begins on a weekday that it does not repeat on: ERPNext shows it from `to` on. */
  | { kind: 'first-moved'; weight: 'note'; from: CalendarDate; to: CalendarDate }
  /** ERPNext 16 leaves out what would go on after the last day. */
  | { kind: 'until-earlier'; weight: 'note'; from: CalendarDate; to: CalendarDate }
  /** In shorter months it is on the last day. */
  | { kind: 'month-end'; weight: 'note'; day: number }
  /** Yearly on 29 February, which ERPNext 14 and 15 cannot show in other years. In Teams it is on the 28th then. */
  | { kind: 'leap-day'; weight: 'ask' }
  /** An occurrence lasts until the next one or longer, which Outlook refuses. */
  | { kind: 'occurrences-overlap'; weight: 'stop' }
  /** These people have no e-mail address that can be read, so no invitation reaches them. */
  | { kind: 'without-address'; weight: 'note'; names: string[] };

/** What ERPNext has no field for, when a meeting's changes go into its record. */
export type RecordProblem =
  | { kind: 'rhythm-not-in-erpnext'; rhythm: string }
  /** Monthly or yearly on a day of the month that is not the day it begins on, which is what ERPNext goes by. */
  | { kind: 'day-not-in-erpnext'; day: number }
  /** The series keeps another zone's clock: in the site's zone its time would wander, or its day be another. */
  | { kind: 'series-in-other-zone'; zone: ZoneName }
  /** Event has a field for the place from v16 on. */
  | { kind: 'no-location-field' }
  /** A record's people are links to documents, which an address alone does not make. */
  | { kind: 'people-by-hand'; people: Attendee[] };
