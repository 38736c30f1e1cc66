/**
 * The kinds of events that Graph v1.0 tells in messages, with what each says besides who did it
 * (concepts/system-messages.md; the names and properties are those of Microsoft's CSDL). The values stand in where a
 * test does not care.
 */
export const EVENT_KINDS: Record<string, Record<string, unknown>> = {
  callEnded: { ...call('meeting'), callDuration: 'PT59S', callParticipants: [] },
  callRecording: {
    callId: callId(),
    callRecordingDisplayName: 'Meeting Recording.mp4',
    callRecordingUrl: 'https://contoso-my.sharepoint.com/personal/recordings/Meeting%20Recording.mp4?web=1',
    callRecordingDuration: 'PT40M19.26S',
    callRecordingStatus: 'success',
    meetingOrganizer: null,
  },
  callStarted: call('call'),
  callTranscript: {
    callId: callId(),
    callTranscriptICalUid: '040000008200E00074C5B7101A82E008',
    meetingOrganizer: null,
  },
  channelAdded: { ...channel(), channelDisplayName: 'Standard channel' },
  channelDeleted: { ...channel(), channelDisplayName: 'Standard channel' },
  channelDescriptionUpdated: { ...channel(), channelDescription: 'Channel description updated' },
  channelRenamed: { ...channel(), channelDisplayName: 'Renamed channel' },
  channelSetAsFavoriteByDefault: channel(),
  channelUnsetAsFavoriteByDefault: channel(),
  chatRenamed: { chatId: null, chatDisplayName: 'Renamed chat' },
  conversationMemberRoleUpdated: { conversationMemberRoles: ['Owner'], conversationMemberUser: null },
  meetingPolicyUpdated: { meetingChatId: null, meetingChatEnabled: true },
  membersAdded: { members: [], visibleHistoryStartDateTime: '0001-01-01T00:00:00Z' },
  membersDeleted: { members: [] },
  membersJoined: { members: [] },
  membersLeft: { members: [] },
  messagePinned: { eventDateTime: null },
  messageUnpinned: { eventDateTime: null },
  tabUpdated: { tabId: 'tab::e82fa916-3c9a-407e-806b-0b9d8d7492c0' },
  teamArchived: team(),
  teamCreated: { ...team(), teamDisplayName: 'Test Team', teamDescription: 'This is a test team.' },
  teamDescriptionUpdated: { ...team(), teamDescription: 'Team description updated' },
  teamJoiningDisabled: team(),
  teamJoiningEnabled: team(),
  teamRenamed: { ...team(), teamDisplayName: 'Team rename' },
  teamUnarchived: team(),
  teamsAppInstalled: app(),
  teamsAppRemoved: app(),
  teamsAppUpgraded: app(),
};

/** The one kind of which Graph does not say who did it. */
export const WITHOUT_INITIATOR = 'callTranscript';

function callId() {
  return '9c848c0e-f906-4dfc-b22e-c68a785a587c';
}

function call(callEventType: string) {
  return { callId: callId(), callEventType };
}

function channel() {
  return { channelId: '19:e84f079882f44fa8bebb7343b9e8921a@thread.tacv2' };
}

function team() {
  return { teamId: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b' };
}

function app() {
  return { teamsAppId: 'aa5fe6c5-f91c-45ed-88de-640e235ad21b', teamsAppDisplayName: 'Flipgrid' };
}
