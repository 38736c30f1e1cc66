import type { OnlineMeetingId } from '../model/ids.ts';
import type { OnlineMeeting } from '../model/online-meeting.ts';
import type { Graph } from './client.ts';
import { query, segment, toPage } from './pages.ts';
import { toOnlineMeeting } from './transform-meetings.ts';

/** A meeting that stands in no calendar. Milliseconds since 1970. */
export interface NewOnlineMeeting {
  subject: string;
  startsAt: number;
  endsAt: number;
}

/**
 * Makes a meeting in Teams, or gives the one that this person made with the same external id: asked for again it makes no
 * second one. It is in nobody's calendar and invites nobody. Takes OnlineMeetings.ReadWrite.
 * Docs: api/onlinemeeting-createorget.
 */
export function createOrGetMeeting(
  graph: Graph,
  externalId: string,
  meeting: NewOnlineMeeting,
): Promise<OnlineMeeting> {
  const body = { externalId, ...toWire(meeting) };
  return graph.post('/me/onlineMeetings/createOrGet', body, toOnlineMeeting, { safe: true });
}

/**
 * The meeting behind an address to join, with its chat; null where the person neither organizes it nor is invited. The
 * address is encoded once for itself and once for the query, or nothing is found (`%3a` → `%253a`).
 * Docs: api/onlinemeeting-get, "Retrieve an online meeting by JoinWebUrl".
 */
export async function meetingByUrl(graph: Graph, joinUrl: string): Promise<OnlineMeeting | null> {
  const $filter = `JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'`;
  const [found] = toPage(await graph.get(`/me/onlineMeetings${query({ $filter })}`)).items;
  return found === undefined ? null : toOnlineMeeting(found);
}

/** Docs: api/onlinemeeting-update. */
export function moveOnlineMeeting(
  graph: Graph,
  id: OnlineMeetingId,
  meeting: NewOnlineMeeting,
): Promise<OnlineMeeting> {
  return graph.patch(`/me/onlineMeetings/${segment(id)}`, toWire(meeting), toOnlineMeeting);
}

/** Its address leads nowhere then. `not-found` where it is gone. Docs: api/onlinemeeting-delete. */
export function removeOnlineMeeting(graph: Graph, id: OnlineMeetingId): Promise<void> {
  return graph.remove(`/me/onlineMeetings/${segment(id)}`);
}

function toWire({ subject, startsAt, endsAt }: NewOnlineMeeting) {
  return {
    subject,
    startDateTime: new Date(startsAt).toISOString(),
    endDateTime: new Date(endsAt).toISOString(),
  };
}
