import type { Channel } from '../model/channel.ts';
import type { ChatId, MessageId } from '../model/ids.ts';
import { getMany, getManyIfThere } from './batch.ts';
import type { Graph } from './client.ts';
import { pagesOf, query, segment } from './pages.ts';
import { type Team, toChannel, toTeam } from './transform-channels.ts';

/** The teams that this person is a direct member of, archived ones left out. Docs: api/user-list-joinedteams. */
export async function joinedTeams(graph: Graph): Promise<Team[]> {
  const teams: Team[] = [];
  for await (const { items } of pagesOf(graph, '/me/joinedTeams')) teams.push(...items.map(toTeam));
  return teams.filter(({ archived }) => !archived);
}

/**
 * The channels of these teams as this person sees them, archived ones left out; twenty teams a request. A team that
 * Graph does not show any more has none. Docs: api/channel-list.
 */
export async function channelsOf(graph: Graph, teams: readonly Team[]): Promise<Channel[]> {
  const paths = teams.map(({ id }) => `/teams/${segment(id)}/channels${query({ $select: SELECT })}`);
  const found = await getManyIfThere(graph, paths, GONE);
  const channels: Channel[] = [];
  for (const [i, answer] of found.entries()) {
    // Graph gives all of a team's channels at once.
    const items = (answer?.body as { value?: unknown[] } | undefined)?.value ?? [];
    channels.push(...items.flatMap((item) => toChannel(item, teams[i]!) ?? []));
  }
  return channels;
}

/**
 * One channel with its team's name; null where it is archived.
 * @throws AppFailure `not-found` or `not-a-member`. Docs: api/channel-get, api/team-get.
 */
export async function getChannel(
  graph: Graph,
  { teamId, id }: Pick<Channel, 'teamId' | 'id'>,
): Promise<Channel | null> {
  const team = `/teams/${segment(teamId)}`;
  const [named, found] = await getMany(graph, [
    `${team}${query({ $select: 'id,displayName' })}`,
    `${team}/channels/${segment(id)}${query({ $select: SELECT })}`,
  ]);
  return toChannel(found, toTeam(named));
}

/** The expensive one, `email`, is left out by naming the others. */
const SELECT = 'id,displayName,membershipType,isArchived';
const GONE = [403, 404];

/** Path of a channel's messages, or of the replies in one of its threads. */
export function messagesPath(place: { teamId: string; channelId: ChatId; threadId: MessageId | null }): string {
  const path = `/teams/${segment(place.teamId)}/channels/${segment(place.channelId)}/messages`;
  return place.threadId ? `${path}/${segment(place.threadId)}/replies` : path;
}
