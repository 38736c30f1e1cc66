import { Hono } from 'hono';
import { CHAT_ROOTS, openChat } from './chat-access.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { badRequest, notFound } from './graph-error.ts';
import { asTime, readBody } from './json-body.ts';
import { shapeMember, shapeMembers } from './member-shape.ts';
import { readNewMember } from './new-member.ts';
import { readQuery } from './query.ts';
import { CHAT_BASIC, needScope } from './scopes.ts';

const MAX_MEMBERS = 250;
const FIXED_ROSTER = "The roster of a 'oneOnOne' chat cannot be changed.";

/**
 * Members of a chat: list (all at once and without options), get, add one, remove one, oneself too (chat-list-members.md,
 * chat-post-members.md, chat-delete-members.md). `:member` is the membership's id, never the person's.
 */
export function createMembers(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const root of CHAT_ROOTS) {
    app.get(`${root}/:chat/members`, (c) => {
      needScope(c, ...CHAT_BASIC, 'ChatMember.ReadWrite');
      readQuery(c, []);
      const { chat } = openChat(c, deps);
      const value = shapeMembers(deps.tenant, chat);
      return c.json({
        '@odata.context': `${GRAPH}/$metadata#chats('${chat.id}')/members`,
        '@odata.count': value.length,
        value,
      });
    });
    app.get(`${root}/:chat/members/:member`, (c) => {
      needScope(c, ...CHAT_BASIC, 'ChatMember.ReadWrite');
      readQuery(c, []);
      const { chat } = openChat(c, deps);
      const member = chat.members.find((m) => m.membershipId === c.req.param('member'));
      if (!member) throw notFound('The member was not found in the chat.');
      return c.json({
        '@odata.context': `${GRAPH}/$metadata#chats('${chat.id}')/members/$entity`,
        ...shapeMember(deps.tenant, member),
      });
    });
  }

  app.post('/chats/:chat/members', async (c) => {
    needScope(c, 'Chat.ReadWrite', 'ChatMember.ReadWrite');
    readQuery(c, []);
    const { chat } = openChat(c, deps);
    const given = await readBody(c);
    if (chat.chatType !== 'group') throw badRequest(FIXED_ROSTER);
    const member = readNewMember(c, deps, given);
    if (chat.members.some((m) => m.userId === member.userId))
      throw badRequest(`The user with id '${member.userId}' is already a member of the chat.`);
    if (chat.members.length >= MAX_MEMBERS) throw badRequest(`A chat has at most ${MAX_MEMBERS} members.`);
    const added = deps.tenant.chats.addMember(
      chat,
      member,
      historyFrom(given.visibleHistoryStartDateTime),
      c.get('me').id,
    );
    c.header('Location', `/chats/${chat.id}/members/${added.membershipId}`);
    return c.body(null, 201);
  });

  app.delete('/chats/:chat/members/:member', (c) => {
    needScope(c, 'ChatMember.ReadWrite');
    readQuery(c, []);
    const { chat } = openChat(c, deps);
    if (chat.chatType !== 'group') throw badRequest(FIXED_ROSTER);
    const id = c.req.param('member');
    if (!chat.members.some((m) => m.membershipId === id)) throw notFound('The member was not found in the chat.');
    deps.tenant.chats.removeMember(chat, id, c.get('me').id);
    return c.body(null, 204);
  });

  /** Left out: nothing of what was said before. The year 1: all of it. */
  function historyFrom(value: unknown): number {
    if (value === undefined || value === null) return deps.clock.now();
    return Math.max(0, asTime(value, 'visibleHistoryStartDateTime'));
  }

  return app;
}
