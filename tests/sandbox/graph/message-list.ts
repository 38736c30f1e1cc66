import { Hono } from 'hono';
import type { MessageRecord } from '../tenant/chat-records.ts';
import { CHAT_ROOTS, openChat, openMessage } from './chat-access.ts';
import { iso } from './chat-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { shapeMessage } from './message-shape.ts';
import { clausesOf, type Filter, parseFilter, passes } from './odata-filter.ts';
import { nextLink, readSkipToken } from './paging.ts';
import { readQuery, readTop } from './query.ts';
import { CHAT_READ, needScope } from './scopes.ts';

type Property = 'lastModifiedDateTime' | 'createdDateTime';

/** GET /chats/{id}/messages and one of them (chat-list-messages.md, chatmessage-get.md). Newest first, always. */
export function createMessageList(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  for (const root of CHAT_ROOTS) {
    app.get(`${root}/:chat/messages`, (c) => {
      needScope(c, ...CHAT_READ);
      return listMessages(c, deps);
    });
    app.get(`${root}/:chat/messages/:message`, (c) => {
      needScope(c, ...CHAT_READ);
      readQuery(c, []);
      const { chat, message } = openMessage(c, deps);
      const context = `${GRAPH}/$metadata#chats('${encodeURIComponent(chat.id)}')/messages/$entity`;
      return c.json({ '@odata.context': context, ...shapeMessage(c, deps.tenant, message) });
    });
  }
  return app;
}

function listMessages(c: GraphContext, deps: Deps): Response {
  const query = readQuery(c, ['$top', '$orderby', '$filter', '$skiptoken']);
  const top = readTop(query, 20, 50);
  const order = readOrder(query.get('$orderby'));
  const { chat, member } = openChat(c, deps);
  const time = (m: MessageRecord) => (order === 'createdDateTime' ? m.createdAt : m.modifiedAt);
  const newestFirst = (a: MessageRecord, b: MessageRecord) => time(b) - time(a) || Number(b.id) - Number(a.id);
  const filter = readFilter(query, order);
  const after = readSkipToken<{ time: number; id: string }>(query);
  const found = chat.messages
    .filter((m) => m.createdAt >= member.historyFrom)
    .filter((m) => !filter || passes(filter, (path) => iso(path === 'createdDateTime' ? m.createdAt : m.modifiedAt)))
    .filter((m) => !after || time(m) < after.time || (time(m) === after.time && Number(m.id) < Number(after.id)))
    .sort(newestFirst);
  const page = found.slice(0, top);
  const last = page.at(-1);
  return c.json({
    '@odata.context': `${GRAPH}/$metadata#chats('${encodeURIComponent(chat.id)}')/messages`,
    '@odata.count': page.length,
    ...(last && found.length > top ? { '@odata.nextLink': nextLink(c, { time: time(last), id: last.id }) } : {}),
    value: page.map((message) => shapeMessage(c, deps.tenant, message)),
  });
}

function readOrder(text: string | undefined): Property {
  if (text === undefined) return 'lastModifiedDateTime';
  const order = text.match(/^(lastModifiedDateTime|createdDateTime) desc$/)?.[1];
  if (!order)
    throw badRequest(
      `QueryOptions to order by '${text}' is not supported; only lastModifiedDateTime and createdDateTime in descending order are.`,
    );
  return order as Property;
}

/**
 * "You can only filter if $orderBy and $filter are on the same property; otherwise $filter is ignored": the order has
 * to be written out.
 */
function readFilter(query: Map<string, string>, order: Property): Filter | undefined {
  const text = query.get('$filter');
  if (text === undefined) return undefined;
  const filter = parseFilter(text);
  checkRange(filter);
  const sameProperty = clausesOf(filter).every(({ path }) => path === order);
  return query.has('$orderby') && sameProperty ? filter : undefined;
}

/** Ranges alone: lastModifiedDateTime gt and lt, createdDateTime lt, joined by `and`. */
function checkRange(filter: Filter): void {
  if (filter.kind === 'and') {
    for (const part of filter.parts) checkRange(part);
    return;
  }
  const operators: Record<string, string[]> = { lastModifiedDateTime: ['gt', 'lt'], createdDateTime: ['lt'] };
  const known = filter.kind === 'compare' && operators[filter.path]?.includes(filter.operator);
  if (!known)
    throw badRequest('Invalid filter clause: lastModifiedDateTime takes gt and lt, createdDateTime takes lt.');
  if (typeof filter.value !== 'string' || Number.isNaN(Date.parse(filter.value))) {
    throw badRequest(`Invalid filter clause: '${String(filter.value)}' is no DateTimeOffset.`);
  }
}
