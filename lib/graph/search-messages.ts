import * as v from 'valibot';
import { asChatId, asMessageId, type ChatId, type MessageId } from '../model/ids.ts';
import type { Graph } from './client.ts';
import { parsed } from './pages.ts';
import { maybe, text } from './transform.ts';

/** A message that Microsoft's search found: without its body, which has to be read in its chat. */
export interface SearchedMessage {
  id: MessageId;
  /** For a channel its id. */
  chatId: ChatId;
  createdAt: string;
  /** Display name. */
  from: string | null;
  /** Plain text around what was found, which stands between `<c0>` and `</c0>`. */
  summary: string;
}

/** The most that Graph gives at once. */
export const SEARCH_PAGE = 50;

/**
 * Messages of all the person's chats and, with ChannelMessage.Read.All, channels for which a KQL query holds, the newest
 * first. Docs: api/search-query; "Use the Microsoft Search API to search Teams messages". Needs Chat.Read.
 * @param from how many to leave out
 */
export function searchMessages(
  graph: Graph,
  queryString: string,
  from: number,
): Promise<{ hits: SearchedMessage[]; more: boolean }> {
  const request = { entityTypes: ['chatMessage'], query: { queryString }, from, size: SEARCH_PAGE };
  const read = (answer: unknown) => {
    const [container] = parsed(Answer, answer).value[0]?.hitsContainers ?? [];
    return { hits: (container?.hits ?? []).flatMap(toHit), more: container?.moreResultsAvailable ?? false };
  };
  // It only reads, although it is a POST.
  return graph.post('/search/query', { requests: [request] }, read, { safe: true });
}

function toHit({ summary, resource }: v.InferOutput<typeof Hit>): SearchedMessage[] {
  const place = resource.chatId || resource.channelIdentity?.channelId;
  if (!place) return [];
  const { name, address } = resource.from?.emailAddress ?? {};
  return [
    {
      id: asMessageId(resource.id),
      chatId: asChatId(place),
      createdAt: writtenAt(resource.id, resource.createdDateTime),
      from: name || address || null,
      summary: summary ?? '',
    },
  ];
}

/** The mailbox's copy is a little late, and in seconds; a message's id is the moment it was written. */
function writtenAt(id: string, copied: string): string {
  const apart = Math.abs(Number(id) - Date.parse(copied));
  return apart < 600_000 ? new Date(Number(id)).toISOString() : copied;
}

const Hit = v.object({
  summary: text,
  resource: v.object({
    id: v.pipe(v.string(), v.minLength(1)),
    createdDateTime: v.string(),
    from: maybe(v.object({ emailAddress: maybe(v.object({ name: text, address: text })) })),
    channelIdentity: maybe(v.object({ channelId: text })),
    chatId: text,
  }),
});

const Answer = v.object({
  value: v.array(
    v.object({
      hitsContainers: maybe(v.array(v.object({ hits: maybe(v.array(Hit)), moreResultsAvailable: maybe(v.boolean()) }))),
    }),
  ),
});
