import { browser } from 'wxt/browser';
import type { Account } from '../auth/account.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId, RecordKey } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { parseRecordKey } from '../model/record.ts';
import { isWatched } from './on-screen.ts';
import { openRecord } from './open-record.ts';
import type { Side } from './sides.ts';
import type { Worker } from './worker.ts';

/** Notifications carry the record's key as their id, so that a newer one of the same record replaces the older. */
const PREFIX = 'record ';

/**
 * New messages of a chat whose record the person switched on, unless they stand before their eyes already. Says of
 * which record and whether it names the person; never what was written, since notifications show on locked screens.
 */
export async function notifyOf(
  worker: Worker,
  account: Account,
  chatId: ChatId,
  news: readonly Message[],
): Promise<void> {
  if (news.length === 0) return;
  const row = await worker.store.chats.get(account.id, chatId);
  const links = await worker.store.links.ofChat(account.id, chatId);
  const [link] = links;
  if (!row?.notify || row.muted || !link || !(await browser.permissions.contains({ permissions: ['notifications'] })))
    return;
  if (await isWatched(worker, new Set(links.map(({ recordKey }) => recordKey)))) return;
  const mentioned = news.some((m) => m.mentions.some((mention) => mention.userId === account.userId));
  const { doctype, name } = parseRecordKey(link.recordKey);
  await browser.notifications.create(PREFIX + link.recordKey, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icon/128.png' as '/background.js'),
    title: row.topic ?? `${doctype} ${name}`,
    message: mentioned ? 'You were mentioned' : news.length === 1 ? 'A new message' : `${news.length} new messages`,
  });
}

/** A click leads to the record: the tab that shows it, or a new one. */
export async function openNotified(side: Pick<Side, 'at'>, id: string): Promise<void> {
  if (!id.startsWith(PREFIX)) return;
  const key = id.slice(PREFIX.length) as RecordKey;
  await browser.notifications.clear(id);
  try {
    await openRecord(await side.at(parseRecordKey(key).origin), key);
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    // Gone meanwhile: there its chat is listed.
    await browser.tabs.create({ url: browser.runtime.getURL('/options.html#chats' as '/options.html') });
  }
}
