import type { Calendars } from './calendars.ts';
import type { OnlineMeetings } from './online-meetings.ts';
import { instantOf } from './zones.ts';

type Name = (userId: string | null) => string | null;

/** Meetings and their mails as plain data for GET /state: people by e-mail, times as ISO text. */
export const describeMeetings = (calendars: Calendars, meetings: OnlineMeetings, email: Name) => ({
  meetings: calendars
    .all()
    .filter((item) => item.isOrganizer)
    .map(({ id, uid, organizer, content, recurrence, extended }) => ({
      id,
      iCalUId: uid,
      organizer: organizer.address,
      subject: content.subject,
      start: iso(instantOf(content.start)),
      end: iso(instantOf(content.end)),
      recurring: recurrence !== null,
      joinUrl: content.joinUrl,
      threadId: content.joinUrl === null ? null : (meetings.byJoinUrl(content.joinUrl)?.threadId ?? null),
      extended: Object.fromEntries(extended),
      attendees: content.attendees.map(({ address, type, response }) => ({
        email: address,
        type,
        response: response.word,
      })),
      /** The same meeting in others' calendars. */
      copies: calendars
        .all()
        .filter((one) => one.uid === uid && !one.isOrganizer)
        .map((one) => ({
          email: email(one.ownerId),
          subject: one.content.subject,
          response: one.response.word,
          isCancelled: one.isCancelled,
        })),
    })),
  /** Those that lie in no calendar, too. */
  onlineMeetings: meetings.all().map(({ id, organizerId, externalId, subject, joinUrl, threadId }) => ({
    id,
    organizer: email(organizerId),
    externalId,
    subject,
    joinUrl,
    threadId,
  })),
  mails: calendars.mails.map(({ at, uid, ...mail }) => ({ ...mail, at: iso(at), iCalUId: uid })),
});

const iso = (ms: number) => new Date(ms).toISOString();
