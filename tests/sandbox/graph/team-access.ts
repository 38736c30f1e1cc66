import type { ChannelRecord, TeamRecord } from '../tenant/channel-records.ts';
import type { MessageRecord } from '../tenant/chat-records.ts';
import { sees } from '../tenant/teams.ts';
import type { Deps, GraphContext } from './env.ts';
import { badRequest, forbidden, notFound } from './graph-error.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Paths of a channel and of its messages. */
export const CHANNEL = '/teams/:team/channels/:channel';

/** The team in the path, of the caller's organization. */
export function findTeam(c: GraphContext, { tenant }: Deps): TeamRecord {
  const id = c.req.param('team') ?? '';
  if (!GUID.test(id)) throw badRequest('teamId needs to be a valid GUID.');
  const team = tenant.teams.get(id);
  if (team?.tenantId !== c.get('me').tenantId) throw notFound(`No team found with Group Id ${id}`);
  return team;
}

/** The same for its members alone: everybody else has a 403, whatever their token holds. */
export function openTeam(c: GraphContext, deps: Deps): TeamRecord {
  const team = findTeam(c, deps);
  if (!team.memberIds.includes(c.get('me').id)) throw notMember('team');
  return team;
}

/** The channel in the path, for who belongs to it: a shared one may have people that the team has not. */
export function openChannel(c: GraphContext, deps: Deps): { team: TeamRecord; channel: ChannelRecord } {
  const team = findTeam(c, deps);
  const id = c.req.param('channel') ?? '';
  if (!/^19:.+@thread\.(tacv2|skype)$/.test(id)) throw badRequest(`Invalid ThreadId '${id}'.`);
  const channel = team.channels.find((one) => one.id === id);
  if (!channel) throw notFound(`NotFound: no channel with id '${id}' in the team.`);
  if (!sees(team, channel, c.get('me').id)) throw notMember('channel');
  return { team, channel };
}

/** The post in the path; or, where the path names one, the reply to it. */
export function openPost(c: GraphContext, deps: Deps): ReturnType<typeof openChannel> & { message: MessageRecord } {
  const { team, channel } = openChannel(c, deps);
  const find = (id: string | undefined, replyToId: string | null) => {
    const found = channel.messages.find((one) => one.id === id && (one.replyToId ?? null) === replyToId);
    if (!found) throw notFound(`NotFound: no message with id '${id}' in the channel.`);
    return found;
  };
  const post = find(c.req.param('message'), null);
  const reply = c.req.param('reply');
  return { team, channel, message: reply === undefined ? post : find(reply, post.id) };
}

const notMember = (what: string) => forbidden(`The calling user is not a member of the ${what}.`);
