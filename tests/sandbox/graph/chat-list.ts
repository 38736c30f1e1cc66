import { Hono } from 'hono';
import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import { checkOwnPath } from './chat-access.ts';
import { iso, shapeChat, shapeViewpoint } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { shapeMembers } from './member-shape.ts';
import { shapePreview } from './message-shape.ts';
import { clausesOf, type Literal, parseFilter, passes } from './odata-filter.ts';
import { nextLink, readSkipToken } from './paging.ts';
import { readNames, readQuery, readTop } from './query.ts';
import { CHAT_BASIC, mayReadMessages, needScope } from './scopes.ts';

/** "When this API is called with $expand=members, the response returns a maximum of 25 member items" (chat-list.md). */
const MAX_MEMBERS = 25;

/** GET /chats, /me/chats and /users/{me}/chats (chat-list.md). */
export function createChatList(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const list = (c: GraphContext) => listChats(c, deps);
  app.get('/chats', list);
  app.get('/me/chats', list);
  app.get('/users/:user/chats', list);
  return app;
}

function listChats(c: GraphContext, { tenant }: Deps): Response {
  checkOwnPath(c);
  needScope(c, ...CHAT_BASIC);
  const query = readQuery(c, ['$top', '$expand', '$orderby', '$filter', '$skiptoken']);
  const top = readTop(query, 20, 50);
  const expand = readNames(query, '$expand');
  for (const name of expand) {
    if (name !== 'members' && name !== 'lastMessagePreview')
      throw badRequest(`Expanding '${name}' is not supported; members and lastMessagePreview are.`);
  }
  const me = c.get('me').id;
  const withPreview = expand.includes('lastMessagePreview');
  const all = sort(tenant.chats.listedFor(me), query.get('$orderby'), withPreview, me);
  const found = filterChats(all, query.get('$filter'));
  const from = readSkipToken<number>(query) ?? 0;
  const preview = (chat: ChatRecord) => {
    const newest = newestFor(chat, me);
    return { lastMessagePreview: newest ? shapePreview(c, tenant, newest) : null };
  };
  return c.json({
    '@odata.context': `${GRAPH}/$metadata#chats`,
    '@odata.count': Math.min(top, Math.max(0, found.length - from)),
    ...(from + top < found.length ? { '@odata.nextLink': nextLink(c, from + top) } : {}),
    value: found.slice(from, from + top).map((chat) => ({
      ...shapeChat(chat),
      viewpoint: shapeViewpoint(chat, me),
      ...(expand.includes('members') ? { members: shapeMembers(tenant, chat).slice(0, MAX_MEMBERS) } : {}),
      // Not a word of a message without a scope that reads messages.
      ...(withPreview && mayReadMessages(c) ? preview(chat) : {}),
    })),
  });
}

/** Newest message first where that was asked for with the preview; without it Graph's order is stale: last renamed. */
function sort(chats: ChatRecord[], order: string | undefined, withPreview: boolean, me: string): ChatRecord[] {
  if (order !== undefined && !/^lastMessagePreview\/createdDateTime desc$/i.test(order)) {
    throw badRequest(`Ordering by '${order}' is not supported; 'lastMessagePreview/createdDateTime desc' is.`);
  }
  const byMessage = order !== undefined && withPreview;
  const timed = chats.map((chat) => ({
    chat,
    time: byMessage ? (newestFor(chat, me)?.createdAt ?? chat.createdAt) : chat.updatedAt,
  }));
  timed.sort((a, b) => b.time - a.time || (a.chat.id < b.chat.id ? -1 : 1));
  return timed.map(({ chat }) => chat);
}

function filterChats(chats: ChatRecord[], text: string | undefined): ChatRecord[] {
  if (text === undefined) return chats;
  const filter = parseFilter(text);
  for (const { path } of clausesOf(filter)) {
    if (!['topic', 'chatType', 'createdDateTime', 'lastUpdatedDateTime'].includes(path)) {
      throw badRequest(`Filtering by '${path}' is not supported.`);
    }
  }
  return chats.filter((chat) => passes(filter, (path) => readChat(chat, path)));
}

function readChat(chat: ChatRecord, path: string): Literal {
  if (path === 'topic') return chat.topic;
  if (path === 'chatType') return chat.chatType;
  return iso(path === 'createdDateTime' ? chat.createdAt : chat.updatedAt);
}

function newestFor(chat: ChatRecord, userId: string): MessageRecord | undefined {
  const member = chat.members.find((m) => m.userId === userId);
  return chat.messages.findLast((m) => m.createdAt >= (member?.historyFrom ?? 0));
}
