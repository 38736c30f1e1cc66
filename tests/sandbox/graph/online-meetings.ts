import { Hono } from 'hono';
import type { MeetingRecord } from '../tenant/meeting-records.ts';
import { parameters } from './calendar-actions.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, forbidden, GraphError } from './graph-error.ts';
import { asString, type JsonObject, readBody } from './json-body.ts';
import { readMeeting, readSpan } from './online-meeting-input.ts';
import { shapeMeeting } from './online-meeting-shape.ts';
import { readNames, readQuery } from './query.ts';
import { needScope } from './scopes.ts';

const READ = ['OnlineMeetings.Read', 'OnlineMeetings.ReadWrite'];
const WRITE = 'OnlineMeetings.ReadWrite';

/** /me/onlineMeetings (application-post-onlinemeetings.md, onlinemeeting-createorget.md, onlinemeeting-get.md). */
export function createOnlineMeetings(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const { meetings } = deps.tenant;
  const tell = (c: GraphContext, meeting: MeetingRecord, status: 200 | 201 = 200) => {
    const select = readNames(readQuery(c, ['$select']), '$select');
    const whole = Object.entries(shapeMeeting(deps.tenant, meeting));
    const kept = whole.filter(([name]) => select.length === 0 || name === 'id' || select.includes(name));
    return c.json({ '@odata.context': `${contextOf(c)}/$entity`, ...Object.fromEntries(kept) }, status);
  };
  const create = (c: GraphContext, given: JsonObject, externalId: string | null) =>
    meetings.create(c.get('me'), {
      subject: null,
      attendees: [],
      ...readMeeting(c, deps.tenant, given),
      ...readSpan(given, deps.clock.now()),
      externalId,
    });

  app.post('/me/onlineMeetings', async (c) => {
    needScope(c, WRITE);
    return tell(c, create(c, await readBody(c), null), 201);
  });

  // "The combination of tenantId, userId, and externalId serves as the identifier for a meeting."
  app.post('/me/onlineMeetings/createOrGet', async (c) => {
    needScope(c, WRITE);
    const given = parameters(await readBody(c), [
      'externalId',
      'startDateTime',
      'endDateTime',
      'subject',
      'participants',
      'chatInfo',
    ]);
    const { externalId, chatInfo, ...rest } = given;
    if (externalId === undefined || externalId === '') throw badRequest('externalId is required.');
    const known = meetings.byExternalId(c.get('me').id, asString(externalId, 'externalId'));
    readSpan(rest, deps.clock.now());
    return known ? tell(c, known) : tell(c, create(c, rest, String(externalId)), 201);
  });

  app.get('/me/onlineMeetings', (c) => {
    needScope(c, ...READ);
    const query = readQuery(c, ['$filter', '$select']);
    const found = byFilter(deps, query.get('$filter'));
    if (found && !meetings.isParticipant(found, c.get('me').id)) throw noAccess();
    return c.json({ '@odata.context': contextOf(c), value: found ? [shapeMeeting(deps.tenant, found)] : [] });
  });

  app.get('/me/onlineMeetings/:meeting', (c) => {
    needScope(c, ...READ);
    return tell(c, openMeeting(c, deps));
  });

  app.patch('/me/onlineMeetings/:meeting', async (c) => {
    needScope(c, WRITE);
    const meeting = openMeeting(c, deps, 'organizer');
    const given = await readBody(c);
    const { passcode, options, ...change } = readMeeting(c, deps.tenant, given);
    const times =
      given.startDateTime === undefined && given.endDateTime === undefined ? {} : readSpan(given, meeting.startAt);
    meetings.change(meeting, { ...change, ...times, options: { ...meeting.options, ...options } });
    return tell(c, meeting);
  });

  app.delete('/me/onlineMeetings/:meeting', (c) => {
    needScope(c, WRITE);
    readQuery(c, []);
    meetings.remove(openMeeting(c, deps, 'organizer'));
    return c.body(null, 204);
  });
  return app;
}

/** The meeting in the path, for its organizer, or for those who are invited, too. */
export function openMeeting(
  c: GraphContext,
  { tenant }: Deps,
  who: 'organizer' | 'participant' = 'participant',
): MeetingRecord {
  const id = c.req.param('meeting') ?? '';
  const decoded = Buffer.from(id, 'base64url').toString();
  if (!/^1\*[\da-f-]{36}\*0\*\*19:meeting_\w+@thread\.v2$/.test(decoded)) throw badRequest(`Invalid meeting id ${id}.`);
  const meeting = tenant.meetings.get(id);
  if (!meeting) throw new GraphError(404, 'NotFound', '3004: Meeting not found');
  const me = c.get('me').id;
  if (meeting.organizerId !== me && !(who === 'participant' && tenant.meetings.isParticipant(meeting, me)))
    throw noAccess();
  return meeting;
}

export const noAccess = () => forbidden('3003: User does not have access to lookup meeting');

const contextOf = (c: GraphContext) => `${GRAPH}/$metadata#users('${c.get('me').id}')/onlineMeetings`;

/**
 * A join URL must match letter by letter once the query is decoded: its own `%3a` has to be sent as `%253a`, else nothing
 * is found. Other filters there are not.
 */
function byFilter({ tenant }: Deps, text: string | undefined): MeetingRecord | undefined {
  if (text === undefined)
    throw new GraphError(
      400,
      'InvalidArgument',
      "Filter expression expected - /onlineMeetings?$filter=JoinWebUrl eq '{joinWebUrl}'.",
    );
  const [, property, value = ''] =
    /^\s*(JoinWebUrl|joinMeetingIdSettings\/joinMeetingId)\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(text) ?? [];
  if (!property)
    throw new GraphError(
      400,
      'InvalidArgument',
      'Only JoinWebUrl and joinMeetingIdSettings/joinMeetingId can be filtered by, with eq.',
    );
  const wanted = value.replaceAll("''", "'");
  if (/^joinWebUrl$/i.test(property)) return tenant.meetings.byJoinUrl(wanted);
  return tenant.meetings.all().find((one) => one.joinMeetingId.id === wanted);
}
