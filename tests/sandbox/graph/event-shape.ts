import type { EventPeople, EventRecord, MessageRecord } from '../tenant/chat-records.ts';
import { WITHOUT_INITIATOR } from '../tenant/event-kinds.ts';
import { iso } from './chat-shape.ts';

/** `eventDetail` of a system message. People come by id alone, as in chat-list-messages.md's example 2. */
export function shapeEvent({ event, chatId }: MessageRecord): Record<string, unknown> | null {
  if (!event) return null;
  const { type, ...detail } = describe(event, chatId);
  const initiator = event.initiatorId === null ? null : identitySet(event.initiatorId);
  return {
    '@odata.type': `#microsoft.graph.${type}EventMessageDetail`,
    ...detail,
    ...(type === WITHOUT_INITIATOR ? {} : { initiator }),
  };
}

function describe(event: EventRecord, chatId: string): { type: string } & Record<string, unknown> {
  if (event.kind === 'other') return { type: event.name, ...event.properties, ...shapePeople(event.people) };
  if (event.kind === 'chatRenamed') return { type: event.kind, chatId, chatDisplayName: event.topic };
  const members = event.userIds.map(identity);
  if (event.kind === 'membersDeleted') return { type: event.kind, members };
  const from = event.historyFrom === 0 ? '0001-01-01T00:00:00Z' : iso(event.historyFrom);
  return { type: event.kind, visibleHistoryStartDateTime: from, members };
}

function shapePeople(people: EventPeople): Record<string, unknown> {
  const { members, callParticipants, meetingOrganizer, conversationMemberUser } = people;
  return {
    ...(members ? { members: members.map(identity) } : {}),
    ...(callParticipants ? { callParticipants: callParticipants.map((id) => ({ participant: identitySet(id) })) } : {}),
    ...(meetingOrganizer ? { meetingOrganizer: identitySet(meetingOrganizer) } : {}),
    ...(conversationMemberUser ? { conversationMemberUser: identity(conversationMemberUser) } : {}),
  };
}

const identitySet = (id: string) => ({ application: null, device: null, user: identity(id) });

const identity = (id: string) => ({
  '@odata.type': '#microsoft.graph.teamworkUserIdentity',
  id,
  displayName: null,
  userIdentityType: 'aadUser',
});
