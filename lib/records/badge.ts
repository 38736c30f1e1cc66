import { browser } from 'wxt/browser';
import type { Account } from '../auth/account.ts';
import type { ChatId } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import { countedUnread } from '../storage/unread.ts';
import { unreadRecords } from './unread-records.ts';
import type { Worker } from './worker.ts';

/** How many messages of this chat are unread, on the launcher of every tab that shows a record of it; and on the icon. */
export async function showUnread(worker: Worker, chatId: ChatId): Promise<void> {
  const account = await worker.auth.account();
  if (!account) return;
  const { links, chats } = worker.store;
  const keys = new Set((await links.ofChat(account.id, chatId)).map((link) => link.recordKey));
  const row = await chats.get(account.id, chatId);
  const unread = countedUnread(row);
  for (const tab of await worker.tabs.all())
    if (tab.shown && keys.has(recordKey(tab.shown.ref)))
      await worker.order(tab.tabId, 'site.badge', { unread, attention: false });
  worker.changes.tell({ kind: 'marks' });
  await markToolbar(worker, account);
}

/** How many records have something unread, on the toolbar's icon. A private window leaves the icon alone. */
export async function markToolbar(worker: Worker, account: Account | null): Promise<void> {
  if (worker.incognito) return;
  const count = account ? (await unreadRecords(worker, account)).filter(({ muted }) => !muted).length : 0;
  await browser.action.setBadgeBackgroundColor({ color: '#5b5fc7' });
  await browser.action.setBadgeText({ text: count === 0 ? '' : count > 99 ? '99+' : String(count) });
}
