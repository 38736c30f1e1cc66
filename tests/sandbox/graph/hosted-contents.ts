import { Hono } from 'hono';
import type { MessageRecord } from '../tenant/chat-records.ts';
import { CHANNEL_READ } from './channel-messages.ts';
import { CHAT_ROOTS, openMessage } from './chat-access.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { notFound } from './graph-error.ts';
import { readQuery } from './query.ts';
import { CHAT_READ, needScope } from './scopes.ts';
import { CHANNEL, openPost } from './team-access.ts';

/** Where messages with images lie, which scopes read them, and how one is found. */
type Place = [path: string, scopes: string[], open: (c: GraphContext, deps: Deps) => { message: MessageRecord }];

const PLACES: Place[] = [
  ...CHAT_ROOTS.map((root): Place => [`${root}/:chat/messages/:message`, CHAT_READ, openMessage]),
  [`${CHANNEL}/messages/:message`, CHANNEL_READ, openPost],
  [`${CHANNEL}/messages/:message/replies/:reply`, CHANNEL_READ, openPost],
];

/**
 * The images that lie with a message: list, get, and the bytes at $value (chatmessage-list-hostedcontents.md,
 * chatmessagehostedcontent-get.md: "contentBytes and contentType are always set to null").
 */
export function createHostedContents(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const [place, scopes, find] of PLACES) {
    const path = `${place}/hostedContents`;
    const open = (c: GraphContext) => {
      needScope(c, ...scopes);
      readQuery(c, []);
      const { message } = find(c, deps);
      // A deleted message's images are gone with its text.
      return message.deletedAt === null ? message.hosted : [];
    };
    const openOne = (c: GraphContext) => {
      const id = c.req.param('hosted');
      const one = open(c).find((hosted) => hosted.id === id);
      if (!one) throw notFound(`NotFound: no hosted content with id '${id}' in the message.`);
      return one;
    };
    app.get(path, (c) => {
      const value = open(c).map(({ id }) => shape(id));
      return c.json({ '@odata.context': contextOf(c), '@odata.count': value.length, value });
    });
    app.get(`${path}/:hosted`, (c) => {
      const { id } = openOne(c);
      return c.json({ '@odata.context': `${contextOf(c)}/$entity`, ...shape(id) });
    });
    app.get(`${path}/:hosted/$value`, (c) => {
      const { bytes, contentType } = openOne(c);
      return c.body(Uint8Array.from(bytes), 200, { 'Content-Type': contentType, 'Cache-Control': 'private' });
    });
  }
  return app;
}

const shape = (id: string) => ({ id, contentBytes: null, contentType: null });

/** `chats('…')/messages('…')/hostedContents`, whichever way the chat was named. */
function contextOf(c: GraphContext): string {
  const { chat, team, channel, message, reply } = c.req.param();
  const key = (name: string, id: string | undefined) => (id ? `${name}('${encodeURIComponent(id)}')/` : '');
  const place = chat ? key('chats', chat) : key('teams', team) + key('channels', channel);
  return `${GRAPH}/$metadata#${place}${key('messages', message)}${key('replies', reply)}hostedContents`;
}
