import { browser } from 'wxt/browser';
import type { ChatId } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import { countedUnread } from '../storage/unread.ts';
import type { TabState } from './tabs.ts';
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
  // Another account may speak there by now, for whom other messages are unread.
  for (const tab of await worker.tabs.all())
    if (tab.shown && keys.has(recordKey(tab.shown.ref)) && (await worker.accounts.speaker(tab.origin)) === account.id)
      await worker.order(tab.tabId, 'site.badge', { unread, attention: false });
  worker.changes.tell({ kind: 'marks' });
  await markToolbar(worker);
}

/** Unread messages of the record that a tab shows, for whoever speaks on its site. From what is stored; asks nobody. */
export async function unreadIn(
  { accounts, store }: Pick<Worker, 'accounts' | 'store'>,
  tab: TabState,
): Promise<number> {
  const account = await accounts.speaker(tab.origin);
  if (!tab.shown || !account) return 0;
  const link = await store.links.get(account, recordKey(tab.shown.ref));
  return countedUnread(link && (await store.chats.get(account, link.chatId)));
}

/** Somebody else speaks on a site now, or nobody: launchers, icon, lists and panels show what is theirs. */
export async function speakersChanged(worker: Worker): Promise<void> {
  // Not waited for: a tab may be frozen.
  for (const tab of await worker.tabs.all())
    if (tab.shown)
      void worker.order(tab.tabId, 'site.badge', { unread: await unreadIn(worker, tab), attention: false });
  await markToolbar(worker);
  for (const kind of ['marks', 'account', 'view'] as const) worker.changes.tell({ kind });
}

/** How many records of all accounts have something unread, on the toolbar's icon. A private window leaves the icon alone. */
export async function markToolbar(worker: Worker): Promise<void> {
  if (worker.incognito) return;
  const count = (await unreadRecords(worker)).filter(({ muted }) => !muted).length;
  await browser.action.setBadgeBackgroundColor({ color: '#5b5fc7' });
  await browser.action.setBadgeText({ text: count === 0 ? '' : count > 99 ? '99+' : String(count) });
}
