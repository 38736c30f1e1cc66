import { Hono } from 'hono';
import type { NewMember } from '../tenant/chats.ts';
import { shapeChat } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { asArray, checkProperties, readBody } from './json-body.ts';
import { readNewMember } from './new-member.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';
import { readTopic } from './topic.ts';

const MAX_MEMBERS = 250;

/** POST /chats (chat-post.md). Everybody who takes part is listed, the caller too; group chats are never deduped. */
export function createChatCreate(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.post('/chats', async (c) => {
    needScope(c, 'Chat.Create', 'Chat.ReadWrite');
    readQuery(c, []);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.chat', ['chatType', 'topic', 'members']);
    const { chatType } = given;
    if (chatType !== 'group' && chatType !== 'oneOnOne') {
      throw badRequest(`Invalid chat type '${String(chatType)}': 'group' or 'oneOnOne' is required.`);
    }
    if (chatType === 'oneOnOne' && given.topic !== undefined && given.topic !== null) {
      throw badRequest('A topic can be given for group chats only.');
    }
    const topic = readTopic(given.topic);
    const members = asArray(given.members, 'members').map((member) => readNewMember(c, deps, member));
    checkRoster(c, chatType, members);
    const chat = deps.tenant.chats.create(chatType, topic, members, c.get('me').id, c.get('me').tenantId);
    c.header('Location', `/chats('${chat.id}')`);
    return c.json({ '@odata.context': `${GRAPH}/$metadata#chats/$entity`, ...shapeChat(chat) }, 201);
  });
  return app;
}

function checkRoster(c: GraphContext, chatType: 'group' | 'oneOnOne', members: NewMember[]): void {
  if (new Set(members.map((m) => m.userId)).size !== members.length) {
    throw badRequest('Duplicate chat members are specified in the request body.');
  }
  if (!members.some((m) => m.userId === c.get('me').id)) {
    throw badRequest('The calling user must be one of the members in the request body.');
  }
  if (chatType === 'oneOnOne' && members.length !== 2) throw badRequest('A oneOnOne chat needs exactly 2 members.');
  if (members.length < 2 || members.length > MAX_MEMBERS) {
    throw badRequest(`A group chat needs 2 to ${MAX_MEMBERS} members; ${members.length} were given.`);
  }
}
