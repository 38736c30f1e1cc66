import type { MessageRecord } from '../tenant/chat-records.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { iso } from './chat-shape.ts';
import type { GraphContext } from './env.ts';
import { shapeEvent } from './event-shape.ts';

/** A message as Graph gives it (resources/chatmessage.md). Deleted ones stay, without content. */
export function shapeMessage(c: GraphContext, tenant: Tenant, message: MessageRecord): Record<string, unknown> {
  const deleted = message.deletedAt !== null;
  return {
    id: message.id,
    replyToId: null,
    etag: String(message.modifiedAt),
    messageType: messageType(c, message),
    createdDateTime: iso(message.createdAt),
    lastModifiedDateTime: iso(message.modifiedAt),
    lastEditedDateTime: message.editedAt === null ? null : iso(message.editedAt),
    deletedDateTime: message.deletedAt === null ? null : iso(message.deletedAt),
    subject: deleted ? null : message.subject,
    summary: null,
    chatId: message.chatId,
    importance: message.importance,
    locale: 'en-us',
    webUrl: null,
    channelIdentity: null,
    policyViolation: null,
    eventDetail: shapeEvent(message),
    from: shapeFrom(tenant, message),
    body: shapeBody(message),
    attachments: deleted ? [] : message.attachments,
    mentions: deleted ? [] : message.mentions,
    reactions: deleted ? [] : message.reactions.map(shapeReaction),
  };
}

/** The same in the few words that a list of chats has for it. */
export function shapePreview(c: GraphContext, tenant: Tenant, message: MessageRecord): Record<string, unknown> {
  return {
    id: message.id,
    createdDateTime: iso(message.createdAt),
    isDeleted: message.deletedAt !== null,
    messageType: messageType(c, message),
    eventDetail: shapeEvent(message),
    body: shapeBody(message),
    from: shapeFrom(tenant, message),
  };
}

/** System messages have a name only for those who ask by `Prefer: include-unknown-enum-members`. */
function messageType(c: GraphContext, message: MessageRecord): string {
  if (!message.event) return 'message';
  const prefers = /\binclude-unknown-enum-members\b/i.test(c.req.header('prefer') ?? '');
  return prefers ? 'systemEventMessage' : 'unknownFutureValue';
}

function shapeBody(message: MessageRecord) {
  if (message.deletedAt !== null) return { contentType: 'html', content: '' };
  return { contentType: message.contentType, content: message.content };
}

function shapeFrom(tenant: Tenant, message: MessageRecord) {
  if (message.fromUserId === null) return null;
  const user = tenant.directory.byId(message.fromUserId);
  return {
    application: null,
    device: null,
    user: {
      '@odata.type': '#microsoft.graph.teamworkUserIdentity',
      id: message.fromUserId,
      displayName: user?.displayName ?? null,
      userIdentityType: 'aadUser',
      tenantId: user?.tenantId ?? null,
    },
  };
}

function shapeReaction(reaction: MessageRecord['reactions'][number]) {
  return {
    reactionType: reaction.type,
    displayName: null,
    reactionContentUrl: null,
    createdDateTime: iso(reaction.createdAt),
    user: {
      application: null,
      device: null,
      user: {
        '@odata.type': '#microsoft.graph.teamworkUserIdentity',
        id: reaction.userId,
        displayName: null,
        userIdentityType: 'aadUser',
      },
    },
  };
}
