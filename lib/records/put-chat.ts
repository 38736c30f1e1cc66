import { getChat } from '../graph/chats.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { LinkedRecord } from '../rpc/contract.ts';
import { askAnew, linkedBefore } from './also-linked.ts';
import { type ChatField, documentHash, readChatField } from './claim.ts';
import { endAdding } from './keep-members.ts';
import { link } from './link-chat.ts';
import { forgetOrphans } from './orphans.ts';
import { recordRefusal } from './preview-chat.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * Writes a chat that exists into a record that has none, by the same compare-and-set as a new chat's id: where a
 * colleague was first, theirs stays. The person chose it, so this account trusts it from now on.
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
  const refusal = await recordRefusal(record, erp);
  if (refusal) throw new AppFailure(refusal);
  const field = await fieldOf(record);
  if (field.kind === 'chat' || (field.kind === 'claim' && !field.stale)) throw changed();
  // First, so that a chat which this account cannot see is not written by it.
  const chat = await getChat(worker.graph, chatId);
  const saved = await erp.writeChatField(ref, chatId, record.modified);
  await link(worker, account, saved, chat, 'person');
  await forgetOrphans(worker, account, chatId);
  askAnew(worker);
  worker.changes.tell({ kind: 'view' });
  return [];
}

/**
 * Takes the chat out of the record again. The chat itself, and whatever was said in it, stays as it is.
 * @param chatId the one on screen: another one by now is left alone.
 */
export async function takeChat(worker: Worker, shown: Shown, chatId: ChatId): Promise<void> {
  const { account, erp, ref } = shown;
  const record = await erp.read(ref);
  const refusal = await recordRefusal(record, erp);
  if (refusal) throw new AppFailure(refusal);
  const field = await fieldOf(record);
  if (field.kind !== 'chat' || field.chatId !== chatId) throw changed();
  await erp.writeChatField(ref, '', record.modified);
  await endAdding(worker, shown);
  await worker.store.links.remove(account.id, recordKey(ref));
  worker.changes.tell({ kind: 'marks' });
  askAnew(worker);
  worker.changes.tell({ kind: 'view' });
}

async function fieldOf(record: SavedRecord): Promise<ChatField> {
  return readChatField(record.chatField, record.serverTime, await documentHash(record.ref.doctype, record.creation));
}

function changed(): AppFailure {
  return fail('record-changed', 'This record changed meanwhile', 'Look at what is shown now and decide again.');
}
