import type { Account } from '../auth/account.ts';
import type { RecordKey } from '../model/ids.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { ChatCare } from '../rpc/contract.ts';
import { loadChatSettings } from '../settings/chats.ts';
import type { ChatRow } from '../storage/schema.ts';
import { alsoLinked } from './also-linked.ts';
import type { Erp } from './erp.ts';
import { MAY_REMOVE } from './remove-member.ts';
import type { Worker } from './worker.ts';

/** What else the panel says, and lets do, about a record's chat. */
export async function chatCare(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  row: ChatRow,
  erp: Erp,
): Promise<ChatCare> {
  const { farewell } = await loadChatSettings();
  const answered = await worker.store.answers.has(account.id, farewellQuestion(recordKey(record.ref), record.creation));
  return {
    muted: row.muted ?? false,
    mayRemove: (await worker.auth.granted()).has(MAY_REMOVE),
    removeConsentUrl: await worker.auth.adminConsentUrl('members'),
    also: await alsoLinked(worker, account, record.ref, row.chatId, erp),
    over: farewell && record.over ? { status: record.over, ask: !answered } : null,
  };
}

/** Asked once a document: another one under the same name has another `creation`. */
export function farewellQuestion(key: RecordKey, creation: string): string {
  return JSON.stringify(['farewell', key, creation]);
}
