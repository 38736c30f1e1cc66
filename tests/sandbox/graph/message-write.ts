import { Hono } from 'hono';
import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import { settleHosted } from '../tenant/hosted.ts';
import { createMessage, editMessage } from '../tenant/messages.ts';
import { CHAT_ROOTS, openChat, openMessage } from './chat-access.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { readBody } from './json-body.ts';
import { type Content, readContent } from './message-content.ts';
import { checkFiles } from './message-files.ts';
import { readChange } from './message-patch.ts';
import { readReply } from './message-quote.ts';
import { shapeMessage } from './message-shape.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';

/**
 * POST /chats/{id}/messages, replyWithQuote, and PATCH of one's own (chat-post-messages.md, chatmessage-replywithquote.md,
 * chatmessage-update.md).
 */
export function createMessageWrite(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const root of CHAT_ROOTS) {
    app.post(`${root}/:chat/messages`, async (c) => {
      needScope(c, 'ChatMessage.Send', 'Chat.ReadWrite');
      readQuery(c, []);
      const { chat } = openChat(c, deps);
      return answer(c, chat, send(c, chat, readContent(await readBody(c), chat)));
    });
    app.patch(`${root}/:chat/messages/:message`, async (c) => {
      needScope(c, 'Chat.ReadWrite');
      readQuery(c, []);
      const { chat, message } = openMessage(c, deps);
      const given = await readBody(c);
      if (message.fromUserId !== c.get('me').id) throw forbidden('Only the sender can change a message.');
      if (message.deletedAt !== null) throw badRequest('The message was deleted.');
      const change = readChange(given, message, chat);
      checkFiles(deps.tenant, change.attachments);
      editMessage(message, deps.clock.now(), change);
      settleHosted(message, urlOf(message));
      return c.body(null, 204);
    });
  }
  app.post('/chats/:chat/messages/replyWithQuote', async (c) => {
    // Its table of permissions knows no other, Chat.ReadWrite neither.
    needScope(c, 'ChatMessage.Send');
    readQuery(c, []);
    const { chat, member } = openChat(c, deps);
    return answer(c, chat, send(c, chat, readReply(await readBody(c), deps.tenant, chat, member)));
  });

  function send(c: GraphContext, chat: ChatRecord, content: Content): MessageRecord {
    checkFiles(deps.tenant, content.attachments);
    const message = createMessage(chat, deps.clock.now(), { ...content, fromUserId: c.get('me').id });
    settleHosted(message, urlOf(message));
    return message;
  }

  function answer(c: GraphContext, chat: ChatRecord, message: MessageRecord): Response {
    const context = `${GRAPH}/$metadata#chats('${encodeURIComponent(chat.id)}')/messages/$entity`;
    c.header('Location', `/chats('${chat.id}')/messages('${message.id}')`);
    return c.json({ '@odata.context': context, ...shapeMessage(c, deps.tenant, message) }, 201);
  }

  return app;
}

const urlOf = ({ chatId, id }: MessageRecord) => `${GRAPH}/chats/${chatId}/messages/${id}`;
