import type { Channel } from '../model/channel.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChannelPlace, Message, MessageContent } from '../model/message.ts';
import { sizeProblem } from '../model/message-size.ts';
import { messagesPath } from './channels.ts';
import type { Graph } from './client.ts';
import { toPosted } from './messages.ts';
import { pagesOf, query } from './pages.ts';
import { toMessage } from './transform.ts';
import { toThread } from './transform-channels.ts';

/** Without it, what happened in the channel arrives as nameless unknowns. */
const PREFER = { Prefer: 'include-unknown-enum-members' };
/** Threads a page; each comes with its replies, up to a thousand. */
const PAGE = 20;

type Where = Pick<Channel, 'teamId' | 'id'>;

/** Threads of a channel with their replies, and where older ones are to be had; null: nowhere. */
export interface ThreadPage {
  messages: Message[];
  older: string | null;
}

/**
 * A page of threads, those touched last first; `from` is an earlier page's `older`. Graph takes neither a filter nor an
 * order here. Docs: api/channel-list-messages ($top, $expand=replies).
 */
export async function listThreads(graph: Graph, channel: Where, from: string | null): Promise<ThreadPage> {
  const path = from ?? `${pathOf(channel)}${query({ $top: PAGE, $expand: 'replies' })}`;
  for await (const { items, next } of pagesOf(graph, path, { headers: PREFER }))
    return { messages: await threadsOf(graph, items), older: next };
  return { messages: [], older: null };
}

/**
 * Every thread in which something was written, edited, reacted to or deleted since an ISO time, whole, all pages. Graph
 * knows of eight months back. Docs: api/chatmessage-delta (`$filter=lastModifiedDateTime gt` gives whole reply chains).
 */
export async function listChangedThreads(graph: Graph, channel: Where, since: string): Promise<Message[]> {
  const options = query({ $filter: `lastModifiedDateTime gt ${since}`, $expand: 'replies', $top: 50 });
  const messages: Message[] = [];
  for await (const { items } of pagesOf(graph, `${pathOf(channel)}/delta${options}`, { headers: PREFER }))
    messages.push(...(await threadsOf(graph, items)));
  return messages;
}

/**
 * Begins a thread, or answers in one, as this person. A lost answer is `outcome-unknown`, as with chats.
 * Docs: api/channel-post-messages, api/chatmessage-post-replies.
 */
export async function postMessage(graph: Graph, place: ChannelPlace, content: MessageContent): Promise<Message> {
  const problem = sizeProblem(content);
  if (problem) throw new AppFailure(problem);
  return graph.post(messagesPath(place), toPosted(content), toMessage, { headers: PREFER });
}

async function threadsOf(graph: Graph, items: readonly unknown[]): Promise<Message[]> {
  const messages: Message[] = [];
  for (const item of items) {
    const thread = toThread(item);
    messages.push(...thread.messages);
    if (thread.moreReplies)
      for await (const page of pagesOf(graph, thread.moreReplies, { headers: PREFER }))
        messages.push(...page.items.map(toMessage));
  }
  return messages;
}

function pathOf({ teamId, id }: Where): string {
  return messagesPath({ teamId, channelId: id, threadId: null });
}
