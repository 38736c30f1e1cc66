import type { Account } from '../auth/account.ts';
import type { ChatId, MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { SearchLine, SearchView } from '../rpc/contract.ts';
import { isIsland } from '../storage/messages.ts';
import type { ChatRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import { isEmpty, parseQuery, type SearchQuery } from '../util/search-query.ts';
import { snippetOf } from '../util/snippet.ts';
import { conversationsOf, isMeant, nameOf } from './conversations.ts';
import type { Worker } from './worker.ts';

/** How many are found at a time. */
const PAGE = 50;
/** So many names of other conversations are said. */
const MOST_NAMES = 3;
const NOTHING: SearchView = { hits: [], more: false, since: null };

/** Searches what is stored of one chat; asks nobody, so it works offline too. */
export async function searchChat(
  { store, clock }: Worker,
  account: Account,
  chatId: ChatId,
  text: string,
  after: MessageId | null,
): Promise<SearchView> {
  const query = parseQuery(text, clock.now());
  const row = await store.chats.get(account.id, chatId);
  if (!row || isEmpty(query)) return NOTHING;
  if (query.in.length + query.record.length > 0) {
    const meant = (await conversationsOf(store, account)).filter((one) => isMeant(one, query)).map(({ row }) => row);
    if (!meant.some((row) => row.chatId === chatId))
      return { ...NOTHING, elsewhere: meant.slice(0, MOST_NAMES).flatMap((row) => nameOf(row) ?? []) };
  }
  const last = after && (await store.messages.get(account.id, chatId, after));
  const from = last ? { at: Date.parse(last.createdAt), id: last.id } : null;
  const { hits, more } = await store.search.find(account.id, new Set([chatId]), query, { count: PAGE, from });
  // Nobody waits for it; where it fails the next search tries again.
  void store.search.tidy(account.id).catch(() => {});
  return {
    hits: hits.map(({ message }) => lineOf(message, query, row)),
    more,
    since: row.complete ? null : (row.oldest?.createdAt ?? null),
  };
}

/** A message as a list of what was found shows it. */
export function lineOf(message: Message, query: SearchQuery, row: ChatRow): SearchLine {
  const { id, createdAt, from, html, attachments } = message;
  const names = attachments.map(({ name }) => name).filter(Boolean);
  const text = [foldText(html), ...names].filter(Boolean).join(' · ');
  return { id, createdAt, from, words: snippetOf(text, query.terms), inPlace: !isIsland(row, id) };
}
