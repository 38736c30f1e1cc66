import { Hono } from 'hono';
import { CHAT_ROOTS, openChat } from './chat-access.ts';
import { shapeChat, shapeViewpoint } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { checkProperties, readBody } from './json-body.ts';
import { shapeMembers } from './member-shape.ts';
import { readNames, readQuery } from './query.ts';
import { CHAT_BASIC, needScope } from './scopes.ts';
import { readTopic } from './topic.ts';

/** GET and PATCH /chats/{id} (chat-get.md, chat-patch.md). The preview is a list's alone. */
export function createChatSingle(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const context = `${GRAPH}/$metadata#chats/$entity`;
  for (const root of CHAT_ROOTS) {
    app.get(`${root}/:chat`, (c) => {
      needScope(c, ...CHAT_BASIC);
      const expand = readNames(readQuery(c, ['$expand']), '$expand');
      if (expand.some((name) => name !== 'members'))
        throw badRequest("Only 'members' can be expanded on a single chat.");
      const { chat } = openChat(c, deps);
      return c.json({
        '@odata.context': context,
        ...shapeChat(chat),
        viewpoint: shapeViewpoint(chat, c.get('me').id),
        ...(expand.includes('members') ? { members: shapeMembers(deps.tenant, chat) } : {}),
      });
    });
  }
  app.patch('/chats/:chat', async (c) => {
    needScope(c, 'Chat.ReadWrite');
    readQuery(c, []);
    const { chat } = openChat(c, deps);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.chat', ['topic']);
    if (chat.chatType !== 'group') throw badRequest('The topic can be changed for group chats only.');
    deps.tenant.chats.rename(chat, readTopic(given.topic), c.get('me').id);
    return c.json({ '@odata.context': context, ...shapeChat(chat) });
  });
  return app;
}
