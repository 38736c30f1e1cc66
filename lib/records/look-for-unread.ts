import type { Account } from '../auth/account.ts';
import { listPreviews } from '../graph/chats.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { unreadOf } from '../storage/unread.ts';
import { showUnread } from './badge.ts';
import { followRecords } from './orphans.ts';
import { canRead, type Worker } from './worker.ts';

const REST_MS = 60_000;
const lastAsked = new Map<string, number>();

/**
 * One call tells which linked records have something new, as a person acts (the popup opens, a record is worked on): at
 * most once a minute. Of other chats nothing is kept. What goes wrong only leaves the marks as they were.
 */
export async function lookForUnread(worker: Worker, account: Account): Promise<void> {
  const now = worker.clock.now();
  if (now - (lastAsked.get(account.id) ?? 0) < REST_MS || !(await canRead(worker))) return;
  const { links, chats } = worker.store;
  const all = await links.list(account.id);
  const linked = new Set(all.map((link) => link.chatId));
  if (linked.size === 0) return;
  lastAsked.set(account.id, now);
  let changed = false;
  const unread = new Set<ChatId>();
  try {
    // The first page is enough: the chats that were written in last.
    for await (const page of listPreviews(worker.graph)) {
      const ours = page.filter((chat) => linked.has(chat.id));
      const before = await Promise.all(ours.map((chat) => chats.get(account.id, chat.id)));
      for (const [i, after] of (await chats.note(account.id, ours)).entries()) {
        if (unreadOf(after) > 0) unread.add(after.chatId);
        const was = before[i];
        if (was && unreadOf(was) === unreadOf(after)) continue;
        await showUnread(worker, after.chatId);
        changed = true;
      }
      break;
    }
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
  }
  if (changed) worker.changes.tell({ kind: 'view' });
  const met = all.filter((link) => link.goneAt === undefined && unread.has(link.chatId));
  await followRecords(worker, account, met);
}
