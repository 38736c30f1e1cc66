import type { Clock } from '../shell.ts';
import type { ChannelRecord, TeamRecord } from './channel-records.ts';
import type { MessageRecord } from './chat-records.ts';
import type { Directory } from './directory.ts';
import { createMessage, editMessage, softDeleteMessage } from './messages.ts';
import { type NewChannel, sees, type Teams } from './teams.ts';

/** A team as POST /teams of the control server takes it; people by e-mail. */
export interface TeamOrder {
  displayName: string;
  description?: string | null;
  members: string[];
  channels?: (Omit<NewChannel, 'memberIds'> & { members?: string[] })[];
}

/** Somebody joins or leaves a team. */
export interface TeamChange {
  teamId: string;
  add?: string;
  remove?: string;
}

export interface ChannelPlace {
  teamId: string;
  channelId: string;
}

/** A post, or with `replyToId` a reply to one. */
export type ChannelPost = ChannelPlace & { from: string; html: string; subject?: string; replyToId?: string };

/** What colleagues do in the channels of Teams itself, as control.ts has it for chats. What is misspelt throws. */
export function controlTeams(directory: Directory, teams: Teams, clock: Clock) {
  const teamOf = (id: string): TeamRecord => {
    const team = teams.get(id);
    if (!team) throw new Error(`The sandbox has no team ${id}.`);
    return team;
  };
  const channelOf = ({ teamId, channelId }: ChannelPlace): ChannelRecord => {
    const channel = teamOf(teamId).channels.find((one) => one.id === channelId);
    if (!channel) throw new Error(`The team ${teamId} has no channel ${channelId}.`);
    return channel;
  };
  const messageOf = (place: ChannelPlace & { id: string }): MessageRecord => {
    const message = channelOf(place).messages.find((one) => one.id === place.id);
    if (!message) throw new Error(`The channel ${place.channelId} has no message ${place.id}.`);
    return message;
  };
  const idsOf = (emails: string[]) => emails.map((email) => directory.require(email).id);
  return {
    createTeam({ members, channels = [], ...order }: TeamOrder) {
      const memberIds = idsOf(members);
      const tenantId = directory.require(members[0] ?? '').tenantId;
      const team = teams.create({ description: null, ...order, tenantId, memberIds });
      for (const { members: own = [], ...channel } of channels)
        teams.addChannel(team, { ...channel, memberIds: idsOf(own) });
      return { id: team.id, channels: team.channels.map(({ id, displayName }) => ({ id, displayName })) };
    },
    changeTeam({ teamId, add, remove }: TeamChange): void {
      const team = teamOf(teamId);
      const gone = remove ? directory.require(remove).id : undefined;
      if (gone && !team.memberIds.includes(gone)) throw new Error(`${remove} is not a member of ${team.displayName}.`);
      team.memberIds = team.memberIds.filter((id) => id !== gone);
      if (add) team.memberIds = [...new Set([...team.memberIds, ...idsOf([add])])];
    },
    postInChannel({ from, html, subject, replyToId, ...place }: ChannelPost): MessageRecord {
      const channel = channelOf(place);
      const author = directory.require(from);
      if (!sees(teamOf(place.teamId), channel, author.id)) throw new Error(`${from} is not a member of the channel.`);
      if (replyToId && messageOf({ ...place, id: replyToId }).replyToId) throw new Error(`${replyToId} is a reply.`);
      const content = { fromUserId: author.id, content: html, subject: subject ?? null, replyToId: replyToId ?? null };
      return createMessage(channel, clock.now(), content);
    },
    editChannelMessage({ html, ...place }: ChannelPlace & { id: string; html: string }): void {
      editMessage(messageOf(place), clock.now(), { content: html });
    },
    deleteChannelMessage(place: ChannelPlace & { id: string }): void {
      softDeleteMessage(messageOf(place), clock.now());
    },
  };
}
