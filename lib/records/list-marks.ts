import type { Account } from '../auth/account.ts';
import type { Origin } from '../model/ids.ts';
import { parseRecordKey } from '../model/record.ts';
import type { ListMark } from '../rpc/contract.ts';
import { countedUnread } from '../storage/unread.ts';
import type { Worker } from './worker.ts';

/** Of these records of a site, those with a chat that this account trusts. From what is stored; asks nobody. */
export async function listMarks(
  worker: Worker,
  account: Account,
  origin: Origin,
  { doctype, names }: { doctype: string; names: string[] },
): Promise<ListMark[]> {
  const { links, chats } = worker.store;
  const asked = new Set(names.slice(0, MOST_NAMES));
  const rows = new Map((await chats.list(account.id)).map((row) => [row.chatId, row]));
  return (await links.list(account.id)).flatMap((link) => {
    const ref = parseRecordKey(link.recordKey);
    if (ref.origin !== origin || ref.doctype !== doctype || !asked.has(ref.name)) return [];
    const row = rows.get(link.chatId);
    return [{ name: ref.name, unread: countedUnread(row) }];
  });
}

/** Frappe's longest page of a list, and "Load more" a few times. */
const MOST_NAMES = 2_500;
