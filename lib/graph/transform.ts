import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import type { Chat, ChatMember, Member } from '../model/chat.ts';
import { asChatId, asMessageId, asUserId, foldEmail, type UserId } from '../model/ids.ts';
import type { DirectoryPerson } from '../model/mapping.ts';
import type { Message } from '../model/message.ts';
import type { Person } from '../model/person.ts';
import { type Presence, presenceOf } from '../model/presence.ts';
import { EventShape, toEvent } from './events.ts';
import { parsed } from './pages.ts';

/**
 * Where Graph's shapes end: checked, then in our words. Only what we use is checked, and what Graph may leave out is
 * taken as left out; a field that is there in another shape is an error, said by its name.
 */
export function toChat(data: unknown): Chat {
  const chat = parsed(ChatShape, data);
  const read = chat.viewpoint?.lastMessageReadDateTime;
  const writer = chat.lastMessagePreview?.from?.user?.id;
  return {
    id: asChatId(chat.id),
    topic: chat.topic ?? null,
    kind: chat.chatType === 'oneOnOne' || chat.chatType === 'meeting' ? chat.chatType : 'group',
    webUrl: chat.webUrl ?? null,
    createdAt: chat.createdDateTime ?? '',
    members: (chat.members ?? []).map(toMember),
    // Graph's year 1 is "never".
    readUpTo: read ?? null,
    newestAt: chat.lastMessagePreview?.createdDateTime ?? null,
    ...(writer ? { newestBy: asUserId(writer) } : {}),
  };
}

export function toMessage(data: unknown): Message {
  const m = parsed(MessageShape, data);
  const { user, application } = m.from ?? {};
  const who = user ?? application;
  const deleted = m.deletedDateTime ?? null;
  const createdAt = m.createdDateTime;
  return {
    id: asMessageId(m.id),
    etag: m.etag ?? m.lastModifiedDateTime ?? createdAt,
    createdAt,
    modifiedAt: m.lastModifiedDateTime ?? createdAt,
    editedAt: m.lastEditedDateTime ?? null,
    deletedAt: deleted,
    from: who ? { userId: user?.id ? asUserId(user.id) : null, name: who.displayName ?? '' } : null,
    // What was deleted must not linger, whatever the answer still holds.
    html: deleted ? '' : htmlOf(m.body),
    importance: m.importance === 'high' || m.importance === 'urgent' ? m.importance : 'normal',
    reactions: (m.reactions ?? []).map((r) => ({
      type: r.reactionType,
      userId: r.user?.user?.id ? asUserId(r.user.user.id) : null,
    })),
    mentions: (m.mentions ?? []).map(({ id, mentionText, mentioned }) => ({
      userId: mentioned?.user?.id ? asUserId(mentioned.user.id) : null,
      name: mentionText ?? mentioned?.user?.displayName ?? '',
      ...(typeof id === 'number' ? { id } : {}),
      ...(mentioned?.conversation ? { everyone: true as const } : {}),
    })),
    attachments: deleted
      ? []
      : (m.attachments ?? []).map((a) => ({
          ...(a.id ? { id: a.id } : {}),
          name: a.name ?? '',
          url: a.contentUrl ?? null,
          contentType: a.contentType ?? '',
          ...(a.content ? { content: a.content } : {}),
        })),
    event: m.eventDetail ? toEvent(m.eventDetail) : isSystem(m) ? { kind: 'other', type: m.messageType ?? '' } : null,
    ...(m.replyToId ? { thread: asMessageId(m.replyToId) } : {}),
    ...(m.subject && !deleted ? { subject: m.subject } : {}),
  };
}

export function toPerson(data: unknown): Person {
  const user = parsed(UserShape, data);
  const upn = user.userPrincipalName ?? '';
  return {
    id: asUserId(user.id),
    displayName: user.displayName ?? upn,
    mail: foldEmail(user.mail),
    userPrincipalName: upn,
    guest: /#EXT#/i.test(upn),
  };
}

/** A person with what User.Read.All shows; Graph leaves out what the token may not see. */
export function toDirectoryPerson(data: unknown): DirectoryPerson {
  const { accountEnabled, proxyAddresses } = parsed(DirectoryShape, data);
  const aliases = proxyAddresses?.flatMap((text) => foldEmail(/^smtp:(.+)$/i.exec(text)?.[1]) ?? []);
  return { ...toPerson(data), enabled: accountEnabled ?? null, aliases: aliases ?? null };
}

/** Whose presence it is, and what it says; null where that is nothing. */
export function toPresence(data: unknown): [UserId, Presence | null] {
  const { id, availability, activity, outOfOfficeSettings } = parsed(PresenceShape, data);
  return [asUserId(id), presenceOf(availability ?? '', activity ?? '', outOfOfficeSettings?.isOutOfOffice ?? false)];
}

export const maybe = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema));
export const text = maybe(v.string());
/** The names of Graph's own properties, so that a slip of the pen does not compile. */
export const named =
  <Whole>() =>
  <E extends { [K in keyof E]: K extends keyof Whole | '@odata.type' ? v.GenericSchema : never }>(entries: E) =>
    v.object(entries);

const MemberShape = v.object({ displayName: text, roles: maybe(v.array(v.string())), userId: text, email: text });

const identity = maybe(v.object({ id: text, displayName: text }));

const ChatMemberShape = v.object({ ...MemberShape.entries, id: v.pipe(v.string(), v.minLength(1)) });

const ChatShape = named<Microsoft.Chat>()({
  id: v.pipe(v.string(), v.minLength(1)),
  topic: text,
  chatType: v.string(),
  webUrl: text,
  createdDateTime: text,
  members: maybe(v.array(MemberShape)),
  viewpoint: maybe(v.object({ lastMessageReadDateTime: text })),
  lastMessagePreview: maybe(
    v.object({ createdDateTime: text, from: maybe(v.object({ user: identity, application: identity })) }),
  ),
});

const MessageShape = named<Microsoft.ChatMessage>()({
  id: v.pipe(v.string(), v.minLength(1)),
  etag: text,
  messageType: maybe(v.string()),
  createdDateTime: v.string(),
  lastModifiedDateTime: text,
  lastEditedDateTime: text,
  deletedDateTime: text,
  importance: text,
  from: maybe(v.object({ user: identity, application: identity })),
  body: maybe(v.object({ contentType: text, content: text })),
  reactions: maybe(v.array(v.object({ reactionType: v.string(), user: maybe(v.object({ user: identity })) }))),
  mentions: maybe(
    v.array(
      v.object({
        id: maybe(v.number()),
        mentionText: text,
        mentioned: maybe(v.object({ user: identity, conversation: identity })),
      }),
    ),
  ),
  attachments: maybe(v.array(v.object({ id: text, name: text, contentUrl: text, contentType: text, content: text }))),
  eventDetail: maybe(EventShape),
  replyToId: text,
  subject: text,
});

const UserShape = named<Microsoft.User>()({
  id: v.pipe(v.string(), v.minLength(1)),
  displayName: text,
  mail: text,
  userPrincipalName: text,
});

const DirectoryShape = named<Microsoft.User>()({
  accountEnabled: maybe(v.boolean()),
  proxyAddresses: maybe(v.array(v.string())),
});

const PresenceShape = named<Microsoft.Presence>()({
  id: v.pipe(v.string(), v.minLength(1)),
  availability: text,
  activity: text,
  outOfOfficeSettings: maybe(v.object({ isOutOfOffice: maybe(v.boolean()) })),
});

/** A member of a list of members, with the id that removing them takes. */
export function toChatMember(data: unknown): ChatMember {
  const member = parsed(ChatMemberShape, data);
  return { ...toMember(member), membershipId: member.id };
}

function toMember(member: v.InferOutput<typeof MemberShape>): Member {
  const roles = member.roles ?? [];
  return {
    userId: member.userId ? asUserId(member.userId) : null,
    displayName: member.displayName ?? '',
    email: member.email ?? null,
    role: roles.includes('owner') ? 'owner' : roles.includes('guest') ? 'guest' : 'member',
  };
}

function isSystem(m: { messageType?: string | null | undefined }): boolean {
  return !!m.messageType && m.messageType !== 'message';
}

function htmlOf(
  body: { contentType?: string | null | undefined; content?: string | null | undefined } | null | undefined,
) {
  const content = body?.content ?? '';
  if (body?.contentType === 'html') return content;
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br>');
}
