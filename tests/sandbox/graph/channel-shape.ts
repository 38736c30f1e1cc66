import type { ChannelRecord, TeamRecord } from '../tenant/channel-records.ts';
import type { MessageRecord } from '../tenant/chat-records.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { iso } from './chat-shape.ts';
import { GRAPH, type GraphContext } from './env.ts';
import { shapeMessage } from './message-shape.ts';

/** A team in a list of one's teams: only its id, name and description (user-list-joinedteams.md). */
export function shapeJoinedTeam(team: TeamRecord): Record<string, unknown> {
  const { id, displayName, description } = team;
  return { ...Object.fromEntries(TEAM_PROPERTIES.map((name) => [name, null])), id, displayName, description };
}

/** All of a team (team-get.md). */
export function shapeTeam(team: TeamRecord): Record<string, unknown> {
  return {
    ...shapeJoinedTeam(team),
    createdDateTime: iso(team.createdAt),
    visibility: 'private',
    isArchived: false,
    tenantId: team.tenantId,
    webUrl: `https://teams.microsoft.com/l/team/${encodeURIComponent(team.channels[0]?.id ?? '')}/conversations?groupId=${team.id}&tenantId=${team.tenantId}`,
  };
}

const TEAM_PROPERTIES = ['createdDateTime', 'classification', 'visibility', 'isArchived', 'tenantId', 'webUrl'];

/** resources/channel.md */
export function shapeChannel(team: TeamRecord, channel: ChannelRecord): Record<string, unknown> {
  const name = encodeURIComponent(channel.displayName);
  return {
    id: channel.id,
    createdDateTime: iso(channel.createdAt),
    displayName: channel.displayName,
    description: channel.description,
    isFavoriteByDefault: null,
    email: '',
    tenantId: team.tenantId,
    webUrl: `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel.id)}/${name}?groupId=${team.id}&tenantId=${team.tenantId}&allowXTenantAccess=False`,
    membershipType: channel.membershipType,
    isArchived: channel.isArchived,
  };
}

/** A post or a reply: like a message of a chat, but of a channel and with an address (channel-list-messages.md). */
export function shapeChannelMessage(
  c: GraphContext,
  tenant: Tenant,
  { team, channel }: { team: TeamRecord; channel: ChannelRecord },
  message: MessageRecord,
): Record<string, unknown> {
  const replyToId = message.replyToId ?? null;
  const place = `groupId=${team.id}&tenantId=${team.tenantId}`;
  const time = `createdTime=${message.createdAt}&parentMessageId=${replyToId ?? message.id}`;
  return {
    ...shapeMessage(c, tenant, message),
    replyToId,
    chatId: null,
    webUrl: `https://teams.microsoft.com/l/message/${encodeURIComponent(channel.id)}/${message.id}?${place}&${time}`,
    channelIdentity: { teamId: team.id, channelId: channel.id },
  };
}

/** @param rest of the path below the channel, for instance `/messages` */
export function channelContext(team: TeamRecord, channel: ChannelRecord, rest: string): string {
  return `${GRAPH}/$metadata#teams('${team.id}')/channels('${encodeURIComponent(channel.id)}')${rest}`;
}
