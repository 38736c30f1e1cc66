import type { Clock } from '../shell.ts';
import type {
  Attendee,
  CalendarItem,
  EventContent,
  MeetingMail,
  OccurrenceException,
  Response,
} from './calendar-records.ts';
import type { Calendars } from './calendars.ts';
import type { Directory } from './directory.ts';
import { type Instance, occurrenceOn, wholeOf } from './occurrences.ts';
import { type DirectoryUser, emailOf } from './people.ts';
import type { RespondOptions } from './scheduling.ts';

const NEVER: Response = { word: 'none', at: null };
const UNANSWERED: Response = { word: 'notResponded', at: null };

/** Mails about meetings, and what they do in the calendars they come to. */
export function createDelivery(parts: { calendars: Calendars; directory: Directory; clock: Clock }) {
  const { calendars, directory, clock } = parts;

  /** Who has a mailbox here by that address; nobody for people outside and for guests. */
  const userOf = (address: string): DirectoryUser | undefined => {
    const folded = address.trim().toLowerCase();
    return directory.find((user) => hasMailbox(user) && (emailOf(user) === folded || user.aliases.includes(folded)));
  };
  const others = (item: CalendarItem, attendees: Attendee[]) =>
    attendees.filter(({ address }) => address.toLowerCase() !== item.organizer.address.toLowerCase());
  const mail = (item: CalendarItem, to: string, kind: MeetingMail['kind'], more: Partial<MeetingMail> = {}) => {
    const base = { at: clock.now(), kind, from: item.organizer.address, to, uid: item.uid };
    calendars.mails.push({
      ...base,
      subject: item.content.subject ?? '',
      occurrence: null,
      comment: null,
      response: null,
      ...more,
    });
  };

  const copyOf = (item: CalendarItem, address: string): CalendarItem | undefined => {
    const user = userOf(address);
    return user && user.id !== item.ownerId ? calendars.byUid(user.id, item.uid) : undefined;
  };
  /**
   * The attendee's copy as the organizer's item now is. Answers and what is the attendee's own stay; `reset` asks anew, for
   * all of it or for one day.
   */
  const bring = (item: CalendarItem, { address }: Attendee, reset: boolean, day: string | null = null): void => {
    const user = userOf(address);
    if (!user || user.id === item.ownerId) return;
    const known = calendars.byUid(user.id, item.uid);
    const copy = known ?? addCopy(calendars, item, user);
    const anew = !known || (reset && day === null);
    if (anew) copy.cancelled.clear();
    const gone = [...copy.exceptions].filter(([on, one]) => one.isCancelled && item.cancelled.has(on) && !anew);
    copy.recurrence = structuredClone(item.recurrence);
    copy.isCancelled = false;
    copy.content = received(item.content, copy.content, address, anew);
    if (anew) copy.response = UNANSWERED;
    const changed = [...item.exceptions].map(([on, theirs]): [string, OccurrenceException] => {
      const own = copy.exceptions.get(on);
      const again = anew || (reset && on === day);
      const content = received(theirs.content, own?.content ?? copy.content, address, again);
      const response = again ? UNANSWERED : (own?.response ?? copy.response);
      return [on, { ...theirs, content, response, extended: own?.extended ?? new Map() }];
    });
    copy.exceptions = new Map([...gone, ...changed]);
    // Days that were gone before the attendee came never were there for them.
    for (const on of item.cancelled) if (!copy.exceptions.has(on)) copy.cancelled.add(on);
    calendars.touch(copy);
  };

  return {
    userOf,
    invite(item: CalendarItem, attendees: Attendee[]): void {
      for (const attendee of others(item, attendees)) {
        mail(item, attendee.address, 'invitation');
        bring(item, attendee, true);
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
      const has = (list: Attendee[], { address }: Attendee) => list.some((one) => same(one, address));
      if (how.rescheduled)
        content.attendees = content.attendees.map((one) => ({ ...one, response: NEVER, proposed: null }));
      for (const gone of was.filter((one) => !has(is, one))) {
        mail(item, gone.address, 'cancellation', { occurrence: day });
        const copy = copyOf(item, gone.address);
        if (copy) markCancelled(calendars, copy, day);
      }
      for (const attendee of is) {
        const isNew = !has(was, attendee);
        if (how.attendeesOnly && !isNew) bring(item, attendee, false);
        else {
          mail(item, attendee.address, isNew ? 'invitation' : 'update', { occurrence: day });
          bring(item, attendee, isNew || how.rescheduled, isNew ? null : day);
        }
      }
    },
    cancel(item: CalendarItem, day: string | null, { attendees }: EventContent, comment: string | null): void {
      for (const { address } of others(item, attendees)) {
        mail(item, address, 'cancellation', { occurrence: day, comment });
        const copy = copyOf(item, address);
        if (copy) markCancelled(calendars, copy, day);
      }
    },
    respond({ item, day }: Instance, word: Response['word'], { comment, send, proposed }: RespondOptions): void {
      const response = { word, at: clock.now() };
      const owner = directory.byId(item.ownerId);
      const address = owner ? emailOf(owner) : '';
      const showAs = word === 'accepted' ? 'busy' : 'tentative';
      const target = day === null ? item : calendars.exceptionOn(item, day);
      target.response = response;
      target.content = { ...target.content, showAs, attendees: answered(target.content, address, response, proposed) };
      calendars.touch(target);
      if (!send) return;
      mail(item, item.organizer.address, 'response', { from: address, occurrence: day, comment, response: word });
      const organizer = userOf(item.organizer.address);
      const theirs = organizer && calendars.byUid(organizer.id, item.uid);
      if (!theirs) return;
      const theirDay = day === null ? wholeOf(theirs) : occurrenceOn(theirs, day);
      if (!theirDay) return;
      const told = day === null ? theirs : calendars.exceptionOn(theirs, day);
      told.content = { ...told.content, attendees: answered(told.content, address, response, proposed) };
      if (day === null)
        for (const one of theirs.exceptions.values())
          one.content.attendees = answered(one.content, address, response, proposed);
      calendars.touch(told);
    },
    /** Somebody more is invited, by the organizer or by an attendee; the organizer hears of it and has them on the list. */
    forward({ item }: Instance, to: { name: string; address: string }[], comment: string | null): void {
      const owner = directory.byId(item.ownerId);
      const organizer = userOf(item.organizer.address);
      const original = item.isOrganizer || !organizer ? item : calendars.byUid(organizer.id, item.uid);
      for (const { name, address } of to) {
        const attendee: Attendee = { name, address, type: 'required', response: NEVER, proposed: null };
        mail(item, address, 'invitation', { from: owner ? emailOf(owner) : '', comment });
        if (!original) continue;
        if (original !== item)
          mail(item, item.organizer.address, 'forwardNotice', { from: owner ? emailOf(owner) : '', comment: address });
        if (original.content.attendees.some((one) => same(one, address))) continue;
        original.content = { ...original.content, attendees: [...original.content.attendees, attendee] };
        calendars.touch(original);
        bring(original, attendee, true);
      }
    },
  };
}

/** A licence for Exchange: employees with an address. */
export const hasMailbox = (user: DirectoryUser): boolean => user.mail !== null && user.userType === 'Member';

const same = (one: Attendee, address: string) => one.address.toLowerCase() === address.toLowerCase();

const answered = ({ attendees }: EventContent, address: string, response: Response, proposed: Attendee['proposed']) =>
  attendees.map((one) => (same(one, address) ? { ...one, response, proposed } : one));

function addCopy(calendars: Calendars, item: CalendarItem, user: DirectoryUser): CalendarItem {
  return calendars.add({
    ownerId: user.id,
    uid: item.uid,
    organizer: item.organizer,
    isOrganizer: false,
    transaction: null,
    content: item.content,
    recurrence: null,
    response: UNANSWERED,
    isCancelled: false,
    // A property that an app gave the organizer's item is not sent along.
    extended: new Map(),
    exceptions: new Map(),
    cancelled: new Set(),
  });
}

/** What the organizer says, with what is the attendee's own. */
function received(sent: EventContent, own: EventContent, address: string, isNew: boolean): EventContent {
  const content = structuredClone(sent);
  const personal = isNew ? { showAs: 'tentative', categories: [] } : { showAs: own.showAs, categories: own.categories };
  if (content.hideAttendees) content.attendees = content.attendees.filter((one) => same(one, address));
  const reminder = { isReminderOn: own.isReminderOn, reminderMinutesBeforeStart: own.reminderMinutesBeforeStart };
  return { ...content, ...personal, ...(isNew ? {} : reminder) };
}

/** A cancelled meeting stays in attendees' calendars till they take it out: its name says so, and it blocks no time. */
function markCancelled(calendars: Calendars, copy: CalendarItem, day: string | null): void {
  const target = day === null ? copy : calendars.exceptionOn(copy, day);
  const subject = target.content.subject ?? '';
  target.isCancelled = true;
  target.content = { ...target.content, subject: `Canceled: ${subject.replace(/^Canceled: /, '')}`, showAs: 'free' };
  calendars.touch(target);
}
