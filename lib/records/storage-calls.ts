import { fail, toAppError } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import type { StorageProtocol, StorageRun, StoredChat } from '../rpc/contract/storage.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import type { Store } from '../storage/open.ts';
import { nameOf } from './conversations.ts';
import { roomLeft } from './storage-room.ts';
import type { Worker } from './worker.ts';

/** The one run over a store: it lives as long as the worker, and each step of it is whole. */
const runs = new WeakMap<Store, StorageRun & { stop: boolean }>();

/** What the options page asks of what is stored here, of all who are signed in. */
export function storageCalls(worker: Worker): Pick<WorkerHandlers, keyof StorageProtocol> {
  const { store, clock } = worker;
  const accounts = async () => (await worker.accounts.known()).map(({ account }) => account.id);

  return {
    async 'storage.view'() {
      const chats: StoredChat[] = [];
      const sum = { messages: 0, words: 0, pictures: 0 };
      let oldest = Number.POSITIVE_INFINITY;
      for (const account of await accounts()) {
        const usage = await store.usage.of(account);
        for (const { row, messages, bytes, oldestAt } of usage.chats) {
          const name = nameOf(row) ?? '';
          chats.push({ account, chatId: row.chatId, name, messages, bytes });
          sum.messages += bytes;
          if (row.kind !== 'channel') oldest = Math.min(oldest, oldestAt);
        }
        sum.words += usage.words;
        sum.pictures += usage.pictures;
      }
      const room = await roomLeft(clock.now());
      return {
        ...sum,
        used: room.allowed ? room.used : null,
        allowed: room.allowed || null,
        low: room.low,
        chats: chats.sort((a, b) => b.bytes - a.bytes),
        oldestAt: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
      };
    },

    async 'storage.plan'({ before }) {
      const plan = { messages: 0, chats: 0, bytes: 0 };
      for (const account of await accounts()) {
        const theirs = await store.eviction.plan(account, timeOf(before));
        for (const key of ['messages', 'chats', 'bytes'] as const) plan[key] += theirs[key];
      }
      return plan;
    },

    async 'storage.evict'({ before }) {
      if (runs.get(store)?.over === false) return;
      const run = { done: 0, total: 0, messages: 0, over: false, problem: null, stop: false };
      runs.set(store, run);
      void takeAway(worker, await accounts(), timeOf(before), run);
    },

    async 'storage.run'() {
      const run = runs.get(store);
      if (!run) return null;
      const { stop: _, ...shown } = run;
      return shown;
    },

    async 'storage.cancel'() {
      const run = runs.get(store);
      if (run) run.stop = true;
    },
  };
}

async function takeAway(
  { store, changes }: Worker,
  accounts: readonly AccountId[],
  before: number,
  run: StorageRun & { stop: boolean },
): Promise<void> {
  try {
    const todo = [];
    for (const account of accounts)
      for (const row of await store.eviction.chats(account, before)) todo.push({ account, row });
    run.total = todo.length;
    for (const { account, row } of todo) {
      if (run.stop) break;
      run.messages += await store.eviction.take(account, row, before);
      run.done += 1;
      changes.tell({ kind: 'storage' });
    }
    // Also of what went before a cancel.
    for (const account of new Set(todo.map(({ account }) => account))) await store.search.purge(account);
  } catch (caught) {
    run.problem = toAppError(caught);
  }
  run.over = true;
  changes.tell({ kind: 'storage' });
  if (run.messages) changes.tell({ kind: 'view' });
}

function timeOf(iso: string): number {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw fail('not-permitted', 'That is no date', 'Choose a date.');
  return time;
}
