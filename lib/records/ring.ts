import { recordKey } from '../model/record.ts';
import { knownBell } from '../settings/bells.ts';
import { bellOf } from './bells.ts';
import { createErp } from './erp.ts';
import { lookForUnread } from './look-for-unread.ts';
import { notifyOf } from './notify.ts';
import type { Worker } from './worker.ts';

/** A tab heard its site's bell: one read of the chat it shows, and a look at the list for the others. */
export async function rang(worker: Worker, tabId: number): Promise<void> {
  const tab = await worker.tabs.get(tabId);
  const account = await worker.auth.account();
  if (!tab || !account || !(await knownBell(tab.origin))?.bell) return;
  void lookForUnread(worker, account);
  if (!tab.shown || tab.shown.isNew) return;
  const link = await worker.store.links.get(account.id, recordKey(tab.shown.ref));
  if (link) await worker.ringer.rang(link.chatId);
}

/** What a bell brings: whether anything new came. */
export async function readRung(worker: Worker, chatId: Parameters<Worker['pull']['act']>[0]): Promise<boolean> {
  const account = await worker.auth.account();
  if (!account) return false;
  const before = (await worker.store.chats.get(account.id, chatId))?.watermark;
  const news = await worker.pull.act(chatId, 0);
  await notifyOf(worker, account, chatId, news);
  return (await worker.store.chats.get(account.id, chatId))?.watermark !== before;
}

/** The person works on a record with a chat: where its site rings, it shall ring for this one. */
export async function keepBell(worker: Worker, tabId: number): Promise<void> {
  const tab = await worker.tabs.get(tabId);
  const account = await worker.auth.account();
  if (!tab?.shown || tab.shown.isNew || !tab.erpUser || !account || worker.incognito) return;
  const { ref } = tab.shown;
  const link = await worker.store.links.get(account.id, recordKey(ref));
  if (!link) return;
  const bell = await bellOf(worker, ref.origin, createErp(worker, ref, tab.erpUser));
  if (bell) await worker.push.keep(ref.origin, bell, link.chatId);
}

/** At the alarm: what is still shown somewhere is renewed, the rest runs out. */
export async function renewBells(worker: Worker): Promise<void> {
  const account = await worker.auth.account();
  if (!account) return;
  for (const { chatId, origin } of await worker.store.pushes.list(account.id)) {
    const bell = (await knownBell(origin))?.bell;
    const links = await worker.store.links.ofChat(account.id, chatId);
    for (const { recordKey: key } of links) {
      const tabs = await worker.tabs.of(origin, null, key);
      const shown = tabs.some((tab) => tab.shown && recordKey(tab.shown.ref) === key);
      if (bell && shown) await worker.push.keep(origin, bell, chatId);
    }
  }
}
