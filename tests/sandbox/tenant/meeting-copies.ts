import type { Attendee, CalendarItem, EventContent, OccurrenceException, Response } from './calendar-records.ts';
import type { Calendars } from './calendars.ts';
import type { Directory } from './directory.ts';
import { occurrence, uidOf } from './occurrences.ts';
import { type DirectoryUser, emailOf } from './people.ts';

const UNANSWERED: Response = { word: 'notResponded', at: null };

/** Whether an answer is asked for anew, and of which day; null: of all of it. */
interface Bringing {
  reset: boolean;
  day: string | null;
}

/** A meeting's items in its attendees' calendars. Who is invited to one day of a series has that day alone. */
export function createCopies({ calendars, directory }: { calendars: Calendars; directory: Directory }) {
  /** Who has a mailbox here by that address; nobody for people outside and for guests. */
  const userOf = (address: string): DirectoryUser | undefined => {
    const folded = address.trim().toLowerCase();
    return directory.find((user) => hasMailbox(user) && (emailOf(user) === folded || user.aliases.includes(folded)));
  };
  const guestOf = (item: CalendarItem, address: string): DirectoryUser | undefined => {
    const user = userOf(address);
    return user?.id === item.ownerId ? undefined : user;
  };

  const bringAll = (item: CalendarItem, address: string, user: DirectoryUser, { reset, day }: Bringing): void => {
    const known = calendars.byUid(user.id, item.uid);
    const copy = known ?? addCopy(calendars, item, user, item.uid);
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
  const bringDay = (item: CalendarItem, address: string, user: DirectoryUser, reset: boolean, day: string): void => {
    const uid = uidOf(occurrence(item, day));
    const known = calendars.byUid(user.id, uid);
    const copy = known ?? addCopy(calendars, item, user, uid);
    const anew = reset || !known;
    copy.isCancelled = false;
    copy.content = received(occurrence(item, day).content, copy.content, address, anew);
    if (anew) copy.response = UNANSWERED;
    calendars.touch(copy);
  };

  return {
    userOf,
    /** The copy as the organizer's item now is; answers and what is the attendee's own stay, unless they are reset. */
    bring(item: CalendarItem, { address }: Attendee, bringing: Bringing): void {
      const user = guestOf(item, address);
      if (!user) return;
      const { reset, day } = bringing;
      if (day !== null && !isAmong(item.content.attendees, address)) bringDay(item, address, user, reset, day);
      else bringAll(item, address, user, bringing);
    },
    /** It stays in the calendar till the attendee takes it out: its name says that it is canceled, and it blocks no time. */
    cancel(item: CalendarItem, address: string, day: string | null): void {
      const user = guestOf(item, address);
      const whole = user && calendars.byUid(user.id, item.uid);
      if (whole) markCancelled(calendars, whole, day);
      const single = user && day !== null && calendars.byUid(user.id, uidOf(occurrence(item, day)));
      if (single) markCancelled(calendars, single, null);
    },
  };
}

/** A licence for Exchange: employees with an address. */
export const hasMailbox = (user: DirectoryUser): boolean => user.mail !== null && user.userType === 'Member';

export const isAmong = (attendees: Attendee[], address: string): boolean =>
  attendees.some((one) => one.address.toLowerCase() === address.toLowerCase());

function addCopy(calendars: Calendars, item: CalendarItem, user: DirectoryUser, uid: string): CalendarItem {
  return calendars.add({
    ownerId: user.id,
    uid,
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
  if (content.hideAttendees) content.attendees = content.attendees.filter((one) => isAmong([one], address));
  const reminder = { isReminderOn: own.isReminderOn, reminderMinutesBeforeStart: own.reminderMinutesBeforeStart };
  return { ...content, ...personal, ...(isNew ? {} : reminder) };
}

function markCancelled(calendars: Calendars, copy: CalendarItem, day: string | null): void {
  const target = day === null ? copy : calendars.exceptionOn(copy, day);
  const subject = target.content.subject ?? '';
  target.isCancelled = true;
  target.content = { ...target.content, subject: `Canceled: ${subject.replace(/^Canceled: /, '')}`, showAs: 'free' };
  calendars.touch(target);
}
