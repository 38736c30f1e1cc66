import type { Account } from '../auth/account.ts';
import { parseRecordKey } from '../model/record.ts';
import type { UnreadRecord } from '../rpc/contract.ts';
import { unreadOf } from '../storage/unread.ts';
import type { Worker } from './worker.ts';

/** Records with unread messages, the newest first. */
export async function unreadRecords(worker: Worker, account: Account): Promise<UnreadRecord[]> {
  const { links, chats } = worker.store;
  const rows = new Map((await chats.list(account.id)).map((row) => [row.chatId, row]));
  const found = (await links.list(account.id)).flatMap((link) => {
    const row = rows.get(link.chatId);
    const unread = row ? unreadOf(row) : 0;
    if (!row || unread === 0) return [];
    const { origin, doctype, name } = parseRecordKey(link.recordKey);
    return { key: link.recordKey, origin, doctype, name, topic: row.topic, unread, newestAt: row.newestAt };
  });
  return found.sort((a, b) => (b.newestAt ?? '').localeCompare(a.newestAt ?? ''));
}
