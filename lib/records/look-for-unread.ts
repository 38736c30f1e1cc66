import type { Account } from '../auth/account.ts';
import { listChats } from '../graph/chats.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { unreadOf } from '../storage/unread.ts';
import { showUnread } from './badge.ts';
import { followRecords } from './orphans.ts';
import { canRead, type Worker } from './worker.ts';

/** One page of Graph's list holds the 50 chats that were written in last. */
const PAGE = 50;
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
  let seen = 0;
  let changed = false;
  const unread = new Set<ChatId>();
  try {
    for await (const chat of listChats(worker.graph, { previews: true })) {
      if (linked.has(chat.id)) {
        const before = await chats.get(account.id, chat.id);
        const after = await chats.save(account.id, chat);
        if (unreadOf(after) > 0) unread.add(chat.id);
        if (!before || unreadOf(before) !== unreadOf(after)) {
          await showUnread(worker, chat.id);
          changed = true;
        }
      }
      if (++seen === PAGE) break;
    }
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
  }
  if (changed) worker.changes.tell({ kind: 'view' });
  const met = all.filter((link) => link.goneAt === undefined && unread.has(link.chatId));
  await followRecords(worker, account, met);
}
