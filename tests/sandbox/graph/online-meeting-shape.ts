import type { MeetingRecord, Participant } from '../tenant/meeting-records.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { iso } from './chat-shape.ts';

const NAMES: Record<string, string> = {
  organizer: 'OrganizerOnly',
  organization: 'EveryoneInCompany',
  organizationAndFederated: 'EveryoneInSameAndFederatedCompany',
  everyone: 'Everyone',
  invited: 'InvitedUsersInCompany',
  organizationExcludingGuests: 'EveryoneInCompanyExcludingGuests',
};

/** A Teams meeting as Graph gives it (resources/onlinemeeting.md). */
export function shapeMeeting({ directory, meetings }: Tenant, meeting: MeetingRecord): Record<string, unknown> {
  const { organizerId, tenantId, joinUrl, threadId, lobby, joinMeetingId, conferenceId } = meeting;
  const person = ({ userId, upn, role }: Participant) => ({
    upn,
    role,
    identity: userId === null ? null : { user: { id: userId, displayName: null, tenantId, identityProvider: 'AAD' } },
  });
  const upn = directory.byId(organizerId)?.userPrincipalName ?? null;
  return {
    id: meeting.id,
    creationDateTime: iso(meeting.createdAt),
    startDateTime: iso(meeting.startAt),
    endDateTime: iso(meeting.endAt),
    joinUrl,
    joinWebUrl: joinUrl,
    subject: meeting.subject,
    externalId: meeting.externalId,
    isBroadcast: false,
    autoAdmittedUsers: NAMES[lobby.scope] ?? lobby.scope,
    isEntryExitAnnounced: true,
    allowedPresenters: 'everyone',
    allowMeetingChat: 'enabled',
    videoTeleconferenceId: null,
    ...meeting.options,
    participants: {
      organizer: person({ userId: organizerId, upn, role: 'presenter' }),
      attendees: meeting.attendees.map(person),
    },
    lobbyBypassSettings: lobby,
    joinMeetingIdSettings: {
      isPasscodeRequired: joinMeetingId.passcode !== null,
      joinMeetingId: joinMeetingId.id,
      passcode: joinMeetingId.passcode,
    },
    audioConferencing: meetings.audioConferencing
      ? {
          conferenceId,
          tollNumber: '+49 30 555 0166',
          tollFreeNumber: null,
          dialinUrl: `https://dialin.teams.microsoft.com/${organizerId}?id=${conferenceId}`,
        }
      : null,
    chatInfo: { threadId, messageId: '0', replyChainMessageId: null },
  };
}
