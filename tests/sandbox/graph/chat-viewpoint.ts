import { Hono } from 'hono';
import { openChat } from './chat-access.ts';
import type { Deps, GraphContext, GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { asObject, asString, asTime, checkProperties, readBody } from './json-body.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';

/**
 * POST markChatReadForUser, markChatUnreadForUser, hideForUser and unhideForUser (chat-markchatreadforuser.md,
 * chat-hideforuser.md): the whole chat, for oneself. There is no call that mutes a chat.
 */
export function createChatViewpoint(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();

  app.post('/chats/:chat/markChatReadForUser', async (c) => {
    const { chat } = await ownMark(c, ['user']);
    chat.readUpTo.set(c.get('me').id, Math.max(deps.clock.now(), chat.messages.at(-1)?.createdAt ?? 0));
    return c.body(null, 204);
  });

  app.post('/chats/:chat/markChatUnreadForUser', async (c) => {
    const { chat, given } = await ownMark(c, ['user', 'lastMessageReadDateTime']);
    const before = given.lastMessageReadDateTime;
    const readUpTo = before === undefined ? 0 : asTime(before, 'lastMessageReadDateTime');
    if (readUpTo > 0) chat.readUpTo.set(c.get('me').id, readUpTo);
    else chat.readUpTo.delete(c.get('me').id);
    return c.body(null, 204);
  });

  app.post('/chats/:chat/hideForUser', async (c) => {
    const { chat } = await ownMark(c, ['user']);
    chat.hiddenFor.add(c.get('me').id);
    return c.body(null, 204);
  });

  app.post('/chats/:chat/unhideForUser', async (c) => {
    const { chat } = await ownMark(c, ['user']);
    chat.hiddenFor.delete(c.get('me').id);
    return c.body(null, 204);
  });

  async function ownMark(c: GraphContext, properties: string[]) {
    needScope(c, 'Chat.ReadWrite');
    readQuery(c, []);
    const { chat } = openChat(c, deps);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.chat', properties);
    const user = asObject(given.user, 'user');
    checkProperties(user, 'microsoft.graph.teamworkUserIdentity', [
      'id',
      'tenantId',
      'displayName',
      'userIdentityType',
    ]);
    if (asString(user.id, 'user/id').toLowerCase() !== c.get('me').id)
      throw forbidden('Chats can be marked for the calling user only.');
    if (user.tenantId !== undefined && user.tenantId !== c.get('me').tenantId)
      throw badRequest("The user's tenantId does not match.");
    return { chat, given };
  }

  return app;
}
