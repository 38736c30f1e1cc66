import type { AccountId, ChatId, MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { parseRecordKey } from '../model/record.ts';
import type { SearchLine, SearchView } from '../rpc/contract.ts';
import { isIsland } from '../storage/messages.ts';
import type { ChatRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import { foldSearch } from '../util/search-fold.ts';
import { isEmpty, parseQuery, type SearchQuery } from '../util/search-query.ts';
import { snippetOf } from '../util/snippet.ts';
import type { Worker } from './worker.ts';

/** How many are found at a time. */
const PAGE = 50;

/** Searches what is stored of one chat; asks nobody, so it works offline too. */
export async function searchChat(
  { store, clock }: Worker,
  account: AccountId,
  chatId: ChatId,
  text: string,
  after: MessageId | null,
): Promise<SearchView> {
  const query = parseQuery(text, clock.now());
  const row = await store.chats.get(account, chatId);
  if (!row || isEmpty(query) || !(await isMeant(store, row, query))) return { hits: [], more: false, since: null };
  const last = after && (await store.messages.get(account, chatId, after));
  const from = last ? { at: Date.parse(last.createdAt), id: last.id } : null;
  const { hits, more } = await store.search.find(account, new Set([chatId]), query, { count: PAGE, from });
  return {
    hits: hits.map(({ message }) => lineOf(message, query, row)),
    more,
    since: row.complete ? null : (row.oldest?.createdAt ?? null),
  };
}

/** Whether `in:` and `record:` mean this chat. */
async function isMeant(store: Worker['store'], row: ChatRow, query: SearchQuery): Promise<boolean> {
  const topic = foldSearch(row.topic ?? '');
  if (!query.in.every((part) => topic.includes(part))) return false;
  if (!query.record.length) return true;
  const links = await store.links.ofChat(row.account, row.chatId);
  const names = links.map(({ recordKey }) => {
    const { doctype, name } = parseRecordKey(recordKey);
    return foldSearch(`${doctype} ${name}`);
  });
  return query.record.every((part) => names.some((name) => name.includes(part)));
}

function lineOf(message: Message, query: SearchQuery, row: ChatRow): SearchLine {
  const { id, createdAt, from, html, attachments } = message;
  const names = attachments.map(({ name }) => name).filter(Boolean);
  const text = [foldText(html), ...names].filter(Boolean).join(' · ');
  return { id, createdAt, from, words: snippetOf(text, query.terms), inPlace: !isIsland(row, id) };
}
