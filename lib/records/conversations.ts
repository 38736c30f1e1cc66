import type { Account } from '../auth/account.ts';
import { bareTopic } from '../model/chat.ts';
import { fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { parseRecordKey } from '../model/record.ts';
import type { ConversationId, ConversationRecord } from '../rpc/contract/archive.ts';
import type { Store } from '../storage/open.ts';
import type { ChatRow } from '../storage/schema.ts';
import { foldSearch } from '../util/search-fold.ts';
import type { SearchQuery } from '../util/search-query.ts';
import { knownAccount } from './account-views.ts';
import type { Worker } from './worker.ts';

/** A chat that is linked to a record, or a channel that was read or chosen, as it is stored. */
export interface StoredConversation {
  row: ChatRow;
  /** Null for a chat. */
  teamId: string | null;
  records: ConversationRecord[];
}

/** All conversations of an account. Chats that Microsoft does not show to it any more are left out. */
export async function conversationsOf(
  { chats, links, channels }: Store,
  account: Account,
): Promise<StoredConversation[]> {
  const [rows, linked, known, chosen] = await Promise.all([
    chats.list(account.id),
    links.list(account.id),
    channels.list(account.id),
    channels.chosen(account.id),
  ]);
  const records = new Map<ChatId, ConversationRecord[]>();
  const add = (chatId: ChatId, record: ConversationRecord) =>
    records.set(chatId, [...(records.get(chatId) ?? []), record]);
  const topics = new Map(rows.map((row) => [row.chatId, row.topic]));
  for (const { chatId, recordKey: key, goneAt } of linked) {
    const { doctype, name } = parseRecordKey(key);
    add(chatId, { key, doctype, name, title: bareTopic(topics.get(chatId) ?? null, name), gone: goneAt !== undefined });
  }
  for (const { channelId, record: key } of chosen) {
    const { doctype, name } = parseRecordKey(key);
    add(channelId, { key, doctype, name, title: null, gone: false });
  }
  const teams = new Map(known.map(({ channelId, teamId }) => [channelId, teamId]));
  return rows.flatMap((row) => {
    const teamId = teams.get(row.chatId) ?? null;
    const its = records.get(row.chatId) ?? [];
    // A channel that was only named once is nobody's conversation yet.
    const ours = row.kind === 'channel' ? teamId && (its.length > 0 || row.newestAt) : its.length > 0;
    return ours ? [{ row, teamId, records: its }] : [];
  });
}

/** @throws AppFailure where the account has no such conversation here. */
export async function conversation(
  worker: Worker,
  { account: id, chatId }: ConversationId,
): Promise<StoredConversation & { account: Account; worker: Worker }> {
  const account = await knownAccount(worker, id);
  const found = (await conversationsOf(worker.store, account)).find(({ row }) => row.chatId === chatId);
  if (found) return { ...found, account, worker: worker.as(id) };
  throw fail(
    'not-found',
    'This chat is not here any more',
    'It was unlinked from its record, or you left it. It stays in Teams.',
  );
}

/** Whether `in:` and `record:` mean this one. */
export function isMeant({ row, records }: StoredConversation, query: SearchQuery): boolean {
  const name = foldSearch(nameOf(row) ?? '');
  if (!query.in.every((part) => name.includes(part))) return false;
  const words = records.map(({ doctype, name, title }) => foldSearch(`${doctype} ${name} ${title ?? ''}`));
  return query.record.every((part) => words.some((said) => said.includes(part)));
}

/** What the conversation is called: a chat of two has no topic, and is called by the other. */
export function nameOf({ topic, members, me }: ChatRow): string | null {
  const others = members.filter(({ userId }) => userId !== me).map(({ displayName }) => displayName);
  return topic || others.filter(Boolean).slice(0, 3).join(', ') || null;
}
