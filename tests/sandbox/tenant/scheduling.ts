import type { Clock } from '../shell.ts';
import type { CalendarItem, EventContent, Response } from './calendar-records.ts';
import type { Calendars } from './calendars.ts';
import type { Directory } from './directory.ts';
import { holdsJoinBlock, joinBlock } from './join-block.ts';
import { createDelivery } from './meeting-delivery.ts';
import type { Instance } from './occurrences.ts';
import { type OnlineMeetings, participant } from './online-meetings.ts';
import { type DirectoryUser, emailOf } from './people.ts';
import { daysOf, type Recurrence } from './recurrence.ts';
import { dateOf, daysBetween, instantOf, movedByDays } from './zones.ts';

/** An event as it is asked for; `online` asks for a Teams meeting. */
export interface EventDraft {
  content: EventContent;
  recurrence: Recurrence | null;
  extended: Map<string, string>;
  online: boolean;
  transaction: CalendarItem['transaction'];
}

export interface EventChange {
  content: Partial<EventContent>;
  /** Undefined: as it was. */
  recurrence?: Recurrence | null;
  extended?: Map<string, string>;
  online?: boolean;
}

/** What is one's own alone: a change of it is told to nobody. */
const PERSONAL: readonly string[] = ['categories', 'showAs', 'isReminderOn', 'reminderMinutesBeforeStart'];

export type Scheduling = ReturnType<typeof createScheduling>;

/** What making, changing and giving up a meeting brings about: Teams meetings, mails, copies in others' calendars. */
export function createScheduling(parts: {
  calendars: Calendars;
  meetings: OnlineMeetings;
  directory: Directory;
  clock: Clock;
}) {
  const { calendars, meetings, directory } = parts;
  const delivery = createDelivery(parts);

  const goOnline = (item: CalendarItem, owner: DirectoryUser) => {
    if (!calendars.teamsMeetings || item.content.joinUrl) return;
    const { subject, start, end, attendees, html } = item.content;
    const meeting = meetings.create(owner, {
      subject,
      startAt: instantOf(start),
      endAt: instantOf(end),
      uid: item.uid,
      attendees: attendees.map(({ address }) => participant(delivery.userOf(address), address)),
    });
    item.content = {
      ...item.content,
      joinUrl: meeting.joinUrl,
      html: `${html}${html ? '<br>\r\n' : ''}${joinBlock(meeting)}`,
    };
  };
  const followOnline = ({ content, exceptions }: CalendarItem) => {
    const meeting = content.joinUrl ? meetings.byJoinUrl(content.joinUrl) : undefined;
    if (!meeting) return;
    const { subject, start, end } = content;
    // Who is invited to one day of a series is a participant, too.
    const invited = [content, ...[...exceptions.values()].map((one) => one.content)].flatMap((one) => one.attendees);
    const attendees = [...new Map(invited.map((one) => [one.address.toLowerCase(), one])).values()];
    meetings.change(meeting, {
      subject,
      startAt: instantOf(start),
      endAt: instantOf(end),
      attendees: attendees.map(({ address }) => participant(delivery.userOf(address), address)),
    });
  };

  return {
    userOf: delivery.userOf,
    create(owner: DirectoryUser, { content, recurrence, extended, online, transaction }: EventDraft): CalendarItem {
      const item = calendars.add({
        ownerId: owner.id,
        uid: calendars.newUid(),
        organizer: { name: owner.displayName, address: emailOf(owner) },
        isOrganizer: true,
        transaction,
        content,
        recurrence,
        response: { word: 'organizer', at: null },
        isCancelled: false,
        extended,
        exceptions: new Map(),
        cancelled: new Set(),
      });
      startOnFirstDay(item);
      if (online) goOnline(item, owner);
      if (!item.content.isDraft) delivery.invite(item, item.content.attendees);
      return item;
    },

    /** Answers nothing; the caller finds the instance anew. */
    change({ item, day, content: before }: Instance, { content, recurrence, extended, online }: EventChange): void {
      const target = day === null ? item : calendars.exceptionOn(item, day);
      const wasDraft = before.isDraft;
      for (const [id, value] of extended ?? []) target.extended.set(id, value);
      target.content = { ...target.content, ...content };
      if (before.joinUrl && content.html !== undefined && !holdsJoinBlock(content.html, before.joinUrl))
        target.content = { ...target.content, joinUrl: null };
      const moved = day === null && item.isOrganizer && timesChanged(before, target.content);
      if (day === null) {
        const newPattern = recurrence !== undefined;
        if (newPattern) item.recurrence = recurrence;
        if (moved && item.recurrence && !newPattern) item.recurrence = restarted(item.recurrence, item.content);
        // A series that follows another rule has none of its old occurrences.
        if (newPattern || (moved && item.recurrence)) {
          item.exceptions.clear();
          item.cancelled.clear();
          startOnFirstDay(item);
        } else spreadToExceptions(item, before, content);
      }
      const owner = directory.byId(item.ownerId);
      if (online && day === null && item.isOrganizer && owner) goOnline(item, owner);
      const wentOnline = target.content.joinUrl !== null && before.joinUrl === null;
      calendars.touch(target);
      if (!item.isOrganizer) return;
      followOnline(item);
      if (target.content.isDraft) return;
      if (wasDraft) delivery.invite(item, item.content.attendees);
      else if (recurrence !== undefined || wentOnline || Object.keys(content).some((name) => !PERSONAL.includes(name)))
        delivery.announce(item, day, before, {
          rescheduled: recurrence !== undefined || timesChanged(before, target.content),
          attendeesOnly: recurrence === undefined && Object.keys(content).every((name) => name === 'attendees'),
        });
    },

    /** The organizer gives it up, or one day of it: attendees are told, their copies say so. */
    cancel({ item, day, content }: Instance, comment: string | null): void {
      if (item.isOrganizer && !content.isDraft) delivery.cancel(item, day, content, comment);
      if (day === null) calendars.remove(item);
      else {
        item.cancelled.add(day);
        item.exceptions.delete(day);
        calendars.touch(item);
      }
    },

    /** An attendee answers; who declines has it no longer in the calendar. */
    respond(instance: Instance, word: Response['word'], options: RespondOptions): void {
      delivery.respond(instance, word, options);
      if (word !== 'declined') return;
      if (instance.day === null) calendars.remove(instance.item);
      else {
        instance.item.cancelled.add(instance.day);
        calendars.touch(instance.item);
      }
    },

    forward: delivery.forward,
  };
}

export interface RespondOptions {
  comment: string | null;
  /** False: the organizer hears nothing of it. */
  send: boolean;
  proposed: NonNullable<EventContent['attendees'][number]['proposed']> | null;
}

export const timesChanged = (a: EventContent, b: EventContent): boolean =>
  instantOf(a.start) !== instantOf(b.start) || instantOf(a.end) !== instantOf(b.end) || a.isAllDay !== b.isAllDay;

/** "The first occurrence of the meeting might not occur on this date if it does not fit the pattern": it starts there. */
function startOnFirstDay(item: CalendarItem): void {
  if (!item.recurrence) return;
  const [first] = daysOf(item.recurrence);
  if (first === undefined || first === dateOf(item.content.start)) return;
  const days = daysBetween(dateOf(item.content.start), first);
  const { start, end } = item.content;
  item.content = { ...item.content, start: movedByDays(start, days), end: movedByDays(end, days) };
  item.recurrence = { ...item.recurrence, range: { ...item.recurrence.range, startDate: first } };
}

const restarted = (recurrence: Recurrence, { start }: EventContent): Recurrence => ({
  ...recurrence,
  range: { ...recurrence.range, startDate: dateOf(start) },
});

/** What an exception has of its series, it goes on having of it. */
function spreadToExceptions(item: CalendarItem, before: EventContent, change: Partial<EventContent>): void {
  for (const exception of item.exceptions.values()) {
    const own = exception.content as unknown as Record<string, unknown>;
    const old = before as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(change)) {
      if (name !== 'start' && name !== 'end' && JSON.stringify(own[name]) === JSON.stringify(old[name]))
        own[name] = value;
    }
  }
}
