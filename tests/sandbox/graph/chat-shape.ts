import type { ChatRecord } from '../tenant/chat-records.ts';

/** A chat as Graph gives it (resources/chat.md). `viewpoint` comes with reads only. */
export function shapeChat(chat: ChatRecord): Record<string, unknown> {
  return {
    id: chat.id,
    topic: chat.topic,
    createdDateTime: iso(chat.createdAt),
    lastUpdatedDateTime: iso(chat.updatedAt),
    chatType: chat.chatType,
    webUrl: `https://teams.microsoft.com/l/chat/${encodeURIComponent(chat.id)}/0?tenantId=${chat.tenantId}`,
    tenantId: chat.tenantId,
    onlineMeetingInfo: chat.meeting ? shapeMeetingInfo(chat.meeting) : null,
  };
}

/** resources/teamworkonlinemeetinginfo.md */
const shapeMeetingInfo = ({ organizerId, joinUrl }: NonNullable<ChatRecord['meeting']>) => ({
  calendarEventId: null,
  joinWebUrl: joinUrl,
  organizer: { id: organizerId, displayName: null, userIdentityType: 'aadUser' },
});

export function shapeViewpoint(chat: ChatRecord, userId: string) {
  const readUpTo = chat.readUpTo.get(userId);
  // A person who never read has the beginning of time, not null.
  const isHidden = chat.hiddenFor.has(userId);
  return { isHidden, lastMessageReadDateTime: readUpTo === undefined ? '0001-01-01T00:00:00Z' : iso(readUpTo) };
}

export const iso = (ms: number) => new Date(ms).toISOString();
