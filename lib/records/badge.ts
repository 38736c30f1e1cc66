import type { ChatId } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import { unreadOf } from '../storage/unread.ts';
import type { Worker } from './worker.ts';

/** Tell the launcher of every tab that shows a record of this chat how many messages are unread. */
export async function showUnread(worker: Worker, chatId: ChatId): Promise<void> {
  const account = await worker.auth.account();
  if (!account) return;
  const { links, chats } = worker.store;
  const keys = new Set((await links.ofChat(account.id, chatId)).map((link) => link.recordKey));
  const row = await chats.get(account.id, chatId);
  const unread = row ? unreadOf(row) : 0;
  for (const tab of await worker.tabs.all())
    if (tab.shown && keys.has(recordKey(tab.shown.ref)))
      await worker.order(tab.tabId, 'site.badge', { unread, attention: false });
}
