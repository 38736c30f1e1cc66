import { Hono } from 'hono';
import { type ChannelRecord, postsOf, repliesTo, type TeamRecord, touchedAt } from '../tenant/channel-records.ts';
import type { MessageRecord } from '../tenant/chat-records.ts';
import { channelContext, shapeChannelMessage } from './channel-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { nextLink, readSkipToken, writeSkipToken } from './paging.ts';
import { readNames, readQuery, readTop } from './query.ts';
import { needScope } from './scopes.ts';
import { CHANNEL, openChannel, openPost } from './team-access.ts';

export type Place = { team: TeamRecord; channel: ChannelRecord };

/** Reading takes an administrator's consent. */
export const CHANNEL_READ = ['ChannelMessage.Read.All'];
/** Replies that come with a post; the others are behind `replies@odata.nextLink`. */
const MAX_REPLIES = 1000;

/**
 * Posts of a channel, one of them, its replies, one of those (channel-list-messages.md, chatmessage-list-replies.md,
 * chatmessage-get.md). $top and $expand=replies are all there is: $filter and $orderby are a 400.
 */
export function createChannelMessages(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.get(`${CHANNEL}/messages`, (c) => {
    needScope(c, ...CHANNEL_READ);
    const query = readQuery(c, ['$top', '$expand', '$skiptoken']);
    const top = readTop(query, 20, 50);
    const expand = readExpand(query);
    const place = openChannel(c, deps);
    const { channel } = place;
    const posts = postsOf(channel).map((post) => ({ post, time: touchedAt(channel, post) }));
    const { page, next } = cut(posts, top, readSkipToken(query));
    return c.json({
      '@odata.context': channelContext(place.team, channel, '/messages'),
      '@odata.count': page.length,
      ...(next ? { '@odata.nextLink': nextLink(c, next) } : {}),
      value: page.map((post) => shapePost(c, deps, place, post, expand)),
    });
  });
  app.get(`${CHANNEL}/messages/:message`, one('/messages'));
  app.get(`${CHANNEL}/messages/:message/replies/:reply`, one('/messages'));

  app.get(`${CHANNEL}/messages/:message/replies`, (c) => {
    needScope(c, ...CHANNEL_READ);
    const query = readQuery(c, ['$top', '$skiptoken']);
    const top = readTop(query, 20, 50);
    const place = openPost(c, deps);
    const replies = repliesTo(place.channel, place.message).map((post) => ({ post, time: post.modifiedAt }));
    const { page, next } = cut(replies, top, readSkipToken(query));
    return c.json({
      '@odata.context': channelContext(place.team, place.channel, `/messages('${place.message.id}')/replies`),
      '@odata.count': page.length,
      ...(next ? { '@odata.nextLink': nextLink(c, next) } : {}),
      value: page.map((reply) => shapeChannelMessage(c, deps.tenant, place, reply)),
    });
  });

  function one(path: string) {
    return (c: GraphContext) => {
      needScope(c, ...CHANNEL_READ);
      readQuery(c, []);
      const place = openPost(c, deps);
      const context = channelContext(place.team, place.channel, `${path}/$entity`);
      return c.json({ '@odata.context': context, ...shapeChannelMessage(c, deps.tenant, place, place.message) });
    };
  }
  return app;
}

export function readExpand(query: Map<string, string>): boolean {
  const names = readNames(query, '$expand');
  if (names.some((name) => name !== 'replies')) throw badRequest("Only 'replies' can be expanded on channel messages.");
  return names.length > 0;
}

/** A post, where asked for with its replies, newest first. */
export function shapePost(c: GraphContext, deps: Deps, place: Place, post: MessageRecord, expand: boolean) {
  const shape = shapeChannelMessage(c, deps.tenant, place, post);
  if (!expand) return shape;
  const all = repliesTo(place.channel, post).map((reply) => ({ post: reply, time: reply.modifiedAt }));
  const { page, next } = cut(all, MAX_REPLIES, undefined);
  const path = `/teams/${place.team.id}/channels/${encodeURIComponent(place.channel.id)}/messages/${post.id}/replies`;
  return {
    ...shape,
    'replies@odata.count': page.length,
    ...(next ? { 'replies@odata.nextLink': `${GRAPH}${path}?$skiptoken=${writeSkipToken(next)}` } : {}),
    replies: page.map((reply) => shapeChannelMessage(c, deps.tenant, place, reply)),
  };
}

interface Position {
  time: number;
  id: string;
}

/** What was touched last comes first; what is touched between two pages is not seen twice nor lost, only sooner. */
function cut(all: { post: MessageRecord; time: number }[], top: number, after: Position | undefined) {
  const found = all
    .filter(
      ({ post, time }) => !after || time < after.time || (time === after.time && Number(post.id) < Number(after.id)),
    )
    .sort((a, b) => b.time - a.time || Number(b.post.id) - Number(a.post.id));
  const page = found.slice(0, top);
  const last = page.at(-1);
  const next: Position | undefined = last && found.length > top ? { time: last.time, id: last.post.id } : undefined;
  return { page: page.map(({ post }) => post), next };
}
