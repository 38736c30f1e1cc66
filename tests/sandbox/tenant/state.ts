import type { Calendars } from './calendars.ts';
import type { ChannelRecord, TeamRecord } from './channel-records.ts';
import type { ChatRecord, MessageRecord } from './chat-records.ts';
import type { Chats } from './chats.ts';
import type { Consents } from './consent.ts';
import type { Directory } from './directory.ts';
import { type Drives, digest, type ItemRecord, pathOf } from './drives.ts';
import { describeMeetings } from './meeting-state.ts';
import type { OnlineMeetings } from './online-meetings.ts';
import { emailOf } from './people.ts';
import type { SubscriptionRecord } from './subscriptions.ts';
import type { Teams } from './teams.ts';

/**
 * The stand-in Microsoft as plain data for GET /state: people by e-mail, times as ISO text.
 *
 * @param last so many of the messages of each chat, the newest; all unless said otherwise
 */
export function describeState({
  directory,
  chats,
  teams,
  consents,
  subscriptions,
  drives,
  calendars,
  meetings,
  last = Number.POSITIVE_INFINITY,
}: {
  directory: Directory;
  chats: Chats;
  teams: Teams;
  consents: Consents;
  subscriptions: SubscriptionRecord[];
  drives: Drives;
  calendars: Calendars;
  meetings: OnlineMeetings;
  last?: number | undefined;
}) {
  const email = (userId: string | null) => {
    const user = userId ? directory.byId(userId) : undefined;
    return user ? emailOf(user) : userId;
  };
  const { people, ...consent } = consents.state();
  return {
    chats: chats.all().map((chat) => describeChat(chat, email, last)),
    teams: teams.all().map((team) => describeTeam(team, email)),
    subscriptions: subscriptions.map((one) => ({
      id: one.id,
      resource: one.resource,
      threadId: one.threadId,
      creator: email(one.creatorId),
      changeTypes: one.changeTypes,
      notificationUrl: one.notificationUrl,
      lifecycleNotificationUrl: one.lifecycleNotificationUrl,
      clientState: one.clientState,
      expirationDateTime: iso(one.expiresAt),
      challenged: one.challenged,
    })),
    files: drives.all().flatMap((item) => describeFile(item, email)),
    ...describeMeetings(calendars, meetings, email),
    consents: {
      ...consent,
      people: Object.fromEntries(Object.entries(people).map(([id, scopes]) => [email(id) ?? id, scopes])),
    },
  };
}

type Name = (userId: string | null) => string | null;

const describeChat = (chat: ChatRecord, email: Name, last: number) => ({
  id: chat.id,
  chatType: chat.chatType,
  topic: chat.topic,
  createdDateTime: iso(chat.createdAt),
  members: chat.members.map((m) => ({ email: email(m.userId), userId: m.userId, role: m.role })),
  hiddenFor: [...chat.hiddenFor].map(email),
  messages: (last === 0 ? [] : chat.messages.slice(-last)).map((m) => describeMessage(m, email)),
});

const describeFile = (item: ItemRecord, email: Name) =>
  item.content === null
    ? []
    : {
        id: item.id,
        owner: email(item.ownerId),
        path: pathOf(item),
        size: item.content.bytes.length,
        sha256: digest(item.content.bytes),
        links: item.links.map(({ type, scope }) => ({ type, scope })),
        people: item.people.map(email),
      };

const describeTeam = (team: TeamRecord, email: Name) => ({
  id: team.id,
  displayName: team.displayName,
  members: team.memberIds.map(email),
  channels: team.channels.map((channel) => describeChannel(channel, email)),
});

const describeChannel = (channel: ChannelRecord, email: Name) => ({
  id: channel.id,
  displayName: channel.displayName,
  membershipType: channel.membershipType,
  isArchived: channel.isArchived,
  members: channel.memberIds?.map(email) ?? null,
  messages: channel.messages.map((message) => ({
    ...describeMessage(message, email),
    replyToId: message.replyToId ?? null,
    subject: message.subject,
  })),
});

const describeMessage = (message: MessageRecord, email: Name) => ({
  id: message.id,
  from: email(message.fromUserId),
  contentType: message.contentType,
  content: message.content,
  createdDateTime: iso(message.createdAt),
  lastModifiedDateTime: iso(message.modifiedAt),
  edited: message.editedAt !== null,
  deleted: message.deletedAt !== null,
  reactions: message.reactions.map((r) => ({ type: r.type, from: email(r.userId) })),
  event: message.event?.kind === 'other' ? message.event.name : (message.event?.kind ?? null),
});

const iso = (ms: number) => new Date(ms).toISOString();
