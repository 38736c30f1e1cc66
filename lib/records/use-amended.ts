import { getChat } from '../graph/chats.ts';
import { AppFailure, fail } from '../model/errors.ts';
import { documentHash, readChatField } from './claim.ts';
import { link } from './link-chat.ts';
import { predecessorOf } from './predecessor.ts';
import { recordRefusal } from './preview-chat.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * Writes the chat of the amended document into the one that takes its place, by the same compare-and-set as a new chat's
 * id: where a colleague was first, theirs stays.
 * @throws AppFailure `record-changed`, `erp-conflict`, or why this record takes no chat.
 */
export async function useAmended(worker: Worker, { account, erp, ref }: Shown): Promise<void> {
  const record = await erp.read(ref);
  const refusal = await recordRefusal(record, erp);
  if (refusal) throw new AppFailure(refusal);
  const before = await predecessorOf(record, erp);
  const hash = await documentHash(ref.doctype, record.creation);
  const field = readChatField(record.chatField, record.serverTime, hash);
  const taken = field.kind === 'chat' || (field.kind === 'claim' && !field.stale);
  if (!before || taken)
    throw fail('record-changed', 'This record changed meanwhile', 'Look at what is shown now and decide again.');
  // First, so that a chat which this account cannot see is not written by it.
  const chat = await getChat(worker.graph, before.chatId);
  const saved = await erp.writeChatField(ref, before.chatId, record.modified);
  await link(worker, account, saved, chat, 'person');
}
