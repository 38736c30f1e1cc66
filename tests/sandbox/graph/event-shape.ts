import type { MessageRecord } from '../tenant/chat-records.ts';
import { iso } from './chat-shape.ts';

/** `eventDetail` of a system message. People come by id alone, as in chat-list-messages.md's example 2. */
export function shapeEvent({ event, chatId }: MessageRecord): Record<string, unknown> | null {
  if (!event) return null;
  const initiator = { application: null, device: null, user: identity(event.initiatorId) };
  if (event.kind === 'chatRenamed') {
    return {
      '@odata.type': '#microsoft.graph.chatRenamedEventMessageDetail',
      chatId,
      chatDisplayName: event.topic,
      initiator,
    };
  }
  const members = event.userIds.map(identity);
  if (event.kind === 'membersDeleted') {
    return { '@odata.type': '#microsoft.graph.membersDeletedEventMessageDetail', members, initiator };
  }
  return {
    '@odata.type': '#microsoft.graph.membersAddedEventMessageDetail',
    visibleHistoryStartDateTime: event.historyFrom === 0 ? '0001-01-01T00:00:00Z' : iso(event.historyFrom),
    members,
    initiator,
  };
}

const identity = (id: string) => ({
  '@odata.type': '#microsoft.graph.teamworkUserIdentity',
  id,
  displayName: null,
  userIdentityType: 'aadUser',
});
