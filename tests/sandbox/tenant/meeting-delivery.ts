import type { Clock } from '../shell.ts';
import type { Attendee, CalendarItem, EventContent, MeetingMail, Response } from './calendar-records.ts';
import type { Calendars } from './calendars.ts';
import type { Directory } from './directory.ts';
import { createCopies, isAmong } from './meeting-copies.ts';
import { type Instance, occurrenceOn, readUid, wholeOf } from './occurrences.ts';
import { emailOf } from './people.ts';
import type { RespondOptions } from './scheduling.ts';

const NEVER: Response = { word: 'none', at: null };

/** Mails about meetings, and what they do in the calendars they come to. */
export function createDelivery(parts: { calendars: Calendars; directory: Directory; clock: Clock }) {
  const { calendars, directory, clock } = parts;
  const copies = createCopies(parts);

  const others = (item: CalendarItem, attendees: Attendee[]) =>
    attendees.filter(({ address }) => !isAmong([{ ...item.organizer } as Attendee], address));
  const mail = (item: CalendarItem, to: string, kind: MeetingMail['kind'], more: Partial<MeetingMail> = {}) => {
    const base = { at: clock.now(), kind, from: item.organizer.address, to, uid: readUid(item.uid).uid };
    const subject = item.content.subject ?? '';
    calendars.mails.push({ ...base, subject, occurrence: null, comment: null, response: null, ...more });
  };
  const addressOf = (item: CalendarItem): string => {
    const owner = directory.byId(item.ownerId);
    return owner ? emailOf(owner) : '';
  };
  /** The organizer's item of a meeting, with the day that it is about. */
  const originalOf = ({ item, day }: Instance): { original: CalendarItem | undefined; day: string | null } => {
    const organizer = copies.userOf(item.organizer.address);
    const named = readUid(item.uid);
    const original = item.isOrganizer || !organizer ? item : calendars.byUid(organizer.id, named.uid);
    return { original, day: day ?? named.day };
  };
  /** Those who are invited to single days of a series, by day. */
  const ofDays = (item: CalendarItem) =>
    [...item.exceptions].map(([on, { content }]): [string, Attendee[]] => [on, others(item, content.attendees)]);

  return {
    userOf: copies.userOf,
    invite(item: CalendarItem, attendees: Attendee[]): void {
      for (const attendee of others(item, attendees)) {
        mail(item, attendee.address, 'invitation');
        copies.bring(item, attendee, { reset: true, day: null });
      }
    },
    /** Tells what changed; with attendees alone, only those who came and went. */
    announce(
      item: CalendarItem,
      day: string | null,
      before: EventContent,
      how: { rescheduled: boolean; attendeesOnly: boolean },
    ) {
      const content = (day === null ? item.content : item.exceptions.get(day)?.content) ?? item.content;
      const was = others(item, before.attendees);
      const is = others(item, content.attendees);
      if (how.rescheduled)
        content.attendees = content.attendees.map((one) => ({ ...one, response: NEVER, proposed: null }));
      for (const { address } of was.filter((one) => !isAmong(is, one.address))) {
        mail(item, address, 'cancellation', { occurrence: day });
        copies.cancel(item, address, day);
      }
      for (const attendee of is) {
        const isNew = !isAmong(was, attendee.address);
        const isTold = isNew || !how.attendeesOnly;
        if (isTold) mail(item, attendee.address, isNew ? 'invitation' : 'update', { occurrence: day });
        copies.bring(item, attendee, { reset: isNew || how.rescheduled, day });
      }
      if (day !== null || how.attendeesOnly) return;
      // "One for the master series and one per instance that has been updated" (event-update.md).
      for (const [on, attendees] of ofDays(item)) {
        for (const attendee of attendees) {
          mail(item, attendee.address, 'update', { occurrence: on });
          copies.bring(item, attendee, { reset: false, day: on });
        }
      }
    },
    cancel(item: CalendarItem, day: string | null, { attendees }: EventContent, comment: string | null): void {
      for (const { address } of others(item, attendees)) {
        mail(item, address, 'cancellation', { occurrence: day, comment });
        copies.cancel(item, address, day);
      }
      if (day !== null) return;
      for (const [on, invited] of ofDays(item)) {
        for (const { address } of invited.filter((one) => !isAmong(attendees, one.address))) {
          mail(item, address, 'cancellation', { occurrence: on, comment });
          copies.cancel(item, address, on);
        }
      }
    },
    respond(instance: Instance, word: Response['word'], { comment, send, proposed }: RespondOptions): void {
      const { item } = instance;
      const response = { word, at: clock.now() };
      const address = addressOf(item);
      const showAs = word === 'accepted' ? 'busy' : 'tentative';
      const target = instance.day === null ? item : calendars.exceptionOn(item, instance.day);
      target.response = response;
      target.content = { ...target.content, showAs, attendees: answered(target.content, address, response, proposed) };
      calendars.touch(target);
      if (!send) return;
      const { original: theirs, day } = originalOf(instance);
      mail(item, item.organizer.address, 'response', { from: address, occurrence: day, comment, response: word });
      if (!theirs || !(day === null ? wholeOf(theirs) : occurrenceOn(theirs, day))) return;
      const told = day === null ? theirs : calendars.exceptionOn(theirs, day);
      told.content = { ...told.content, attendees: answered(told.content, address, response, proposed) };
      if (day === null)
        for (const one of theirs.exceptions.values())
          one.content.attendees = answered(one.content, address, response, proposed);
      calendars.touch(told);
    },
    /** Somebody more is invited, by the organizer or by an attendee; the organizer hears of it and has them on the list. */
    forward(instance: Instance, to: { name: string; address: string }[], comment: string | null): void {
      const { item } = instance;
      const from = addressOf(item);
      const { original, day } = originalOf(instance);
      for (const { name, address } of to) {
        const attendee: Attendee = { name, address, type: 'required', response: NEVER, proposed: null };
        mail(item, address, 'invitation', { from, comment, occurrence: day });
        if (!original) continue;
        if (!item.isOrganizer)
          mail(item, item.organizer.address, 'forwardNotice', { from, comment: address, occurrence: day });
        const target = day === null ? original : calendars.exceptionOn(original, day);
        if (isAmong(target.content.attendees, address)) continue;
        target.content = { ...target.content, attendees: [...target.content.attendees, attendee] };
        calendars.touch(target);
        copies.bring(original, attendee, { reset: true, day });
      }
    },
  };
}

const answered = ({ attendees }: EventContent, address: string, response: Response, proposed: Attendee['proposed']) =>
  attendees.map((one) => (isAmong([one], address) ? { ...one, response, proposed } : one));
