import { Hono } from 'hono';
import { CHAT_ROOTS, openMessage } from './chat-access.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { notFound } from './graph-error.ts';
import { readQuery } from './query.ts';
import { CHAT_READ, needScope } from './scopes.ts';

/**
 * The images that lie with a chat's message: list, get, and the bytes at $value (chatmessage-list-hostedcontents.md,
 * chatmessagehostedcontent-get.md: "contentBytes and contentType are always set to null").
 */
export function createHostedContents(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const root of CHAT_ROOTS) {
    const path = `${root}/:chat/messages/:message/hostedContents` as const;
    app.get(path, (c) => {
      const { context, hosted } = open(c);
      const value = hosted.map(({ id }) => shape(id));
      return c.json({ '@odata.context': context, '@odata.count': value.length, value });
    });
    app.get(`${path}/:hosted`, (c) => {
      const { context, one } = openOne(c);
      return c.json({ '@odata.context': `${context}/$entity`, ...shape(one.id) });
    });
    app.get(`${path}/:hosted/$value`, (c) => {
      const { one } = openOne(c);
      return c.body(Uint8Array.from(one.bytes), 200, { 'Content-Type': one.contentType, 'Cache-Control': 'private' });
    });
  }

  function open(c: GraphContext) {
    needScope(c, ...CHAT_READ);
    readQuery(c, []);
    const { chat, message } = openMessage(c, deps);
    const of = `chats('${encodeURIComponent(chat.id)}')/messages('${message.id}')`;
    // A deleted message's images are gone with its text.
    const hosted = message.deletedAt === null ? message.hosted : [];
    return { context: `${GRAPH}/$metadata#${of}/hostedContents`, hosted };
  }

  function openOne(c: GraphContext) {
    const { context, hosted } = open(c);
    const one = hosted.find(({ id }) => id === c.req.param('hosted'));
    if (!one) throw notFound(`NotFound: no hosted content with id '${c.req.param('hosted')}' in the message.`);
    return { context, one };
  }

  return app;
}

const shape = (id: string) => ({ id, contentBytes: null, contentType: null });
