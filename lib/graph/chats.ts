import type { Chat } from '../model/chat.ts';
import type { ChatId, UserId } from '../model/ids.ts';
import type { Graph } from './client.ts';
import { GraphRefusal, memberRefused } from './errors.ts';
import { pagesOf, query, segment } from './pages.ts';
import { toChat } from './transform.ts';

export interface NewMember {
  userId: UserId;
  /** `guest` for guests of this tenant; people of other organisations are owners and carry their `tenantId`. */
  role: 'owner' | 'guest';
  tenantId?: string;
}

/**
 * One POST, everybody in it, the caller included. Never repeated by itself: a lost answer is `outcome-unknown`, a person
 * Graph will not have is `member-refused` with that person's id in `detail`. The answer holds no members.
 * Docs: api/chat-post.
 */
export async function createGroupChat(graph: Graph, options: { topic: string; members: NewMember[] }): Promise<Chat> {
  const root = await graph.root();
  const members = options.members.map((member) => newMember(root, member));
  try {
    return await graph.post('/chats', { chatType: 'group', topic: options.topic, members }, toChat);
  } catch (e) {
    throw refusedMember(e, options.members) ?? e;
  }
}

/** A member as POST /chats and POST members take it. */
export function newMember(root: string, member: NewMember) {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    roles: [member.role],
    'user@odata.bind': `${root}/users('${member.userId.replaceAll("'", "''")}')`,
    ...(member.tenantId ? { tenantId: member.tenantId } : {}),
  };
}

/** One chat with its members. Docs: api/chat-get. */
export async function getChat(graph: Graph, chatId: ChatId): Promise<Chat> {
  return toChat(await graph.get(`/chats/${segment(chatId)}${query({ $expand: 'members' })}`));
}

/**
 * All chats of this person, page by page, members with them (Graph promises no more than 25 a chat here). With
 * `previews` the newest come first and `newestAt` is filled; it takes the reading tier. Docs: api/chat-list.
 */
export async function* listChats(
  graph: Graph,
  options: { signal?: AbortSignal; previews: boolean },
): AsyncGenerator<Chat> {
  const path = `/me/chats${query({
    $expand: options.previews ? 'members,lastMessagePreview' : 'members',
    $top: 50,
    $orderby: options.previews ? 'lastMessagePreview/createdDateTime desc' : undefined,
  })}`;
  for await (const { items } of pagesOf(graph, path, { signal: options.signal }))
    for (const item of items) yield toChat(item);
}

/**
 * The same without members, a page after the other, those last written in first, each with its newest message's time and
 * writer; takes the reading tier. Docs: api/chat-list, examples 3 and 4.
 */
export async function* listPreviews(graph: Graph, signal?: AbortSignal): AsyncGenerator<Chat[]> {
  const order = { $top: 50, $orderby: 'lastMessagePreview/createdDateTime desc' };
  const path = `/me/chats${query({ $expand: 'lastMessagePreview', ...order })}`;
  for await (const { items } of pagesOf(graph, path, { signal, steady: true })) yield items.map(toChat);
}

/** Marks the whole chat as read by this person; takes Chat.ReadWrite. Docs: api/chat-markchatreadforuser. */
export async function markRead(graph: Graph, chatId: ChatId, me: { userId: UserId; tenantId: string }): Promise<void> {
  const body = { user: { id: me.userId, tenantId: me.tenantId } };
  await graph.post(`/chats/${segment(chatId)}/markChatReadForUser`, body, () => undefined, { safe: true });
}

/**
 * Gives a group chat another name, at most 250 characters without ':'; the chat says so to its members. Takes
 * Chat.ReadWrite. Docs: api/chat-patch.
 */
export async function renameChat(graph: Graph, chatId: ChatId, topic: string): Promise<void> {
  await graph.patch(`/chats/${segment(chatId)}`, { topic }, () => undefined);
}

/** Graph names whom it refuses in the text of the error only. */
function refusedMember(caught: unknown, members: NewMember[]): Error | null {
  if (!(caught instanceof GraphRefusal) || ![400, 403, 404].includes(caught.status)) return null;
  const said = caught.said.toLowerCase();
  const named = members.filter((m) => said.includes(m.userId.toLowerCase()));
  return named[0] ? memberRefused(named[0].userId) : null;
}
