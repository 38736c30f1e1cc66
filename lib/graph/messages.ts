import { AppFailure } from '../model/errors.ts';
import type { ChatId, MessageId } from '../model/ids.ts';
import type { Message, MessageContent, MessagePlace } from '../model/message.ts';
import { sizeProblem } from '../model/message-size.ts';
import { tryMany } from './batch.ts';
import type { Graph } from './client.ts';
import { pagesOf, query, segment, toPage } from './pages.ts';
import { toMessage } from './transform.ts';

/** Without it, members coming and going arrive as nameless unknowns. */
export const PREFER = { Prefer: 'include-unknown-enum-members' };
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

/** A page of a chat's messages as Graph hands them out; `next` goes on from it, null where it was the last. */
export interface MessagesPage {
  messages: Message[];
  next: string | null;
}

/**
 * Pages of what was created, edited, reacted to or deleted between two ISO times, which are not part of it (null: until
 * now), last changed first. Docs: api/chat-list-messages, example 3.
 */
export function changesIn(graph: Graph, chatId: ChatId, span: { after: string; until: string | null }) {
  return messagePages(graph, changesPath(chatId, span));
}

/** The first page of `changesIn`, as a part of a $batch. */
export function changesPath(chatId: ChatId, { after, until }: { after: string; until: string | null }): string {
  return messagesPath(chatId, {
    $orderby: 'lastModifiedDateTime desc',
    $filter: `lastModifiedDateTime gt ${after}${until ? ` and lastModifiedDateTime lt ${until}` : ''}`,
  });
}

/** Pages of what was written before an ISO time (null: of all), newest first. Docs: api/chat-list-messages. */
export function writtenBefore(graph: Graph, chatId: ChatId, createdBefore: string | null) {
  return messagePages(graph, writtenBeforePath(chatId, createdBefore));
}

/** The first page of `writtenBefore`, as a part of a $batch. */
export function writtenBeforePath(chatId: ChatId, createdBefore: string | null): string {
  return messagesPath(chatId, {
    $orderby: 'createdDateTime desc',
    $filter: createdBefore ? `createdDateTime lt ${createdBefore}` : undefined,
  });
}

/** What one page of a chat is asked for: what changed in a span, or what was written before a time (null: the newest). */
export type PageAsk = { chatId: ChatId } & (
  | { changes: { after: string; until: string | null } }
  | { before: string | null }
);

/** The first page of each of at most 20, in one request; in its place what Graph refused. */
export async function firstPages(
  graph: Graph,
  asks: readonly PageAsk[],
  signal?: AbortSignal,
): Promise<(MessagesPage | AppFailure)[]> {
  const paths = asks.map((ask) =>
    'changes' in ask ? changesPath(ask.chatId, ask.changes) : writtenBeforePath(ask.chatId, ask.before),
  );
  const got = await tryMany(graph, paths, { headers: PREFER, signal, steady: true });
  return got.map((one) => {
    if (one instanceof AppFailure) return one;
    try {
      const { items, next } = toPage(one.body);
      return { messages: items.map(toMessage), next };
    } catch (caught) {
      if (caught instanceof AppFailure) return caught;
      throw caught;
    }
  });
}

/** Pages from a path, or from the link of an earlier page. */
export async function* messagePages(graph: Graph, path: string): AsyncGenerator<MessagesPage> {
  for await (const { items, next } of pagesOf(graph, path, { headers: PREFER }))
    yield { messages: items.map(toMessage), next };
}

function messagesPath(chatId: ChatId, options: Record<string, string | undefined>): string {
  return `/chats/${segment(chatId)}/messages${query({ $top: PAGE, ...options })}`;
}

/**
 * Sends a message as this person, with the quote of another where `replyTo` names one. There is no idempotency key: a
 * lost answer is `outcome-unknown`, settled by reading back.
 * Docs: api/chat-post-messages, api/chatmessage-replywithquote.
 */
export async function sendMessage(
  graph: Graph,
  { chatId }: MessagePlace,
  content: MessageContent,
  replyTo: MessageId | null,
): Promise<Message> {
  const problem = sizeProblem(content);
  if (problem) throw new AppFailure(problem);
  const path = `/chats/${segment(chatId)}/messages`;
  const message = toPosted(content);
  if (!replyTo) return graph.post(path, message, toMessage, { headers: PREFER });
  const quoting = { messageIds: [replyTo], replyMessage: message };
  return graph.post(`${path}/replyWithQuote`, quoting, toMessage, { headers: PREFER });
}

/** A message as Graph takes it. Docs: resources/chatmessage, api/chatmessage-post (mentions, cards, inline images). */
export function toPosted({ html, subject, importance, mentions, attachments, images }: MessageContent) {
  return {
    ...(subject ? { subject } : {}),
    body: { contentType: 'html', content: html },
    ...(importance === 'normal' ? {} : { importance }),
    ...(mentions.length
      ? {
          mentions: mentions.map(({ id, name, userId }) => ({
            id,
            mentionText: name,
            mentioned: { user: { id: userId, displayName: name, userIdentityType: 'aadUser' } },
          })),
        }
      : {}),
    ...(attachments.length ? { attachments } : {}),
    ...(images.length
      ? {
          hostedContents: images.map(({ id, contentType, bytes }) => ({
            '@microsoft.graph.temporaryId': id,
            contentBytes: bytes,
            contentType,
          })),
        }
      : {}),
  };
}

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
