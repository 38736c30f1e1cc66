import type { Chat } from '../../../lib/model/chat.ts';
import { AppFailure } from '../../../lib/model/errors.ts';
import { asChatId, type ChatId, type RecordKey } from '../../../lib/model/ids.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import type { Store } from '../../../lib/storage/open.ts';
import type { MessagesPage, SyncApi } from '../../../lib/sync/message-api.ts';
import { createPull } from '../../../lib/sync/pull.ts';
import { createSyncing, type SyncingDeps } from '../../../lib/sync/syncing.ts';
import { account } from '../storage/fixtures.ts';
import { ada, fakeTeams, testClock, testSession } from './fixtures.ts';

/** One person's chats in Teams, and a worker that keeps the linked ones up to date. */
export function fakeSync(store: Store) {
  const clock = testClock();
  const teams = fakeTeams(clock);
  const session = testSession();
  const notices: ChangeNotice[] = [];
  const wakes: number[] = [];
  const settings: { days: number | null; minutes: number | null } = { days: 90, minutes: null };
  const asked: string[] = [];
  const refusals = new Map<ChatId, AppFailure>();
  /** Pages that links lead to. */
  const links = new Map<string, AsyncIterator<MessagesPage>>();
  const faults: { list?: unknown; batch?: unknown; after?: unknown } = {};
  const closed: ChatId[] = [];
  const news: ChatId[] = [];

  async function* rest(link: string): AsyncGenerator<MessagesPage> {
    const pages = links.get(link);
    for (let next = await pages?.next(); next && !next.done; next = await pages?.next()) {
      asked.push('page');
      if (faults.after) throw faults.after;
      yield next.value;
    }
  }
  const api: SyncApi = {
    async *listChats() {
      const all = [...teams.chats].map(([id, messages]): Chat => {
        const newest = [...messages].sort((a, b) => Number(b.id) - Number(a.id))[0];
        const bare = { topic: 'A talk', kind: 'group' as const, webUrl: null, createdAt: '', readUpTo: null };
        return { ...bare, members: [], id, newestAt: newest?.createdAt ?? null };
      });
      all.sort((a, b) => Date.parse(b.newestAt ?? '') - Date.parse(a.newestAt ?? '') || 0);
      for (let at = 0; at === 0 || at < all.length; at += 50) {
        asked.push('list');
        if (faults.list) throw faults.list;
        yield all.slice(at, at + 50);
      }
    },
    async firstPages(asks, signal) {
      asked.push(`batch ${asks.length}`);
      if (faults.batch) throw faults.batch;
      await clock.sleep(0, signal);
      return Promise.all(
        asks.map(async (ask) => {
          const refusal = refusals.get(ask.chatId);
          if (refusal) return refusal;
          const pages =
            'changes' in ask
              ? teams.api.changesIn(ask.chatId, ask.changes)
              : teams.api.writtenBefore(ask.chatId, ask.before);
          const iterator = pages[Symbol.asyncIterator]();
          const { value } = await iterator.next();
          const link = value?.next ? `${ask.chatId} ${links.size}` : null;
          if (link) links.set(link, iterator);
          return { messages: value?.messages ?? [], next: link };
        }),
      );
    },
    pagesAfter: rest,
  };

  /** A worker of this account; one after the other, as they die. */
  function hire(more: Partial<SyncingDeps> & { store?: Store; api?: SyncApi } = {}) {
    const shared = {
      ...{ store, clock, me: async () => ada, canRead: async () => true },
      changed: (notice: ChangeNotice) => void notices.push(notice),
      ...more,
    };
    const pull = createPull({ ...shared, api: teams.api, session });
    const syncing = createSyncing({
      ...{ ...shared, api, pull, random: () => 0, quiet: false },
      wake: (at) => void wakes.push(at),
      days: async () => settings.days,
      minutes: async () => settings.minutes,
      closed: async (chatId) => {
        closed.push(chatId);
        await store.links.close(account, chatId);
      },
      news: async (chatId) => void news.push(chatId),
      ...more,
    });
    return { pull, syncing };
  }

  /** So many chats, of which records have those for which `linked` is true, each with so many messages. */
  async function chats(count: number, linked: (i: number) => boolean, messages = 1): Promise<ChatId[]> {
    const ids: ChatId[] = [];
    for (let i = 0; i < count; i++) {
      const id = asChatId(`19:chat${i}@thread.v2`);
      ids.push(id);
      teams.inChat(id);
      for (let j = 0; j < messages; j++) {
        clock.move(60_000);
        teams.write(id, `message ${j}`);
      }
      if (linked(i)) await link(id);
    }
    return ids;
  }
  const link = (chatId: ChatId) =>
    store.links.put({
      ...{ account, chatId, confirmedBy: 'created', recordCreation: '', linkedAt: 0 },
      recordKey: JSON.stringify(['https://erp.example', 'Event', chatId]) as RecordKey,
    });

  return {
    clock,
    teams,
    session,
    notices,
    wakes,
    settings,
    asked,
    refusals,
    faults,
    closed,
    news,
    api,
    hire,
    chats,
    link,
  };
}

/** Until a run is over, or waits. */
export async function settled(store: Store): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    const { run } = await store.syncs.get(account);
    if (!run || run.wakeAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error('the run does not end');
}

export const busy = (seconds: number) =>
  new AppFailure({ code: 'throttled', title: 'Busy', text: 'x', retryAfter: seconds });
