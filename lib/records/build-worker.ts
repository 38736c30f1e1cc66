import { browser } from 'wxt/browser';
import { listChangedThreads, listThreads, postMessage } from '../graph/channel-messages.ts';
import { listPreviews } from '../graph/chats.ts';
import { attachmentOf, findChatFile, openUpload, removeFile, shareFile } from '../graph/drive.ts';
import { changeMessage, getMessage } from '../graph/message-acts.ts';
import {
  changesIn,
  firstPages,
  listBefore,
  listChangedSince,
  messagePages,
  sendMessage,
  writtenBefore,
} from '../graph/messages.ts';
import { me } from '../graph/people.ts';
import { renew, subscribe, unsubscribe } from '../graph/subscriptions.ts';
import { createUploadCalls } from '../graph/upload.ts';
import { systemClock } from '../model/clock.ts';
import type { Person } from '../model/person.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import { orderTab } from '../rpc/orders.ts';
import { loadSettings } from '../settings/items.ts';
import { loadSyncSettings } from '../settings/messages.ts';
import { createAround } from '../sync/around.ts';
import type { MessageApi, Me as SignedIn } from '../sync/message-api.ts';
import { createOutbox } from '../sync/outbox.ts';
import { createPull, type PullDeps } from '../sync/pull.ts';
import { createChannelPull } from '../sync/pull-channel.ts';
import { createPush } from '../sync/push.ts';
import { createRinger } from '../sync/ring.ts';
import { createSyncing } from '../sync/syncing.ts';
import type { FilesApi } from '../sync/uploads.ts';
import { showUnread } from './badge.ts';
import { createChannelList } from './channel-list.ts';
import { notifyOf } from './notify.ts';
import { createPresences } from './presence.ts';
import { closeChat } from './read-messages.ts';
import { readRung } from './ring.ts';
import { canRead, canReadChannels, type Worker } from './worker.ts';

/** `browser.storage.session`: outlives the worker, not the browser, and never reaches the disk. */
export interface SessionArea {
  get(keys: null | string | string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

/** What the worker of one account shares with the others, and its own way to Microsoft. */
export interface WorkerParts
  extends Pick<Worker, 'auth' | 'accounts' | 'as' | 'graph' | 'store' | 'tabs' | 'jobs' | 'changes' | 'incognito'> {
  session: SessionArea;
  /** Sets the alarm for what this account has to send. */
  wakeOutbox: (at: number) => void;
  /** Sets the alarm for renewing what rings for this account. */
  wakePush: (at: number) => void;
  /** Sets the alarm for bringing this account's chats up to date. */
  wakeSync: (at: number) => void;
}

/** The worker of one account, or of nobody: its parts, put together once a life. */
export function buildWorker({ session, wakeOutbox, wakePush, wakeSync, ...given }: WorkerParts): Worker {
  const { auth, graph, store, changes } = given;
  const clock = systemClock;
  const api: MessageApi = {
    changesIn: (chatId, span) => changesIn(graph, chatId, span),
    writtenBefore: (chatId, before) => writtenBefore(graph, chatId, before),
    listChangedSince: (chatId, after, channel) =>
      channel
        ? listChangedThreads(graph, { teamId: channel.teamId, id: chatId }, after)
        : listChangedSince(graph, chatId, after),
    listBefore: (chatId, before, count) => listBefore(graph, chatId, before, count),
    sendMessage: (place, content, replyTo) =>
      place.channel ? postMessage(graph, place.channel, content) : sendMessage(graph, place, content, replyTo),
    getMessage: (place, id) => getMessage(graph, place, id),
    changeMessage: (place, act, me) => changeMessage(graph, place, act, me),
  };
  const files: FilesApi = {
    find: (name) => findChatFile(graph, name),
    open: (name) => openUpload(graph, name),
    ...createUploadCalls((...args) => fetch(...args), Date.now),
    share: (itemId, people) => shareFile(graph, itemId, people),
    attachmentOf: (itemId) => attachmentOf(graph, itemId),
    remove: (itemId) => removeFile(graph, itemId),
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
    files,
    canRead: (channel) => (channel ? canReadChannels({ auth }) : canRead({ auth })),
    online: () => navigator.onLine,
    wake: wakeOutbox,
  });
  const reading: PullDeps = {
    ...shared,
    session: store.problem ? inMemory() : inSession(session),
    stored: (chatId, messages) => outbox.settleFrom(chatId, messages),
  };
  const pull = createPull(reading);
  const channelPull = createChannelPull({
    ...shared,
    api: {
      listThreads: (channel, from) => listThreads(graph, channel, from),
      listChangedThreads: (channel, since) => listChangedThreads(graph, channel, since),
    },
    canRead: () => canReadChannels({ auth }),
    session: store.problem ? inMemory() : inSession(session, 'channels '),
    stored: (channelId, messages) => outbox.settleFrom(channelId, messages),
  });
  const worker: Worker = {
    ...given,
    presences: createPresences(graph, clock),
    push: createPush({
      ...{ store, clock, me: whoAmI, canRead: () => canRead({ auth }), random: Math.random, wake: wakePush },
      api: {
        subscribe: (chatId, to) => subscribe(graph, chatId, to),
        renew: (id, until) => renew(graph, id, until),
        unsubscribe: (id) => unsubscribe(graph, id),
      },
    }),
    ringer: createRinger(clock, (chatId) => readRung(worker, chatId)),
    outbox,
    pull,
    around: createAround(reading),
    syncing: createSyncing({
      ...{ ...reading, pull, random: Math.random, wake: wakeSync, quiet: given.incognito },
      api: {
        listChats: (signal) => listPreviews(graph, signal),
        firstPages: (asks, signal) => firstPages(graph, asks, signal),
        pagesAfter: (next) => messagePages(graph, next),
      },
      days: async () => (await loadSyncSettings()).historyDays,
      minutes: async () => (await loadSyncSettings()).syncMinutes,
      async news(chatId, news) {
        const account = await auth.account();
        if (account) await notifyOf(worker, account, chatId, news);
      },
      async closed(chatId) {
        const account = await auth.account();
        if (account) await closeChat(worker, account, chatId);
      },
    }),
    channelPull,
    channelList: createChannelList(graph, clock),
    clock,
    settings: loadSettings,
    redirectUri: browser.identity.getRedirectURL(),
    order: orderTab,
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
      forget: (account) =>
        session.remove([`me:${account.id}`, `pull:${account.id}`, `channels pull:${account.id}`, 'graph.budget']),
    },
  };
  return worker;
}

function inSession(session: SessionArea, prefix = ''): PullDeps['session'] {
  return {
    get: async (key) => (await session.get(prefix + key))[prefix + key],
    set: (key, value) => session.set({ [prefix + key]: value }),
  };
}

/** Where messages are forgotten with this life of the worker, so is that they were read: the next life reads them again. */
function inMemory(): PullDeps['session'] {
  const values = new Map<string, unknown>();
  return { get: async (key) => values.get(key), set: async (key, value) => void values.set(key, value) };
}
