import { fail } from '../model/errors.ts';
import { predecessorOf } from './predecessor.ts';
import { putChat } from './put-chat.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * Writes the chat of the amended document into the one that takes its place.
 * @throws AppFailure `record-changed` where that document has none, and what `putChat` throws.
 */
export async function useAmended(worker: Worker, shown: Shown): Promise<void> {
  const before = await predecessorOf(worker, shown.account, await shown.erp.read(shown.ref), shown.erp);
  if (!before)
    throw fail('record-changed', 'This record changed meanwhile', 'Look at what is shown now and decide again.');
  await putChat(worker, shown, { chatId: before.chatId, shared: true });
}
