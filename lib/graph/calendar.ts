import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import type { EventId, MeetingMark } from '../model/ids.ts';
import type { Meeting, MeetingDraft } from '../model/meeting.ts';
import type { Graph } from './client.ts';
import { GraphRefusal, outcomeUnknown } from './errors.ts';
import { MARK, toNewEvent } from './event-body.ts';
import { pagesOf, parsed, query, segment } from './pages.ts';
import { toMeeting, transactionOf } from './transform-meetings.ts';

/** Takes Calendars.ReadWrite, all of it. Times come in UTC: no zone is left to be guessed. */
const IN_UTC = { headers: { prefer: 'outlook.timezone="UTC"' } };

const SELECT = [
  'id,iCalUId,type,seriesMasterId,transactionId,subject,start,end,isAllDay,originalStartTimeZone,recurrence',
  'attendees,organizer,isOrganizer,isCancelled,onlineMeeting,webLink,body,location',
].join(',');
const WITH_MARK = { $select: SELECT, $expand: `singleValueExtendedProperties($filter=id eq '${MARK}')` };

/**
 * Puts a Teams meeting into the person's calendar; Exchange mails the invitations. Sent again with the same transaction id
 * it makes no second one: the one that is there is looked up by the record's mark and given back.
 * Docs: api/user-post-events; resources/event, `transactionId`.
 * @throws AppFailure `outcome-unknown` where Exchange says that it is there and it is not found (yet)
 */
export async function createMeeting(
  graph: Graph,
  draft: MeetingDraft,
  { mark, transactionId }: { mark: MeetingMark; transactionId: string },
): Promise<Meeting> {
  const event = toNewEvent(draft, mark, transactionId);
  try {
    return await graph.post('/me/events', event, (made) => ({ ...toMeeting(made), mark }), { ...IN_UTC, safe: true });
  } catch (caught) {
    if (!isDuplicate(caught)) throw caught;
    const there = await meetingsOf(graph, mark, transactionId);
    if (there[0]) return there[0];
    throw outcomeUnknown('ErrorDuplicateTransactionId, not found by its record', caught);
  }
}

/** "The TransactionId specified in the request has already been used to create a different event." */
function isDuplicate(caught: unknown): boolean {
  return (
    caught instanceof GraphRefusal &&
    /DuplicateTransactionId|TransactionId .*already been used/i.test(`${caught.error.detail ?? ''} ${caught.said}`)
  );
}

/**
 * The record's meetings in this person's calendar, from whatever machine they were made, cancelled ones too. The filter goes
 * over the whole mailbox. Docs: api/singlevaluelegacyextendedproperty-get.
 * @param transactionId only the one that was created with it.
 */
export async function meetingsOf(graph: Graph, mark: MeetingMark, transactionId?: string): Promise<Meeting[]> {
  const value = mark.replaceAll("'", "''");
  const $filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK}' and ep/value eq '${value}')`;
  return listed(graph, `/me/events${query({ $filter, ...WITH_MARK })}`, transactionId);
}

/** A meeting by what is the same in everybody's calendar: how a guest finds the organizer's. Docs: api/user-list-events. */
export async function meetingsByUid(graph: Graph, uid: string): Promise<Meeting[]> {
  const $filter = `iCalUId eq '${uid.replaceAll("'", "''")}'`;
  return listed(graph, `/me/events${query({ $filter, ...WITH_MARK })}`);
}

async function listed(graph: Graph, path: string, transactionId?: string): Promise<Meeting[]> {
  const found: Meeting[] = [];
  for await (const { items } of pagesOf(graph, path, IN_UTC))
    for (const item of items)
      if (transactionId === undefined || transactionOf(item) === transactionId) found.push(toMeeting(item));
  return found;
}

/**
 * What stands in the person's calendar in this time, occurrences one by one: how another's invitation to a record's meeting
 * is found, which has no mark. Docs: api/user-list-calendarview.
 * @param from, to milliseconds since 1970.
 */
export async function meetingsBetween(graph: Graph, from: number, to: number): Promise<Meeting[]> {
  const range = { startDateTime: new Date(from).toISOString(), endDateTime: new Date(to).toISOString() };
  return listed(graph, `/me/calendarView${query({ ...range, ...WITH_MARK })}`);
}

/** `not-found` where it was deleted. Docs: api/event-get. */
export async function getMeeting(graph: Graph, id: EventId): Promise<Meeting> {
  return toMeeting(await graph.get(`/me/events/${segment(id)}${query(WITH_MARK)}`, IN_UTC));
}

/**
 * A series' occurrences that begin within this time; each can be changed by its own id. Docs: api/event-list-instances.
 * @param from, to milliseconds since 1970.
 */
export async function occurrencesIn(graph: Graph, series: EventId, from: number, to: number): Promise<Meeting[]> {
  const range = { startDateTime: new Date(from).toISOString(), endDateTime: new Date(to).toISOString() };
  return listed(graph, `/me/events/${segment(series)}/instances${query({ ...range, $select: SELECT })}`);
}

/**
 * Changes what `toEventPatch` made, of a meeting, a series or one occurrence. Whoever it concerns gets a mail from Exchange;
 * where only the people change, only those who come or go. Docs: api/event-update.
 */
export async function updateMeeting(graph: Graph, id: EventId, patch: Microsoft.Event): Promise<Meeting> {
  return graph.patch(`/me/events/${segment(id)}`, patch, toMeeting, IN_UTC);
}

/**
 * Cancels it, or one occurrence, and mails everybody; the organizer's alone to do. `not-found` where that was done already.
 * Docs: api/event-cancel.
 */
export async function cancelMeeting(graph: Graph, id: EventId, comment: string): Promise<void> {
  await graph.post(`/me/events/${segment(id)}/cancel`, { Comment: comment }, () => {}, { safe: true });
}

/** Whether the person's calendar makes Teams meetings. Docs: resources/calendar, `allowedOnlineMeetingProviders`. */
export async function makesTeamsMeetings(graph: Graph): Promise<boolean> {
  const answer = await graph.get(`/me/calendar${query({ $select: 'allowedOnlineMeetingProviders' })}`);
  return parsed(Calendar, answer).allowedOnlineMeetingProviders.includes('teamsForBusiness');
}

const Calendar = v.object({ allowedOnlineMeetingProviders: v.array(v.string()) });
