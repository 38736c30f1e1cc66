import type { ChannelPlace, ChannelPost, TeamChange, TeamOrder } from '../../tests/sandbox/tenant/team-control.ts';

/** A team as GET /state tells it; people by e-mail. */
export interface SandboxTeam {
  id: string;
  displayName: string;
  members: string[];
  channels: {
    id: string;
    displayName: string;
    membershipType: string;
    isArchived: boolean;
    /** Null for a standard channel: the whole team. */
    members: string[] | null;
    messages: {
      id: string;
      replyToId: string | null;
      from: string | null;
      subject: string | null;
      content: string;
      deleted: boolean;
    }[];
  }[];
}

/** What the control server does in teams and channels. */
export interface TeamsControl {
  /** Answers the ids of the team and of its channels, General first. */
  createTeam(team: TeamOrder): Promise<{ id: string; channels: { id: string; displayName: string }[] }>;
  /** Somebody joins a team or leaves it. */
  changeTeam(change: TeamChange): Promise<void>;
  /** A colleague posts, or with `replyToId` replies; the HTML arrives byte for byte. Answers the message's id. */
  postInChannel(post: ChannelPost): Promise<string>;
  editChannelMessage(change: ChannelPlace & { id: string; html: string }): Promise<void>;
  deleteChannelMessage(message: ChannelPlace & { id: string }): Promise<void>;
}

/** @param ask sends one call to the control server and answers its text */
export function teamsControl(
  ask: (method: string, path: string, body?: unknown) => Promise<string>,
  tell: (method: string, path: string, body?: unknown) => Promise<void>,
): TeamsControl {
  return {
    createTeam: async (team) => JSON.parse(await ask('POST', '/teams', team)),
    changeTeam: (change) => tell('PATCH', '/teams', change),
    postInChannel: async (post) => JSON.parse(await ask('POST', '/channel-messages', post)).id,
    editChannelMessage: (change) => tell('PATCH', '/channel-messages', change),
    deleteChannelMessage: (message) => tell('DELETE', '/channel-messages', message),
  };
}
