import { Hono } from 'hono';
import type { Artifact, AttendanceRecord, AttendanceReport, MeetingRecord } from '../tenant/meeting-records.ts';
import { iso } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, GraphError, notFound } from './graph-error.ts';
import { openMeeting } from './online-meetings.ts';
import { readNames, readQuery } from './query.ts';
import { needScope } from './scopes.ts';

const ATTENDANCE = 'OnlineMeetingArtifact.Read.All';
/** Each kind of recording with the permission that an administrator must grant. */
const KINDS = {
  transcripts: { scope: 'OnlineMeetingTranscript.Read.All', url: 'transcriptContentUrl' },
  recordings: { scope: 'OnlineMeetingRecording.Read.All', url: 'recordingContentUrl' },
} as const;

/** What is left of a meeting: who was there, what was said (meetingattendancereport-get.md, onlinemeeting-list-transcripts.md). */
export function createMeetingArtifacts(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const root = '/me/onlineMeetings/:meeting';
  const openReport = (c: GraphContext): { meeting: MeetingRecord; report: AttendanceReport } => {
    needScope(c, ATTENDANCE);
    const meeting = openMeeting(c, deps, 'organizer');
    const report = meeting.reports.find((one) => one.id === c.req.param('report'));
    if (!report) throw notFound('The attendance report is not found.');
    return { meeting, report };
  };

  // "Only the meeting organizer or co-organizer can access this API."
  app.get(`${root}/attendanceReports`, (c) => {
    needScope(c, ATTENDANCE);
    readQuery(c, []);
    const meeting = openMeeting(c, deps, 'organizer');
    // The newest first.
    const value = meeting.reports.map(shapeReport).reverse();
    return c.json({ '@odata.context': `${contextOf(c, meeting)}/attendanceReports`, value });
  });
  app.get(`${root}/attendanceReports/:report`, (c) => {
    const { meeting, report } = openReport(c);
    const expand = readNames(readQuery(c, ['$expand']), '$expand');
    if (expand.some((name) => name !== 'attendanceRecords'))
      throw badRequest("Only 'attendanceRecords' can be expanded.");
    return c.json({
      '@odata.context': `${contextOf(c, meeting)}/attendanceReports/$entity`,
      ...shapeReport(report),
      ...(expand.length > 0 ? { attendanceRecords: report.records.map(shapeRecord) } : {}),
    });
  });
  app.get(`${root}/attendanceReports/:report/attendanceRecords`, (c) => {
    const { meeting, report } = openReport(c);
    readQuery(c, []);
    const context = `${contextOf(c, meeting)}/attendanceReports('${report.id}')/attendanceRecords`;
    return c.json({ '@odata.context': context, value: report.records.map(shapeRecord) });
  });

  for (const [kind, { scope, url }] of Object.entries(KINDS)) {
    const open = (c: GraphContext): MeetingRecord => {
      needScope(c, scope);
      if (kind === 'transcripts' && !deps.tenant.meetings.transcriptAccess) throw transcriptsDisabled();
      return openMeeting(c, deps);
    };
    const listOf = (meeting: MeetingRecord): Artifact[] =>
      kind === 'transcripts' ? meeting.transcripts : meeting.recordings;
    const openOne = (c: GraphContext) => {
      const meeting = open(c);
      const found = listOf(meeting).find((one) => one.id === c.req.param('artifact'));
      if (!found) throw notFound('The resource could not be found.');
      return { meeting, found };
    };
    app.get(`${root}/${kind}`, (c) => {
      const meeting = open(c);
      readQuery(c, []);
      const value = listOf(meeting).map((one) => shapeArtifact(meeting, one, kind, url));
      return c.json({ '@odata.context': `${contextOf(c, meeting)}/${kind}`, '@odata.count': value.length, value });
    });
    app.get(`${root}/${kind}/:artifact`, (c) => {
      const { meeting, found } = openOne(c);
      readQuery(c, []);
      return c.json({
        '@odata.context': `${contextOf(c, meeting)}/${kind}/$entity`,
        ...shapeArtifact(meeting, found, kind, url),
      });
    });
    app.get(`${root}/${kind}/:artifact/content`, (c) => {
      const { found } = openOne(c);
      const format = readQuery(c, ['$format']).get('$format');
      if (format !== undefined && format !== found.contentType)
        throw badRequest(`The format '${format}' is not supported.`);
      return c.body(new Uint8Array(found.bytes), 200, { 'content-type': found.contentType });
    });
  }
  return app;
}

const contextOf = (c: GraphContext, { id }: MeetingRecord) =>
  `${GRAPH}/$metadata#users('${c.get('me').id}')/onlineMeetings('${id}')`;

/** The Teams administrator's switch, which stands above all permissions. */
const transcriptsDisabled = () =>
  new GraphError(
    403,
    'Forbidden',
    'Graph API access to transcripts is disabled for this tenant.',
    {},
    'GraphAccessToTranscriptsDisabled',
  );

const shapeReport = ({ id, startAt, endAt, records }: AttendanceReport) => ({
  id,
  totalParticipantCount: records.length,
  meetingStartDateTime: iso(startAt),
  meetingEndDateTime: iso(endAt),
});

const shapeRecord = ({ id, userId, email, displayName, role, intervals }: AttendanceRecord) => ({
  id,
  emailAddress: email,
  totalAttendanceInSeconds: intervals.reduce((sum, one) => sum + seconds(one), 0),
  role,
  identity: { id: userId, displayName, tenantId: null },
  attendanceIntervals: intervals.map((one) => ({
    joinDateTime: iso(one.from),
    leaveDateTime: iso(one.until),
    durationInSeconds: seconds(one),
  })),
});

const seconds = ({ from, until }: { from: number; until: number }) => Math.round((until - from) / 1000);

const shapeArtifact = (
  meeting: MeetingRecord,
  { id, callId, createdAt, endAt }: Artifact,
  kind: string,
  url: string,
) => ({
  id,
  meetingId: meeting.id,
  callId,
  contentCorrelationId: `${callId}-0`,
  createdDateTime: iso(createdAt),
  endDateTime: iso(endAt),
  meetingOrganizer: {
    user: { id: meeting.organizerId, displayName: null, userIdentityType: 'aadUser', tenantId: meeting.tenantId },
  },
  [url]: `${GRAPH}/users/${meeting.organizerId}/onlineMeetings/${meeting.id}/${kind}/${id}/content`,
});
