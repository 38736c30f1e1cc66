import type {
  Attendance,
  MeetingAnswer,
  MeetingChange,
  MeetingOrder,
  MeetingRemoval,
} from '../../tests/sandbox/tenant/meeting-control.ts';

/** A meeting in its organizer's calendar as GET /state tells it; people by e-mail, times as ISO text. */
export interface SandboxMeeting {
  id: string;
  iCalUId: string;
  organizer: string;
  subject: string | null;
  start: string;
  end: string;
  recurring: boolean;
  joinUrl: string | null;
  /** Of the meeting's chat. */
  threadId: string | null;
  /** Extended properties by their ids. */
  extended: Record<string, string>;
  attendees: { email: string; type: string; response: string }[];
  copies: { email: string; subject: string | null; response: string; isCancelled: boolean }[];
}

/** A mail about a meeting, to one recipient. */
export interface SandboxMail {
  at: string;
  kind: 'invitation' | 'update' | 'cancellation' | 'response' | 'forwardNotice';
  from: string;
  to: string;
  subject: string;
  iCalUId: string;
  /** The day of the one occurrence that it is about. */
  occurrence: string | null;
  comment: string | null;
  response: string | null;
}

/** A Teams meeting, whether it lies in a calendar or not. */
export interface SandboxOnlineMeeting {
  id: string;
  organizer: string;
  externalId: string | null;
  subject: string | null;
  joinUrl: string;
  threadId: string;
}

/** What people do in Outlook, and in the meetings themselves. */
export interface MeetingsControl {
  /** A meeting made in Outlook. */
  createMeeting(meeting: MeetingOrder): Promise<{ id: string; iCalUId: string; joinUrl: string | null }>;
  /** Its organizer moves or renames it, or invites others. */
  changeMeeting(change: MeetingChange): Promise<void>;
  /** An attendee answers. */
  answerMeeting(answer: MeetingAnswer): Promise<void>;
  /** The organizer cancels it, or an attendee takes it out of the calendar. */
  removeMeeting(removal: MeetingRemoval): Promise<void>;
  /** It took place: attendance, and what was transcribed or recorded. */
  holdMeeting(attendance: Attendance): Promise<void>;
}

/** @param ask sends one call to the control server and answers its text */
export function meetingsControl(
  ask: (method: string, path: string, body?: unknown) => Promise<string>,
  tell: (method: string, path: string, body?: unknown) => Promise<void>,
): MeetingsControl {
  return {
    createMeeting: async (meeting) => JSON.parse(await ask('POST', '/meetings', meeting)),
    changeMeeting: (change) => tell('PATCH', '/meetings', change),
    answerMeeting: (answer) => tell('POST', '/meetings/answers', answer),
    removeMeeting: (removal) => tell('DELETE', '/meetings', removal),
    holdMeeting: (attendance) => tell('POST', '/meetings/held', attendance),
  };
}
