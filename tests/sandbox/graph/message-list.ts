import { Hono } from 'hono';
import { CHAT_ROOTS, openChat, openMessage } from './chat-access.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { type OrderProperty, type Range, readPage } from './message-page.ts';
import { shapeMessage } from './message-shape.ts';
import { clausesOf, type Filter, parseFilter } from './odata-filter.ts';
import { nextLink, readSkipToken } from './paging.ts';
import { readQuery, readTop } from './query.ts';
import { CHAT_READ, needScope } from './scopes.ts';

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
  const range = { order, ...readBounds(query, order), beyond: readSkipToken<Range['beyond']>(query) };
  const found = readPage(chat, member, range, top);
  const page = found.slice(0, top);
  const last = page.at(-1);
  const time = order === 'createdDateTime' ? last?.createdAt : last?.modifiedAt;
  return c.json({
    '@odata.context': `${GRAPH}/$metadata#chats('${encodeURIComponent(chat.id)}')/messages`,
    '@odata.count': page.length,
    ...(last && found.length > top ? { '@odata.nextLink': nextLink(c, { time, id: last.id }) } : {}),
    value: page.map((message) => shapeMessage(c, deps.tenant, message)),
  });
}

function readOrder(text: string | undefined): OrderProperty {
  if (text === undefined) return 'lastModifiedDateTime';
  const order = text.match(/^(lastModifiedDateTime|createdDateTime) desc$/)?.[1];
  if (!order)
    throw badRequest(
      `QueryOptions to order by '${text}' is not supported; only lastModifiedDateTime and createdDateTime in descending order are.`,
    );
  return order as OrderProperty;
}

/**
 * "You can only filter if $orderBy and $filter are on the same property; otherwise $filter is ignored": the order has
 * to be written out.
 */
function readBounds(query: Map<string, string>, order: OrderProperty): Pick<Range, 'after' | 'before'> {
  const bounds = { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };
  const text = query.get('$filter');
  if (text === undefined) return bounds;
  const filter = parseFilter(text);
  narrow(filter, bounds);
  const sameProperty = clausesOf(filter).every(({ path }) => path === order);
  return query.has('$orderby') && sameProperty
    ? bounds
    : { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };
}

/** Ranges alone: lastModifiedDateTime gt and lt, createdDateTime lt, joined by `and`. */
function narrow(filter: Filter, bounds: Pick<Range, 'after' | 'before'>): void {
  if (filter.kind === 'and') {
    for (const part of filter.parts) narrow(part, bounds);
    return;
  }
  const operators: Record<string, string[]> = { lastModifiedDateTime: ['gt', 'lt'], createdDateTime: ['lt'] };
  const known = filter.kind === 'compare' && operators[filter.path]?.includes(filter.operator);
  if (!known)
    throw badRequest('Invalid filter clause: lastModifiedDateTime takes gt and lt, createdDateTime takes lt.');
  const time = typeof filter.value === 'string' ? Date.parse(filter.value) : Number.NaN;
  if (Number.isNaN(time)) throw badRequest(`Invalid filter clause: '${String(filter.value)}' is no DateTimeOffset.`);
  if (filter.operator === 'gt') bounds.after = Math.max(bounds.after, time);
  else bounds.before = Math.min(bounds.before, time);
}
