import type { Account } from '../auth/account.ts';
import { getChat, markRead } from '../graph/chats.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId, MessageId } from '../model/ids.ts';
import { type RecordRef, recordKey } from '../model/record.ts';
import type { MessagePage } from '../rpc/contract.ts';
import { loadChatSettings } from '../settings/chats.ts';
import type { LinkRow } from '../storage/schema.ts';
import { unreadOf } from '../storage/unread.ts';
import { showUnread } from './badge.ts';
import { createErp } from './erp.ts';
import { followTitle } from './follow-title.ts';
import { keepInStep } from './keep-members.ts';
import { lookForUnread } from './look-for-unread.ts';
import { notifyOf } from './notify.ts';
import { keepBell } from './ring.ts';
import type { TabState } from './tabs.ts';
import { canRead, type Worker } from './worker.ts';

/** Topic and members are asked for again after this long, when a person acts. */
const CHAT_MS = 60_000;
const LINK_MS = 15_000;
const lastAsked = new Map<string, number>();

/**
 * A person did something where this record is shown: bring what is new in its chat (at most one read a chat in 15 s,
 * which `pull` holds over all tabs). Failures are shown by the view, not thrown at whoever moved the mouse.
 */
export async function act(worker: Worker, tabId: number): Promise<void> {
  const tab = await worker.tabs.get(tabId);
  const account = await worker.auth.account();
  if (!tab?.shown || tab.shown.isNew || !account) return;
  void worker.syncing.used().catch(() => {});
  const link = await worker.store.links.get(account.id, recordKey(tab.shown.ref));
  if (!link) return lookForLink(worker, account, tab.shown.ref);
  void worker.outbox.drain(link.chatId).catch(() => {});
  await refreshChat(worker, account, link.chatId);
  await keepMembers(worker, account, tab, link);
  void keepBell(worker, tabId).catch(() => {});
  void lookForUnread(worker, account);
  if (await canRead(worker)) await notifyOf(worker, account, link.chatId, await worker.pull.act(link.chatId));
}

/** Stored messages, after a first fill where there is none; in the base tier what was sent from here. */
export async function messagePage(
  worker: Worker,
  chatId: ChatId,
  before: MessageId | null,
  count: number,
): Promise<MessagePage> {
  return worker.pull.page(chatId, before, Math.min(Math.max(1, count), 100));
}

/** Everything up to this message has been seen: here at once, in Teams where the scope and the person allow it. */
export async function markSeen(worker: Worker, account: Account, chatId: ChatId, upTo: MessageId): Promise<void> {
  const store = worker.store;
  const row = await store.chats.get(account.id, chatId);
  if (!row || unreadOf(row) === 0) return;
  // Of several who say so at once, one moves the mark, and tells Microsoft.
  if (!(await store.messages.markRead(account.id, chatId, upTo))) return;
  await showUnread(worker, chatId);
  if ((await worker.auth.granted()).has('Chat.ReadWrite') && (await loadChatSettings()).markRead)
    await markRead(worker.graph, chatId, { userId: account.userId, tenantId: account.tenantId }).catch((caught) => {
      // Teams keeps its own mark; ours is right already, and the next seen message tries again.
      if (!(caught instanceof AppFailure)) throw caught;
    });
}

/** A colleague may have linked a chat meanwhile: the panel asks ERPNext again, at most every 15 s. */
function lookForLink(worker: Worker, account: Account, ref: RecordRef): void {
  const key = `${account.id} ${recordKey(ref)}`;
  const now = worker.clock.now();
  if (now - (lastAsked.get(key) ?? 0) < LINK_MS) return;
  lastAsked.set(key, now);
  worker.changes.tell({ kind: 'view' });
}

/** What stands in the way of comparing shows in the panel, which compares as well. */
async function keepMembers(
  worker: Worker,
  account: Account,
  { shown, erpUser }: TabState,
  link: LinkRow,
): Promise<void> {
  const key = `members ${account.id} ${link.recordKey}`;
  const now = worker.clock.now();
  if (!shown || !erpUser || now - (lastAsked.get(key) ?? 0) < CHAT_MS) return;
  lastAsked.set(key, now);
  try {
    const { ref } = shown;
    const erp = createErp(worker, ref, erpUser);
    await keepInStep(worker, { account, ref, erpUser, erp }, link);
    const row = await worker.store.chats.get(account.id, link.chatId);
    if (row && (await loadChatSettings()).followTitle)
      await followTitle(worker, account, await erp.read(ref), link, row);
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
  }
}

async function refreshChat(worker: Worker, account: Account, chatId: ChatId): Promise<void> {
  const key = `${account.id} ${chatId}`;
  const now = worker.clock.now();
  if (now - (lastAsked.get(key) ?? 0) < CHAT_MS) return;
  lastAsked.set(key, now);
  const store = worker.store;
  const before = JSON.stringify(await store.chats.get(account.id, chatId));
  try {
    const row = await store.chats.save(account.id, await getChat(worker.graph, chatId));
    if (JSON.stringify(row) !== before) worker.changes.tell({ kind: 'view' });
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    // Left or deleted: the next look at the record decides anew whether the chat can be seen at all.
    if (caught.error.code !== 'not-a-member' && caught.error.code !== 'not-found') return;
    await closeChat(worker, account, chatId);
  }
}

/** Microsoft does not show this chat to the person any more. */
export async function closeChat({ store, changes }: Worker, account: Account, chatId: ChatId): Promise<void> {
  await store.links.close(account.id, chatId);
  changes.tell({ kind: 'marks' });
  changes.tell({ kind: 'view' });
}
