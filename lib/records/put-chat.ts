import type { Account } from '../auth/account.ts';
import { getChat } from '../graph/chats.ts';
import type { Chat } from '../model/chat.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import { chatUrl } from '../model/teams-links.ts';
import type { LinkedRecord } from '../rpc/contract.ts';
import { askAnew, linkedBefore } from './also-linked.ts';
import { say } from './comment-link.ts';
import type { Erp } from './erp.ts';
import { homeOf } from './home.ts';
import { link } from './link-chat.ts';
import { forgetOrphans } from './orphans.ts';
import { type Places, placesOf } from './places.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * Writes a chat that exists into a record that has none: into its field by the same compare-and-set as a new chat's id,
 * so that where a colleague was first, theirs stays; or into a comment. The person chose it, so this account trusts it.
 * @param shared the person knows that the chat is other records' too.
 * @returns the other records that name the chat already, where that was not said: nothing is written then.
 * @throws AppFailure `record-changed`, `erp-conflict`, why this record takes no chat, or why Microsoft does not show it.
 */
export async function putChat(
  worker: Worker,
  { account, erp, ref }: Shown,
  { chatId, shared }: { chatId: ChatId; shared: boolean },
): Promise<LinkedRecord[]> {
  const before = shared ? [] : await linkedBefore(worker, account, ref, chatId, erp);
  if (before.length > 0) return before;
  const record = await erp.read(ref);
  const home = await homeOf(worker, record, erp);
  if (home.place === null) throw new AppFailure(home.refusal);
  const places = await placesOf(worker, account, record, erp);
  if (places.field.kind === 'chat' || places.links.length > 0 || places.claimedUntil !== null) throw changed();
  // First, so that a chat which this account cannot see is not written by it.
  const chat = await getChat(worker.graph, chatId);
  if (home.place === 'field') await erp.writeChatField(ref, chatId, record.modified);
  else await comment(worker, { account, erp, record, places, chat });
  await link(worker, account, record, chat, 'person');
  await forgetOrphans(worker, account, chatId);
  askAnew(worker);
  worker.changes.tell({ kind: 'view' });
  return [];
}

/** Comments know no compare-and-set: written, then looked at again, and the earlier of two stays. */
async function comment(
  worker: Worker,
  {
    account,
    erp,
    record,
    places,
    chat,
  }: { account: Account; erp: Erp; record: SavedRecord; places: Places; chat: Chat },
): Promise<void> {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const { url, topic } = await wordsOf(worker, record, chat.id, chat.topic);
  await erp.addComment(record.ref, say.link(nonce, places.document, chat.id, url, topic));
  const now = await placesOf(worker, account, await erp.read(record.ref), erp);
  const mine = now.links.find(({ says }) => says.nonce === nonce);
  if (mine && now.links[0] === mine) return;
  if (mine) await erp.editComment(record.ref, mine.comment.name, say.overtaken);
  throw changed();
}

/** What a comment about this chat shows to people. */
export async function wordsOf(worker: Worker, record: SavedRecord, chatId: ChatId, topic: string | null) {
  const { registration } = await worker.settings();
  return { url: chatUrl(registration?.cloud ?? 'global', chatId), topic: topic || record.title };
}

export function changed(): AppFailure {
  return fail('record-changed', 'This record changed meanwhile', 'Look at what is shown now and decide again.');
}
