import type { RecordDates } from '../model/doctype-rule.ts';
import type { EventFields, FrappeVersion } from '../model/event-fields.ts';
import type { CalendarDate, Email } from '../model/ids.ts';
import type { Attendee, MeetingDraft, MeetingProblem } from '../model/meeting.ts';
import { foldParticipants, type Participant } from '../model/participant.ts';
import { addDays, clockOf, daysBetween, parseDate, parseWall, wallOf } from '../model/wall-time.ts';
import { instantOf, wallAt } from '../time/zone.ts';
import { recurrenceOf } from './event-recurrence.ts';
import { type Choices, timesOf } from './event-times.ts';

/** What Exchange takes. Source: Graph API, "Create event". */
export const MOST_ATTENDEES = 500;

/** A record as far as a meeting is made of it. */
export interface Source {
  event: EventFields;
  version: FrappeVersion;
  /** The site's time zone as ERPNext names it, IANA; never the browser's. */
  zoneName: string;
  subject: string;
  participants: readonly Participant[];
  /** Whose calendar it goes into: no guest of the own meeting. */
  me: Email | null;
  agenda: string;
  location: string;
  link: MeetingDraft['link'];
}

/**
 * The meeting that a record asks for, and everything that Teams cannot keep exactly as ERPNext has it. Without a draft
 * there is at least one problem with the weight `stop`; with one there may be some too, and it is not to be sent then.
 */
export function draftOf(
  source: Source,
  choices: Choices = {},
): { draft: MeetingDraft | null; problems: MeetingProblem[] } {
  const { event, version, zoneName, subject, agenda, location, link } = source;
  const { rule, problems: ofRule } = recurrenceOf(event, version);
  const { times, problems: ofTimes } = timesOf(event, { zoneName, version, rule }, choices);
  const { attendees, problems: ofPeople } = attendeesOf(source);
  const problems = [...ofTimes, ...ofRule, ...ofPeople];
  if (!times) return { draft: null, problems };
  return { draft: { subject, times, recurrence: rule, attendees, agenda, location, link }, problems };
}

function attendeesOf({ participants, me }: Source): { attendees: Attendee[]; problems: MeetingProblem[] } {
  const folded = foldParticipants(participants).filter(({ email }) => !email || email !== me);
  const attendees = folded.flatMap(({ email, name }) =>
    email ? [{ email, name: name || email, kind: 'required' as const }] : [],
  );
  const names = folded.filter(({ email }) => !email).map(({ name }) => name);
  const count = attendees.length;
  return {
    attendees,
    problems: [
      ...(count > MOST_ATTENDEES
        ? [{ kind: 'too-many-attendees', weight: 'stop', count, most: MOST_ATTENDEES } as const]
        : []),
      ...(names.length ? [{ kind: 'without-address', weight: 'note', names } as const] : []),
    ],
  };
}

/** The dates of any other document: days alone are whole days, the last one included. */
export function eventOfDates({ start, end, allDay }: RecordDates): EventFields {
  const lastDay = parseDate(end);
  return {
    startsOn: parseWall(start),
    endsOn: lastDay ? wallOf(lastDay, '23:59:59') : parseWall(end),
    allDay: allDay || parseDate(start) !== null,
    repeat: null,
  };
}

/** What the record wants of one occurrence of its series. */
export function occurrenceDraft(draft: MeetingDraft, date: CalendarDate): MeetingDraft {
  const { times, recurrence } = draft;
  if (!recurrence) return draft;
  if (times.kind === 'all-day') {
    const last = addDays(date, daysBetween(times.first, times.last));
    return { ...draft, recurrence: null, times: { ...times, first: date, last } };
  }
  const starts = instantOf(wallOf(date, clockOf(wallAt(times.startsAt, times.zone))), times.zone);
  const startsAt = starts.kind === 'one' ? starts.at : starts.kind === 'gap' ? starts.after : starts.first;
  return {
    ...draft,
    recurrence: null,
    times: { ...times, startsAt, endsAt: startsAt + times.endsAt - times.startsAt },
  };
}
