import { SEARCH_PAGE, type SearchedMessage, searchMessages } from '../graph/search-messages.ts';
import { fail } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import type { FoundInTeams, FoundLine } from '../rpc/contract/archive.ts';
import { isIsland } from '../storage/messages.ts';
import { toKql } from '../util/kql.ts';
import { parseQuery, type SearchQuery } from '../util/search-query.ts';
import { knownAccount } from './account-views.ts';
import { conversationsOf, isMeant } from './conversations.ts';
import { canRead, type Worker } from './worker.ts';

/** So many are wanted at a time, and at most so many requests are made for them: most hits are in chats of no record. */
const WANTED = 20;
const MOST_REQUESTS = 4;

/**
 * Asks Microsoft for messages that are not stored here. Its search goes through all of the person's chats: what is found
 * in one that is linked to no record is counted and left alone, and nothing at all is stored.
 * @throws AppFailure `missing-scope` without the permission to read
 */
export async function searchTeams(worker: Worker, id: AccountId, text: string, from: number): Promise<FoundInTeams> {
  const account = await knownAccount(worker, id);
  const own = worker.as(id);
  const query = parseQuery(text, worker.clock.now());
  const asked = toKql(query);
  if ('unable' in asked) return { hits: [], next: null, elsewhere: 0, unable: asked.unable };
  if (!asked.kql) return { hits: [], next: null, elsewhere: 0, unable: placesIn(query) };
  if (!(await canRead(own)))
    throw fail(
      'missing-scope',
      'Searching in Teams needs a permission',
      'Your organisation has not allowed Deskside to read messages for you. What is stored here is searched all the same.',
      { action: { kind: 'consent', label: 'Ask an administrator', url: await own.auth.adminConsentUrl('reading') } },
    );
  const all = new Map((await conversationsOf(worker.store, account)).map((one) => [one.row.chatId, one]));
  const hits: FoundLine[] = [];
  let elsewhere = 0;
  let next: number | null = Math.max(0, Math.floor(from));
  for (let request = 0; next !== null && request < MOST_REQUESTS && hits.length < WANTED; request++) {
    const page = await searchMessages(own.graph, asked.kql, next);
    for (const hit of page.hits) {
      const place = all.get(hit.chatId);
      if (!place) elsewhere += 1;
      else if (isMeant(place, query) && !(await isStored(hit)))
        // A channel's older threads are read page by page alone, so only Teams leads into the middle of them.
        hits.push({ ...lineOf(hit), inPlace: place.teamId === null, account: id, chatId: hit.chatId });
    }
    next = page.more ? next + SEARCH_PAGE : null;
  }
  return { hits, next, elsewhere, unable: [] };

  async function isStored({ chatId, id: message }: SearchedMessage): Promise<boolean> {
    const place = all.get(chatId)!;
    if (!(await worker.store.messages.get(id, chatId, message))) return false;
    return place.teamId !== null || !isIsland(place.row, message);
  }
}

function lineOf({ id, createdAt, from, summary }: SearchedMessage): Omit<FoundLine, 'account' | 'chatId' | 'inPlace'> {
  return { id, createdAt, from: from ? { userId: null, name: from } : null, words: wordsOf(summary) };
}

/** Where to look, and not for what. */
function placesIn(query: SearchQuery): string[] {
  return [...query.in.map((name) => `in:${name}`), ...query.record.map((name) => `record:${name}`)];
}

/** What stands between Microsoft's marks is what was found; `<ddd/>` says that something is left out. All of it is text. */
export function wordsOf(summary: string): FoundLine['words'] {
  const parts: FoundLine['words'] = [];
  let mark = false;
  for (const text of summary.replaceAll('<ddd/>', '…').split(/(<\/?c0>)/)) {
    if (text === '<c0>' || text === '</c0>') mark = text === '<c0>';
    else if (text) parts.push({ text, mark });
  }
  return parts;
}
