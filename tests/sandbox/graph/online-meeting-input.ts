import type { Participant } from '../tenant/meeting-records.ts';
import type { NewMeeting } from '../tenant/online-meetings.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { GraphContext } from './env.ts';
import { badRequest } from './graph-error.ts';
import { asArray, asObject, asString, asTime, checkProperties, type JsonObject } from './json-body.ts';
import { readFlag, readWord } from './outlook-values.ts';

const HOUR = 3_600_000;

/** What can be said of a Teams meeting as it is made or changed. */
export function readMeeting(c: GraphContext, tenant: Tenant, given: JsonObject): Partial<NewMeeting> {
  checkProperties(given, 'microsoft.graph.onlineMeeting', KNOWN);
  const options = Object.fromEntries(Object.entries(given).filter(([name]) => OPTIONS.includes(name)));
  return {
    ...(given.subject === undefined
      ? {}
      : { subject: given.subject === null ? null : asString(given.subject, 'subject') }),
    ...(given.participants === undefined ? {} : { attendees: readParticipants(c, tenant, given.participants) }),
    ...(given.lobbyBypassSettings === undefined ? {} : { lobby: readLobby(given.lobbyBypassSettings) }),
    ...(given.joinMeetingIdSettings === undefined ? {} : { passcode: readPasscode(given.joinMeetingIdSettings) }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/**
 * From when till when; an hour from now, and an hour from the start, where nothing else is said. "An error is thrown if
 * the endDateTime is provided without the startDateTime or if it is earlier" (onlinemeeting-createorget.md).
 */
export function readSpan(given: JsonObject, now: number): { startAt: number; endAt: number } {
  const time = (name: string) =>
    given[name] === undefined || given[name] === null ? undefined : asTime(given[name], name);
  const start = time('startDateTime');
  const end = time('endDateTime');
  if (end !== undefined && start === undefined)
    throw badRequest('startDateTime is required where endDateTime is given.');
  const startAt = start ?? now;
  const endAt = end ?? startAt + HOUR;
  if (endAt < startAt) throw badRequest('endDateTime must not be earlier than startDateTime.');
  return { startAt, endAt };
}

function readParticipants(c: GraphContext, { directory }: Tenant, value: unknown): Participant[] {
  const given = asObject(value, 'participants');
  checkProperties(given, 'microsoft.graph.meetingParticipants', ['organizer', 'attendees']);
  return asArray(given.attendees ?? [], 'attendees').map((one) => {
    const attendee = asObject(one, 'attendees');
    checkProperties(attendee, 'microsoft.graph.meetingParticipantInfo', ['identity', 'upn', 'role']);
    const identity = attendee.identity ? asObject(attendee.identity, 'identity') : {};
    const user = identity.user ? asObject(identity.user, 'user') : {};
    const id = user.id === undefined || user.id === null ? undefined : asString(user.id, 'id');
    const upn = attendee.upn === undefined || attendee.upn === null ? undefined : asString(attendee.upn, 'upn');
    if (id === undefined && upn === undefined) throw badRequest('An attendee needs an identity or a upn.');
    const known = directory.byIdOrUpn(id ?? upn ?? '', c.get('me').tenantId);
    if (id !== undefined && !known) throw badRequest(`The attendee '${id}' is not found.`);
    const role = readWord(attendee.role, ['attendee', 'presenter', 'coorganizer', 'producer'], 'attendee');
    if (!known && role !== 'attendee')
      throw badRequest('Presenters and co-organizers must be registered in the directory.');
    return { userId: known?.id ?? null, upn: known?.userPrincipalName ?? upn ?? null, role };
  });
}

function readLobby(value: unknown): NonNullable<NewMeeting['lobby']> {
  const given = asObject(value, 'lobbyBypassSettings');
  checkProperties(given, 'microsoft.graph.lobbyBypassSettings', ['scope', 'isDialInBypassEnabled']);
  return {
    scope: readWord(given.scope, SCOPES, 'organization'),
    isDialInBypassEnabled:
      given.isDialInBypassEnabled === undefined
        ? false
        : readFlag(given.isDialInBypassEnabled, 'isDialInBypassEnabled'),
  };
}

/** "The passcode is automatically generated and a custom passcode is not supported." */
function readPasscode(value: unknown): boolean {
  const given = asObject(value, 'joinMeetingIdSettings');
  checkProperties(given, 'microsoft.graph.joinMeetingIdSettings', ['isPasscodeRequired', 'joinMeetingId', 'passcode']);
  if (given.passcode) throw badRequest('A custom passcode is not supported.');
  return given.isPasscodeRequired !== undefined && readFlag(given.isPasscodeRequired, 'isPasscodeRequired');
}

const SCOPES = [
  'organizer',
  'organization',
  'organizationAndFederated',
  'everyone',
  'invited',
  'organizationExcludingGuests',
] as const;

const OPTIONS: string[] = [
  ...'allowedPresenters allowMeetingChat allowTeamworkReactions allowAttendeeToEnableCamera allowAttendeeToEnableMic'.split(
    ' ',
  ),
  ...'isEntryExitAnnounced recordAutomatically allowRecording allowTranscription shareMeetingChatHistoryDefault'.split(
    ' ',
  ),
];
const KNOWN: string[] = [
  ...OPTIONS,
  ...'subject startDateTime endDateTime participants lobbyBypassSettings joinMeetingIdSettings'.split(' '),
];
