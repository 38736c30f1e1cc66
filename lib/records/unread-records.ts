import { speakerOn } from '../auth/speaker-on.ts';
import type { AccountId } from '../model/ids.ts';
import { parseRecordKey } from '../model/record.ts';
import type { UnreadRecord } from '../rpc/contract.ts';
import type { Store } from '../storage/open.ts';
import { unreadOf } from '../storage/unread.ts';
import type { Worker } from './worker.ts';

/**
 * Records with unread messages, the newest first, muted ones last: of each account those on the sites where it speaks.
 * Those that ERPNext does not have any more are left out.
 */
export async function unreadRecords({ accounts, store }: Pick<Worker, 'accounts' | 'store'>): Promise<UnreadRecord[]> {
  const known = await accounts.known();
  const found = await Promise.all(
    known.map(async ({ account }) =>
      (await ofAccount(store, account.id)).filter(({ origin }) => speakerOn(known, origin)?.account.id === account.id),
    ),
  );
  const byTime = (a: UnreadRecord, b: UnreadRecord) => (b.newestAt ?? '').localeCompare(a.newestAt ?? '');
  return found.flat().sort((a, b) => Number(a.muted) - Number(b.muted) || byTime(a, b));
}

async function ofAccount({ links, chats }: Store, account: AccountId): Promise<UnreadRecord[]> {
  const rows = new Map((await chats.list(account)).map((row) => [row.chatId, row]));
  return (await links.list(account)).flatMap((link) => {
    const row = rows.get(link.chatId);
    const unread = row ? unreadOf(row) : 0;
    if (!row || unread === 0 || link.goneAt !== undefined) return [];
    const { origin, doctype, name } = parseRecordKey(link.recordKey);
    const { topic, newestAt, muted = false } = row;
    return { key: link.recordKey, origin, doctype, name, topic, unread, newestAt, muted };
  });
}
