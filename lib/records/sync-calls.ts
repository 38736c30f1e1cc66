import type { AccountSyncView, ChatSyncProtocol, SyncProtocol, SyncSettings } from '../rpc/contract/sync.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { loadSyncSettings, saveSyncSettings } from '../settings/messages.ts';
import { managed } from './chat-settings-calls.ts';
import { notifyOf } from './notify.ts';
import { linkedChat, shownFor } from './shown.ts';
import { canRead, type Worker } from './worker.ts';

const SETTINGS = ['historyDays', 'syncMinutes'] as const satisfies (keyof SyncSettings)[];

/** What the panel asks of keeping the chat on screen up to date. */
export function chatSyncCalls(worker: Worker): Pick<WorkerHandlers, keyof ChatSyncProtocol> {
  return {
    async 'chat.sync'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const chatId = await linkedChat(worker, shown, data.chatId);
      const { news, written } = await worker.pull.now(chatId);
      void notifyOf(worker, shown.account, chatId, news).catch(() => {});
      return { messages: written };
    },
    async 'chat.filling'(data, sender) {
      return worker.syncing.filling(await linkedChat(worker, await shownFor(worker, data, sender)));
    },
  };
}

/** What popup and options ask of keeping all linked chats up to date. */
export function syncCalls(worker: Worker): Pick<WorkerHandlers, keyof SyncProtocol> {
  const readers = async () => {
    const found: { worker: Worker; name: string }[] = [];
    for (const { account } of await worker.accounts.known()) {
      const theirs = worker.as(account.id);
      if (!theirs.auth.problem() && (await canRead(theirs))) found.push({ worker: theirs, name: account.name });
    }
    return found;
  };
  return {
    async 'sync.view'() {
      return { accounts: await Promise.all((await readers()).map(({ worker, name }) => viewOf(worker, name))) };
    },
    async 'sync.start'() {
      await Promise.all((await readers()).map(({ worker }) => worker.syncing.start()));
    },
    async 'sync.cancel'() {
      await Promise.all((await readers()).map(({ worker }) => worker.syncing.cancel()));
    },
    async 'sync.settings'() {
      const said = (await worker.settings()).managed;
      return { settings: await loadSyncSettings(), managed: SETTINGS.filter((key) => said.includes(key)) };
    },
    async 'sync.set'({ change }) {
      const said = (await worker.settings()).managed;
      if (Object.keys(change).some((key) => said.includes(key))) throw managed();
      await saveSyncSettings(change);
      for (const one of await readers()) {
        await one.worker.syncing.plan();
        void one.worker.syncing.ring().catch(() => {});
      }
      worker.changes.tell({ kind: 'settings' });
    },
  };
}

async function viewOf({ auth, store, syncing }: Worker, name: string): Promise<AccountSyncView> {
  const account = await auth.account();
  const id = account?.id ?? ('' as AccountSyncView['id']);
  const row = await store.syncs.get(id);
  const { run } = row;
  const left = (run?.todo?.length ?? 0) + (run?.sweep?.length ?? 0);
  return {
    id,
    name,
    run: run && {
      done: run.total - left,
      total: run.todo && run.total,
      wakeAt: run.wakeAt === null ? null : isoOf(run.wakeAt),
      problem: run.problem,
    },
    doneAt: isoOf(row.doneAt),
    brought: row.brought,
    problem: row.problem,
    dueAt: isoOf(row.due?.at ?? null),
    filled: await syncing.filled(),
  };
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
