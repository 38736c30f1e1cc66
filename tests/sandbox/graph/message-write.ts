import { Hono } from 'hono';
import { createMessage, editMessage } from '../tenant/messages.ts';
import { CHAT_ROOTS, openChat, openMessage } from './chat-access.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { readBody } from './json-body.ts';
import { readContent } from './message-content.ts';
import { shapeMessage } from './message-shape.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';

/** POST /chats/{id}/messages and PATCH of one's own (chat-post-messages.md, chatmessage-update.md). */
export function createMessageWrite(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const root of CHAT_ROOTS) {
    app.post(`${root}/:chat/messages`, async (c) => {
      needScope(c, 'ChatMessage.Send', 'Chat.ReadWrite');
      readQuery(c, []);
      const { chat } = openChat(c, deps);
      const content = readContent(await readBody(c));
      const message = createMessage(chat, deps.clock.now(), { ...content, fromUserId: c.get('me').id });
      const context = `${GRAPH}/$metadata#chats('${encodeURIComponent(chat.id)}')/messages/$entity`;
      c.header('Location', `/chats('${chat.id}')/messages('${message.id}')`);
      return c.json({ '@odata.context': context, ...shapeMessage(c, deps.tenant, message) }, 201);
    });
    app.patch(`${root}/:chat/messages/:message`, async (c) => {
      needScope(c, 'Chat.ReadWrite');
      readQuery(c, []);
      const { message } = openMessage(c, deps);
      const given = await readBody(c);
      if (message.fromUserId !== c.get('me').id) throw forbidden('Only the sender can change a message.');
      if (message.deletedAt !== null) throw badRequest('The message was deleted.');
      editMessage(message, deps.clock.now(), readContent(given));
      return c.body(null, 204);
    });
  }
  return app;
}
