import { Hono } from 'hono';
import type { ChannelRecord } from '../tenant/channel-records.ts';
import { sees } from '../tenant/teams.ts';
import { shapeChannel, shapeJoinedTeam, shapeTeam } from './channel-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { clausesOf, parseFilter, passes } from './odata-filter.ts';
import { readNames, readQuery } from './query.ts';
import { needScope } from './scopes.ts';
import { CHANNEL, openChannel, openTeam } from './team-access.ts';

const FILTERED = ['displayName', 'description', 'membershipType'];

/** One's teams, a team, its channels, one of them (user-list-joinedteams.md, team-get.md, channel-list.md, channel-get.md). */
export function createTeams(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.get('/me/joinedTeams', (c) => joinedTeams(c, deps));
  // "With user delegated permissions, this operation only works for the me user."
  app.get('/users/:user/joinedTeams', (c) => {
    if (c.req.param('user').toLowerCase() !== c.get('me').id) throw forbidden('Only the own joined teams can be read.');
    return joinedTeams(c, deps);
  });

  app.get('/teams/:team', (c) => {
    needScope(c, 'Team.ReadBasic.All');
    const select = readNames(readQuery(c, ['$select']), '$select');
    const shape = shapeTeam(openTeam(c, deps));
    return c.json({ '@odata.context': `${GRAPH}/$metadata#teams/$entity`, ...selected(shape, select) });
  });

  app.get('/teams/:team/channels', (c) => {
    needScope(c, 'Channel.ReadBasic.All');
    const query = readQuery(c, ['$select', '$filter']);
    const select = readNames(query, '$select');
    const team = openTeam(c, deps);
    const visible = team.channels.filter((channel) => sees(team, channel, c.get('me').id));
    const value = filterChannels(visible, query.get('$filter')).map((one) => selected(shapeChannel(team, one), select));
    const context = `${GRAPH}/$metadata#teams('${team.id}')/channels`;
    return c.json({ '@odata.context': context, '@odata.count': value.length, value });
  });

  app.get(CHANNEL, (c) => {
    needScope(c, 'Channel.ReadBasic.All');
    const select = readNames(readQuery(c, ['$select']), '$select');
    const { team, channel } = openChannel(c, deps);
    const context = `${GRAPH}/$metadata#teams('${team.id}')/channels/$entity`;
    return c.json({ '@odata.context': context, ...selected(shapeChannel(team, channel), select) });
  });
  return app;
}

/** All at once: "does not currently support the OData query parameters". The host of a shared channel is not told. */
function joinedTeams(c: GraphContext, { tenant }: Deps): Response {
  needScope(c, 'Team.ReadBasic.All', 'User.Read.All');
  readQuery(c, []);
  const value = tenant.teams
    .all()
    .filter((team) => team.memberIds.includes(c.get('me').id))
    .map(shapeJoinedTeam);
  return c.json({ '@odata.context': `${GRAPH}/$metadata#teams`, '@odata.count': value.length, value });
}

function filterChannels(channels: ChannelRecord[], text: string | undefined): ChannelRecord[] {
  if (text === undefined) return channels;
  const filter = parseFilter(text);
  for (const { path } of clausesOf(filter))
    if (!FILTERED.includes(path)) throw badRequest(`Filtering by '${path}' is not supported.`);
  return channels.filter((channel) =>
    passes(filter, (path) => channel[path as 'displayName' | 'description' | 'membershipType']),
  );
}

function selected(shape: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  for (const name of names)
    if (!(name in shape))
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.channel'.`);
  return names.length === 0 ? shape : Object.fromEntries(names.map((name) => [name, shape[name]]));
}
