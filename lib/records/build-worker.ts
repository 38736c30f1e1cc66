import { browser } from 'wxt/browser';
import type { Auth } from '../auth/accounts.ts';
import type { Graph } from '../graph/client.ts';
import { listBefore, listChangedSince, sendMessage } from '../graph/messages.ts';
import { me } from '../graph/people.ts';
import { systemClock } from '../model/clock.ts';
import type { Person } from '../model/person.ts';
import type { Changes } from '../rpc/changes.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import { orderTab } from '../rpc/orders.ts';
import { loadSettings } from '../settings/items.ts';
import type { Store } from '../storage/open.ts';
import { createJobs } from '../sync/jobs.ts';
import type { MessageApi, Me as SignedIn } from '../sync/message-api.ts';
import { createOutbox } from '../sync/outbox.ts';
import { createPull, type PullDeps } from '../sync/pull.ts';
import { ADD_MEMBERS, addingHandler } from './add-members.ts';
import { showUnread } from './badge.ts';
import { CREATE_CHAT, creationHandler } from './create-chat.ts';
import { MAP_PEOPLE, mappingHandler } from './map-people.ts';
import { createPresences } from './presence.ts';
import { createTabs } from './tabs.ts';
import { canRead, type Worker } from './worker.ts';

/** `browser.storage.session`: outlives the worker, not the browser, and never reaches the disk. */
export interface SessionArea {
  get(keys: null | string | string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

export interface WorkerParts {
  auth: Auth;
  graph: Graph;
  store: Store;
  session: SessionArea;
  changes: Changes;
  /** Sets the alarm of that name. */
  wake: (name: string, at: number) => void;
  /** Serves the tabs of private windows alone. */
  incognito: boolean;
}

/** The worker's parts, put together once a life. */
export function buildWorker({ auth, graph, store, session, changes, wake, incognito }: WorkerParts): Worker {
  const clock = systemClock;
  const api: MessageApi = {
    listChangedSince: (chatId, after) => listChangedSince(graph, chatId, after),
    listBefore: (chatId, before, count) => listBefore(graph, chatId, before, count),
    sendMessage: (chatId, html) => sendMessage(graph, chatId, html),
  };
  const whoAmI = async (): Promise<SignedIn | null> => {
    const account = await auth.account();
    return account ? { account: account.id, userId: account.userId } : null;
  };
  const changed = (notice: ChangeNotice) => {
    changes.tell(notice);
    if (notice.kind === 'messages') void showUnread(worker, notice.chatId);
  };
  const shared = { store, api, clock, me: whoAmI, canRead: () => canRead({ auth }), changed };
  const outbox = createOutbox({
    ...shared,
    online: () => navigator.onLine,
    wake: (at) => wake('outbox', at),
  });
  const pull = createPull({
    ...shared,
    session: store.problem ? inMemory() : inSession(session),
    stored: (chatId, messages) => outbox.settleFrom(chatId, messages),
  });
  const jobs = createJobs({
    store,
    clock,
    wake: (at) => wake('jobs', at),
    handlers: {
      [CREATE_CHAT]: creationHandler(() => worker),
      [ADD_MEMBERS]: addingHandler(() => worker),
      [MAP_PEOPLE]: mappingHandler(() => worker),
    },
    changed: (job) =>
      changes.tell(job.kind === MAP_PEOPLE ? { kind: 'mapping', origin: job.origin } : { kind: 'view' }),
  });
  const worker: Worker = {
    auth,
    graph,
    store,
    tabs: createTabs(session, () => crypto.randomUUID().replaceAll('-', ''), incognito ? 'private tabs' : 'tabs'),
    presences: createPresences(graph, clock),
    changes,
    outbox,
    pull,
    jobs,
    clock,
    settings: loadSettings,
    redirectUri: browser.identity.getRedirectURL(),
    order: orderTab,
    incognito,
    me: {
      async get(account) {
        const key = `me:${account.id}`;
        const known = (await session.get(key))[key] as Person | undefined;
        if (known) return known;
        const person = await me(graph);
        await session.set({ [key]: person });
        return person;
      },
      // With the names of chats that reading states and the throttle hold.
      forget: (account) => session.remove([`me:${account.id}`, `pull:${account.id}`, 'graph.budget']),
    },
  };
  return worker;
}

function inSession(session: SessionArea): PullDeps['session'] {
  return { get: async (key) => (await session.get(key))[key], set: (key, value) => session.set({ [key]: value }) };
}

/** Where messages are forgotten with this life of the worker, so is that they were read: the next life reads them again. */
function inMemory(): PullDeps['session'] {
  const values = new Map<string, unknown>();
  return { get: async (key) => values.get(key), set: async (key, value) => void values.set(key, value) };
}
