/** The stand-in's own rows for Teams meetings; their Graph shapes are made in ../graph. Instants in ms since 1970. */

export interface MeetingRecord {
  id: string;
  organizerId: string;
  tenantId: string;
  /** Of the meeting's chat. */
  threadId: string;
  joinUrl: string;
  /** The client's own id of it, unique for its organizer. */
  externalId: string | null;
  /** iCalUId of the event it belongs to; null for one that lies in no calendar. */
  uid: string | null;
  subject: string | null;
  startAt: number;
  endAt: number;
  createdAt: number;
  attendees: Participant[];
  lobby: { scope: string; isDialInBypassEnabled: boolean };
  /** `passcode` is null where none is needed. */
  joinMeetingId: { id: string; passcode: string | null };
  conferenceId: string;
  /** All other options, by Graph's names. */
  options: Record<string, unknown>;
  reports: AttendanceReport[];
  transcripts: Artifact[];
  recordings: Artifact[];
}

export interface Participant {
  /** Null for somebody who is in no directory here. */
  userId: string | null;
  upn: string | null;
  role: string;
}

export interface AttendanceReport {
  id: string;
  startAt: number;
  endAt: number;
  records: AttendanceRecord[];
}

export interface AttendanceRecord {
  id: string;
  userId: string | null;
  email: string | null;
  displayName: string;
  role: string;
  intervals: { from: number; until: number }[];
}

/** A transcript or a recording. */
export interface Artifact {
  id: string;
  callId: string;
  createdAt: number;
  endAt: number;
  contentType: string;
  bytes: Buffer;
}
