import { fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Graph } from './client.ts';
import { pagesOf, query, segment } from './pages.ts';
import { toMessage } from './transform.ts';

/** Without it, members coming and going arrive as nameless unknowns. */
const PREFER = { Prefer: 'include-unknown-enum-members' };
const PAGE = 50;

/**
 * Everything new, edited, reacted to or deleted since a watermark (ISO time; null: from the beginning), all pages, last
 * changed first. With `limit` the newest that many only, so what lies between them and the watermark is left out.
 * Docs: api/chat-list-messages ($filter and $orderby must name the same property).
 */
export async function listChangedSince(
  graph: Graph,
  chatId: ChatId,
  modifiedAfter: string | null,
  limit = Number.POSITIVE_INFINITY,
): Promise<Message[]> {
  const found = await collect(graph, chatId, limit, {
    $orderby: 'lastModifiedDateTime desc',
    $filter: modifiedAfter ? `lastModifiedDateTime gt ${modifiedAfter}` : undefined,
  });
  return found.messages;
}

/**
 * Up to `count` messages written before an ISO time (null: the newest), newest first, and whether older ones exist.
 * Docs: api/chat-list-messages.
 */
export async function listBefore(
  graph: Graph,
  chatId: ChatId,
  createdBefore: string | null,
  count: number,
): Promise<{ messages: Message[]; more: boolean }> {
  return collect(graph, chatId, count, {
    $orderby: 'createdDateTime desc',
    $filter: createdBefore ? `createdDateTime lt ${createdBefore}` : undefined,
  });
}

/**
 * Sends HTML as this person. There is no idempotency key: a lost answer is `outcome-unknown`, settled by reading back.
 * Docs: api/chat-post-messages.
 */
export async function sendMessage(graph: Graph, chatId: ChatId, html: string): Promise<Message> {
  if (new TextEncoder().encode(html).length > MOST_BYTES)
    throw fail(
      'too-long',
      'This message is too long for Teams',
      'Teams takes about 28 KB, formatting included. Shorten it or send it in parts.',
    );
  const body = { body: { contentType: 'html', content: html } };
  return graph.post(`/chats/${segment(chatId)}/messages`, body, toMessage, { headers: PREFER });
}

/** About 28 KB; past that Graph refuses. Source: Teams limits, "Message size". */
const MOST_BYTES = 28 * 1024;

async function collect(graph: Graph, chatId: ChatId, limit: number, options: Record<string, string | undefined>) {
  const path = `/chats/${segment(chatId)}/messages${query({ $top: Math.min(PAGE, Math.max(1, limit)), ...options })}`;
  const messages: Message[] = [];
  for await (const { items, more } of pagesOf(graph, path, { headers: PREFER })) {
    const room = limit - messages.length;
    messages.push(...items.slice(0, room).map(toMessage));
    if (items.length >= room) return { messages, more: more || items.length > room };
  }
  return { messages, more: false };
}
