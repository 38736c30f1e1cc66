import type { Attendee, Meeting, MeetingChanges, MeetingDraft, MeetingTimes } from '../model/meeting.ts';
import { occurrencesOf, type Recurrence, sameRhythm } from '../model/recurrence.ts';
import { clockOfSeries } from '../time/teams-zone.ts';
import { offsetAt } from '../time/zone.ts';
import { agendaOf, saysTheSame } from '../util/meeting-body.ts';

/** In what a record and its meeting are not the same; each can be mended by itself. */
export type Difference =
  | { kind: 'subject'; record: string; meeting: string }
  | { kind: 'times'; record: MeetingTimes; meeting: MeetingTimes }
  /** `other`: what Graph calls a rhythm that we have no word for. */
  | { kind: 'recurrence'; record: Recurrence | null; meeting: Recurrence | null; other: string | null }
  /** In the record and not invited. */
  | { kind: 'missing'; people: Attendee[] }
  /** Invited and not in the record: to be taken out only where a person says so, since Outlook invites people too. */
  | { kind: 'extra'; people: Attendee[] }
  | { kind: 'agenda'; record: string; meeting: string }
  | { kind: 'location'; record: string; meeting: string };
export type DifferenceKind = Difference['kind'];

/**
 * What differs between a record and its meeting. For an occurrence give `occurrenceDraft` of the record, for a series or a
 * single meeting the draft itself: the one is never compared with the other.
 */
export function differencesOf(draft: MeetingDraft, meeting: Meeting): Difference[] {
  const found: Difference[] = [];
  const { subject, times, recurrence, agenda, location } = draft;
  if (subject.trim() !== meeting.subject.trim())
    found.push({ kind: 'subject', record: subject, meeting: meeting.subject });
  if (!sameTimes(times, meeting.times, recurrence))
    found.push({ kind: 'times', record: times, meeting: meeting.times });
  const ofSeries = meeting.kind === 'single' || meeting.kind === 'series';
  if (ofSeries && (meeting.otherRhythm || !sameRecurrence(recurrence, meeting.recurrence))) {
    const { recurrence: theirs, otherRhythm: other } = meeting;
    found.push({ kind: 'recurrence', record: recurrence, meeting: theirs, other });
  }
  const missing = without(draft.attendees, meeting.attendees);
  if (missing.length) found.push({ kind: 'missing', people: missing });
  const extra = without(meeting.attendees, draft.attendees).filter(
    ({ kind, email }) => kind !== 'resource' && email !== meeting.organizer.email,
  );
  if (extra.length) found.push({ kind: 'extra', people: extra });
  const said = agendaOf(meeting.body, draft.link.url);
  if (!saysTheSame(agenda, said)) found.push({ kind: 'agenda', record: agenda, meeting: said });
  // Outlook writes Teams' own name into an empty place.
  if (location.trim() !== meeting.location.trim() && !(location.trim() === '' && isTeamsPlace(meeting.location)))
    found.push({ kind: 'location', record: location, meeting: meeting.location });
  return found;
}

/**
 * What to change in the meeting so that these differences are gone: nothing else. The dates of a series and its rhythm go
 * together, since Graph wants a series to begin on its first day; occurrences changed by themselves are lost with that.
 */
export function changesFor(draft: MeetingDraft, meeting: Meeting, differences: readonly Difference[]): MeetingChanges {
  const kinds = new Set(differences.map(({ kind }) => kind));
  const changes: MeetingChanges = {};
  if (kinds.has('subject')) changes.subject = draft.subject;
  const repeats = draft.recurrence !== null || meeting.recurrence !== null || meeting.otherRhythm !== null;
  if (kinds.has('times') || kinds.has('recurrence')) changes.times = draft.times;
  if (kinds.has('recurrence') || (kinds.has('times') && repeats && isWhole(meeting)))
    changes.recurrence = draft.recurrence;
  if (kinds.has('missing') || kinds.has('extra')) {
    const gone = new Set(differences.flatMap((d) => (d.kind === 'extra' ? d.people.map(({ email }) => email) : [])));
    const come = differences.flatMap((d) => (d.kind === 'missing' ? d.people : []));
    const stay = meeting.attendees.filter(({ email }) => !gone.has(email)).map(({ answer: _, ...who }) => who);
    changes.attendees = [...stay, ...come];
  }
  if (kinds.has('agenda')) changes.agenda = draft.agenda;
  if (kinds.has('location')) changes.location = draft.location;
  return changes;
}

function isWhole({ kind }: Meeting): boolean {
  return kind === 'single' || kind === 'series';
}

/** The same instants; of a series, at each occurrence, whatever the zones are called. */
export function sameTimes(a: MeetingTimes, b: MeetingTimes, rule: Recurrence | null): boolean {
  if (a.kind === 'all-day' || b.kind === 'all-day')
    return a.kind === 'all-day' && b.kind === 'all-day' && a.first === b.first && a.last === b.last;
  if (a.startsAt !== b.startsAt || a.endsAt !== b.endsAt) return false;
  if (!rule || a.zone === b.zone) return true;
  for (const { starts } of clockOfSeries(a, rule))
    if (starts.kind === 'one' && offsetAt(starts.at, a.zone) !== offsetAt(starts.at, b.zone)) return false;
  return true;
}

function sameRecurrence(a: Recurrence | null, b: Recurrence | null): boolean {
  if (!a || !b) return a === b;
  // A last day on which nothing takes place ends a series no later.
  return sameRhythm(a, b) && a.first === b.first && lastOf(a) === lastOf(b);
}

function lastOf(rule: Recurrence): string | null {
  if (!rule.until) return null;
  let last: string = rule.first;
  for (const date of occurrencesOf(rule)) last = date;
  return last;
}

function without<A extends Attendee>(these: readonly A[], those: readonly Attendee[]): A[] {
  const known = new Set(those.map(({ email }) => email));
  return these.filter(({ email }) => !known.has(email));
}

function isTeamsPlace(location: string): boolean {
  return /^\s*(microsoft )?teams\b[^\n]{0,40}$/i.test(location);
}
