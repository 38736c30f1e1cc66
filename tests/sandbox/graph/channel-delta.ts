import { Hono } from 'hono';
import { postsOf, touchedAt } from '../tenant/channel-records.ts';
import { CHANNEL_READ, readExpand, shapePost } from './channel-messages.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { parseFilter } from './odata-filter.ts';
import { writeSkipToken } from './paging.ts';
import { readQuery, readTop } from './query.ts';
import { needScope } from './scopes.ts';
import { CHANNEL, openChannel } from './team-access.ts';

/** What a token keeps of the round it belongs to; options are given once, with the first call. */
interface Round {
  /** Chains touched after this moment are still to come, and of those touched in it the ones after this post. */
  since: number;
  id: number;
  top: number;
  expand: boolean;
}

const EIGHT_MONTHS = 8 * 30 * 24 * 3_600_000;

/**
 * GET messages/delta (chatmessage-delta.md): posts that are new or whose chain was touched, oldest change first, with a
 * `nextLink` till the round is done and a `deltaLink` to begin the next one with. Nothing older than eight months.
 */
export function createChannelDelta(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.get(`${CHANNEL}/messages/delta`, (c) => {
    needScope(c, ...CHANNEL_READ);
    const query = readQuery(c, ['$top', '$expand', '$filter', '$skiptoken', '$deltatoken']);
    const place = openChannel(c, deps);
    const token = query.get('$skiptoken') ?? query.get('$deltatoken');
    if (token !== undefined && query.size > 1)
      throw badRequest('Query options cannot be given together with a state token.');
    const round = token === undefined ? begin(query) : readToken(token);
    const oldest = deps.clock.now() - EIGHT_MONTHS;
    const found = postsOf(place.channel)
      .map((post) => ({ post, time: touchedAt(place.channel, post) }))
      .filter(({ time }) => time > oldest)
      .filter(({ post, time }) => time > round.since || (time === round.since && Number(post.id) > round.id))
      .sort((a, b) => a.time - b.time || Number(a.post.id) - Number(b.post.id));
    const page = found.slice(0, round.top);
    const last = page.at(-1);
    const next = last ? { ...round, since: last.time, id: Number(last.post.id) } : round;
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#Collection(chatMessage)`,
      ...(found.length > round.top
        ? { '@odata.nextLink': link(c, '$skiptoken', next) }
        : { '@odata.deltaLink': link(c, '$deltatoken', next) }),
      value: page.map(({ post }) => ({
        '@odata.type': '#microsoft.graph.chatMessage',
        ...shapePost(c, deps, place, post, round.expand),
      })),
    });
  });
  return app;
}

/** The only filter: `lastModifiedDateTime gt <moment>`. */
function begin(query: Map<string, string>): Round {
  const round = { since: 0, id: 0, top: readTop(query, 20, 50), expand: readExpand(query) };
  const text = query.get('$filter');
  if (text === undefined) return round;
  const filter = parseFilter(text);
  const known = filter.kind === 'compare' && filter.path === 'lastModifiedDateTime' && filter.operator === 'gt';
  const since = known ? Date.parse(String(filter.value)) : Number.NaN;
  if (Number.isNaN(since)) throw badRequest('Invalid filter clause: only lastModifiedDateTime gt is supported.');
  return { ...round, since, id: Number.MAX_SAFE_INTEGER };
}

function readToken(token: string): Round {
  try {
    const round = JSON.parse(Buffer.from(token, 'base64url').toString()) as Round;
    if (Number.isFinite(round.since)) return round;
  } catch {
    // Told below.
  }
  throw badRequest('The state token is not valid.');
}

function link(c: GraphContext, name: string, round: Round): string {
  return `${GRAPH}${new URL(c.req.url).pathname.replace(/^\/v1\.0/, '')}?${name}=${writeSkipToken(round)}`;
}
