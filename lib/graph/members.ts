import * as v from 'valibot';
import type { ChatMember } from '../model/chat.ts';
import type { ChatId, UserId } from '../model/ids.ts';
import { getMany } from './batch.ts';
import { type NewMember, newMember } from './chats.ts';
import type { Graph } from './client.ts';
import { pagesOf, parsed, query, segment } from './pages.ts';
import { toChatMember } from './transform.ts';

/** Everybody in the chat; `$expand=members` promises no more than 25. Docs: api/chat-list-members. */
export async function listMembers(graph: Graph, chatId: ChatId): Promise<ChatMember[]> {
  const members: ChatMember[] = [];
  for await (const { items } of pagesOf(graph, `/chats/${segment(chatId)}/members`))
    for (const item of items) members.push(toChatMember(item));
  return members;
}

/**
 * Adds one person, without anything that was said before: `visibleHistoryStartDateTime` is left out on purpose. Four a
 * minute and chat, which the client's budget holds (`throttled` with the seconds where that is further away than a worker
 * may sleep). Takes Chat.ReadWrite or ChatMember.ReadWrite. Docs: api/chat-post-members.
 */
export async function addMember(graph: Graph, chatId: ChatId, member: NewMember): Promise<void> {
  await graph.post(`/chats/${segment(chatId)}/members`, newMember(await graph.root(), member), () => undefined);
}

/** Takes ChatMember.ReadWrite, which an administrator has to allow. Docs: api/chat-delete-members. */
export async function removeMember(graph: Graph, chatId: ChatId, membershipId: string): Promise<void> {
  await graph.remove(`/chats/${segment(chatId)}/members/${segment(membershipId)}`);
}

/** Which of these people Microsoft 365 does not know any more: 15 ids a filter, 20 filters a request. Docs: api/user-list. */
export async function whoLeft(graph: Graph, userIds: readonly UserId[]): Promise<Set<UserId>> {
  const paths: string[] = [];
  for (let i = 0; i < userIds.length; i += IDS) paths.push(pathFor(userIds.slice(i, i + IDS)));
  const answers = paths.length === 1 ? [await graph.get(paths[0]!)] : await getMany(graph, paths);
  const there = new Set(answers.flatMap((answer) => parsed(Users, answer).value.map(({ id }) => id)));
  return new Set(userIds.filter((id) => !there.has(id)));
}

/** Graph takes 15 expressions in a filter. */
const IDS = 15;
const Users = v.object({ value: v.array(v.object({ id: v.string() })) });

function pathFor(ids: readonly UserId[]): string {
  const list = ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(',');
  return `/users${query({ $filter: `id in (${list})`, $select: 'id', $top: IDS })}`;
}
