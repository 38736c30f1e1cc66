import type { Account } from '../auth/account.ts';
import { parseRecordKey } from '../model/record.ts';
import type { UnreadRecord } from '../rpc/contract.ts';
import { unreadOf } from '../storage/unread.ts';
import type { Worker } from './worker.ts';

/** Records with unread messages, the newest first, muted ones last. Those that ERPNext does not have any more are left out. */
export async function unreadRecords(worker: Worker, account: Account): Promise<UnreadRecord[]> {
  const { links, chats } = worker.store;
  const rows = new Map((await chats.list(account.id)).map((row) => [row.chatId, row]));
  const found = (await links.list(account.id)).flatMap((link) => {
    const row = rows.get(link.chatId);
    const unread = row ? unreadOf(row) : 0;
    if (!row || unread === 0 || link.goneAt !== undefined) return [];
    const { origin, doctype, name } = parseRecordKey(link.recordKey);
    const { topic, newestAt, muted = false } = row;
    return { key: link.recordKey, origin, doctype, name, topic, unread, newestAt, muted };
  });
  const byTime = (a: UnreadRecord, b: UnreadRecord) => (b.newestAt ?? '').localeCompare(a.newestAt ?? '');
  return found.sort((a, b) => Number(a.muted) - Number(b.muted) || byTime(a, b));
}
