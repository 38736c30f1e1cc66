import type { Recurrence } from './recurrence.ts';
import type { WallTime } from './zones.ts';

/** The stand-in's own rows for calendars; their Graph shapes are made in ../graph. Instants in ms since 1970. */

/** One item in one person's calendar. The same meeting lies in every attendee's calendar as an item of its own. */
export interface CalendarItem {
  id: string;
  ownerId: string;
  /** iCalUId, the same in all calendars. */
  uid: string;
  organizer: Mailbox;
  isOrganizer: boolean;
  createdAt: number;
  modifiedAt: number;
  /** Grows with every change; the change key and the ETag are made of it. */
  version: number;
  /** The client's own id of the create request, and what it asked for. */
  transaction: { id: string; request: string } | null;
  content: EventContent;
  recurrence: Recurrence | null;
  response: Response;
  isCancelled: boolean;
  /** By the id of the property. */
  extended: Map<string, string>;
  /** Occurrences that differ, by the day they were to be on (`YYYY-MM-DD` in the series' zone). */
  exceptions: Map<string, OccurrenceException>;
  /** Days of occurrences that are gone. */
  cancelled: Set<string>;
}

export interface OccurrenceException {
  createdAt: number;
  modifiedAt: number;
  version: number;
  content: EventContent;
  response: Response;
  isCancelled: boolean;
  extended: Map<string, string>;
}

export interface EventContent {
  subject: string | null;
  /** Inside of the body element. */
  html: string;
  start: WallTime;
  end: WallTime;
  isAllDay: boolean;
  locations: Record<string, unknown>[];
  attendees: Attendee[];
  importance: string;
  sensitivity: string;
  showAs: string;
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  responseRequested: boolean;
  allowNewTimeProposals: boolean;
  hideAttendees: boolean;
  isDraft: boolean;
  categories: string[];
  /** Of the Teams meeting; null where it is none. */
  joinUrl: string | null;
}

export interface Mailbox {
  name: string;
  address: string;
}

export interface Attendee extends Mailbox {
  type: 'required' | 'optional' | 'resource';
  response: Response;
  proposed: { start: WallTime; end: WallTime } | null;
}

export interface Response {
  word: 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';
  /** Null: never. */
  at: number | null;
}

/** A mail that went out about a meeting, to one recipient. */
export interface MeetingMail {
  at: number;
  kind: 'invitation' | 'update' | 'cancellation' | 'response' | 'forwardNotice';
  from: string;
  to: string;
  subject: string;
  uid: string;
  /** The day of the one occurrence that it is about; null for all of the meeting. */
  occurrence: string | null;
  /** What was written with it. */
  comment: string | null;
  /** Of responses. */
  response: Response['word'] | null;
}
