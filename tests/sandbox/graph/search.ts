import { Hono } from 'hono';
import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import { emailOf } from '../tenant/people.ts';
import { sees } from '../tenant/teams.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { asArray, asObject, checkProperties, readBody } from './json-body.ts';
import { type Kql, parseKql } from './kql.ts';
import { readQuery } from './query.ts';
import { CHAT_READ } from './scopes.ts';
import { compileKql, type Test, termsOf } from './search-match.ts';
import { readRequest } from './search-request.ts';
import { findText, fold, summarise, textOf } from './search-text.ts';

/**
 * POST /search/query for messages of Teams (search-query.md, search-concept-chat-messages.md): newest first and no other
 * way, hits without their body, `total` of the page alone.
 */
export function createSearch({ tenant }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();

  app.post('/search/query', async (c) => {
    readQuery(c, []);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.searchEntity', ['requests']);
    const requests = asArray(given.requests, 'requests');
    if (requests.length !== 1) throw badRequest('Only a single search request at a time is supported.');
    const { text, from, size, top } = readRequest(asObject(requests[0], 'requests'));
    checkScope(c);
    const query = parseKql(text);
    const me = c.get('me');
    const found = find(c, compileKql(query, { me, byId: (id) => tenant.directory.byId(id) }));
    const sorted = found.sort((a, b) => b.message.createdAt - a.message.createdAt);
    const page = (top ? mostRelevantFirst(sorted, query) : sorted).slice(from, from + size);
    const hits = page.map((hit, i) => shapeHit(hit, from + i + 1, query));
    const value = {
      searchTerms: termsOf(query).map((term) => term.text),
      hitsContainers: [
        { ...(hits.length > 0 ? { hits } : {}), total: hits.length, moreResultsAvailable: from + size < found.length },
      ],
    };
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#Collection(microsoft.graph.searchResponse)`,
      value: [value],
    });
  });

  /** Of the caller's chats and, where an administrator consented, channels; as far back as each lets them see. */
  function find(c: GraphContext, test: Test): Hit[] {
    const { id } = c.get('me');
    const hits: Hit[] = [];
    const look = (messages: MessageRecord[], chat: Parameters<Test>[1], place: Hit['place'], since: number) => {
      for (const message of messages) {
        const silent = message.event !== null || message.deletedAt !== null || message.createdAt < since;
        if (!silent && test(message, chat)) hits.push({ message, place });
      }
    };
    for (const chat of mayRead(c, CHAT_READ) ? tenant.chats.all() : []) {
      const member = chat.members.find(({ userId }) => userId === id);
      if (member) look(chat.messages, chat, { chatId: chat.id }, member.historyFrom);
    }
    for (const team of mayRead(c, CHANNEL_READ) ? tenant.teams.all() : []) {
      for (const channel of team.channels.filter((one) => sees(team, one, id))) {
        look(channel.messages, NOBODY, { teamId: team.id, channelId: channel.id }, 0);
      }
    }
    return hits;
  }

  function shapeHit({ message, place }: Hit, rank: number, query: Kql) {
    const author = tenant.directory.byId(message.fromUserId ?? '');
    const hitId = Buffer.from(
      `mailbox item ${'chatId' in place ? place.chatId : place.channelId} ${message.id}`,
    ).toString('base64');
    const { chatId, ...channelIdentity } = { chatId: null, ...place };
    return {
      hitId,
      rank,
      summary: summarise(
        textOf(message).text,
        termsOf(query).map(({ text, prefix }) => ({ text: fold(text), prefix })),
      ),
      resource: {
        '@odata.type': 'microsoft.graph.chatMessage',
        id: message.id,
        // The mailbox counts in seconds, and a little late.
        createdDateTime: seconds(message.createdAt),
        lastModifiedDateTime: seconds(message.modifiedAt),
        subject: message.subject ?? '',
        importance: message.importance,
        webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(hitId)}&exvsurl=1&viewmodel=ReadMessageItem`,
        from: { emailAddress: { name: author?.displayName ?? '', address: author ? emailOf(author) : '' } },
        channelIdentity,
        etag: String(message.modifiedAt),
        ...(chatId === null ? {} : { chatId }),
      },
    };
  }

  return app;
}

interface Hit {
  message: MessageRecord;
  place: { chatId: string } | { teamId: string; channelId: string };
}

const CHANNEL_READ = ['ChannelMessage.Read.All'];
const NOBODY: Pick<ChatRecord, 'members'> = { members: [] };

const mayRead = (c: GraphContext, oneOf: string[]) => oneOf.some((scope) => c.get('scopes').has(scope));

function checkScope(c: GraphContext): void {
  if (mayRead(c, [...CHAT_READ, ...CHANNEL_READ])) return;
  throw forbidden(
    `Access to ChatMessage in Graph API requires the following permissions: Chat.Read or Chat.ReadWrite or ChannelMessage.Read.All. However, the application only has the following permissions granted: ${[...c.get('scopes')].join(', ')}`,
  );
}

/** `enableTopResults`: the three in which the words stand most often come before the others. */
function mostRelevantFirst(hits: Hit[], query: Kql): Hit[] {
  const terms = termsOf(query).map(({ text, prefix }) => ({ text: fold(text), prefix }));
  const score = ({ message }: Hit) => {
    const { folded } = textOf(message);
    return terms.reduce((sum, { text, prefix }) => {
      let count = 0;
      for (let at = findText(folded, text, prefix); at !== -1; at = findText(folded, text, prefix, at + text.length))
        count++;
      return sum + count;
    }, 0);
  };
  const best = [...hits].sort((a, b) => score(b) - score(a)).slice(0, 3);
  return [...best, ...hits.filter((hit) => !best.includes(hit))];
}

const seconds = (ms: number) => `${new Date(Math.ceil(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
