import { browser } from 'wxt/browser';
import { AppFailure } from '../model/errors.ts';
import type { MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { ArchiveProtocol, ConversationId, ToArchiveProtocol } from '../rpc/contract/archive.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { saveLayout } from '../settings/items.ts';
import { archiveView, latestOf } from './archive-view.ts';
import { wholeThread } from './channel-threads.ts';
import { conversation } from './conversations.ts';
import { photosOf } from './face-calls.ts';
import { hostedImage } from './hosted-image.ts';
import { openRecord } from './open-record.ts';
import { messagePage } from './read-messages.ts';
import { searchAll } from './search-all.ts';
import { searchTeams } from './search-teams.ts';
import { checkPass } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import type { Worker } from './worker.ts';

const MOST = 100;
const MOST_LATEST = 50;
const MOST_THREADS = 200;

/** What the archive page asks. It stands in no record's tab, so each call names the account whose conversation it means. */
export function archiveCalls(
  worker: Worker,
  signIn: SignIn,
): Pick<WorkerHandlers, keyof (ArchiveProtocol & ToArchiveProtocol)> {
  const { store } = worker;
  const of = (id: ConversationId) => conversation(worker, id);
  return {
    'archive.view': () => archiveView(worker),
    'archive.latest': (data) => latestOf(worker, data.of.slice(0, MOST_LATEST)),
    'archive.search': ({ text, from }) => searchAll(worker, text, from),
    'archive.teams': ({ account, text, from }) => searchTeams(worker, account, text, from),
    async 'archive.page'({ before, count, ...id }) {
      const { worker: own } = await of(id);
      const wanted = most(count);
      return storedFirst(
        () => store.messages.page(id.account, id.chatId, before, wanted),
        ({ messages, more }) => messages.length >= wanted || (messages.length > 0 && !more),
        async () => (await own.around.page(id.chatId, before, wanted)) ?? messagePage(own, id.chatId, before, wanted),
      );
    },
    async 'archive.stretch'({ id: message, before, after, ...id }) {
      const { worker: own } = await of(id);
      const sides = { before: most(before), after: most(after) };
      return storedFirst(
        () => store.messages.stretch(id.account, id.chatId, message, sides),
        (found) => !!found && (!found.newer || found.messages.length - 1 - placeOf(found, message) >= sides.after),
        () => own.around.stretch(id.chatId, message, sides),
      );
    },
    async 'archive.at'({ time, before, after, ...id }) {
      const { worker: own } = await of(id);
      const at = Date.parse(time);
      return Number.isNaN(at) ? null : own.around.at(id.chatId, at, { before: most(before), after: most(after) });
    },
    async 'archive.image'({ content, ...id }) {
      const { worker: own, teamId } = await of(id);
      return hostedImage(own, { id: id.chatId, teamId }, content);
    },
    async 'archive.threads'({ count, ...id }) {
      await of(id);
      const page = await store.threads.list(id.account, id.chatId, Math.min(Math.max(1, count), MOST_THREADS));
      return { threads: page.threads.map(wholeThread), more: page.more };
    },
    async 'archive.thread'({ id: message, ...id }) {
      await of(id);
      const thread = await store.threads.of(id.account, id.chatId, message);
      return thread && wholeThread(thread);
    },
    'archive.photos': ({ account, userIds }) => photosOf(worker.as(account), account, userIds),
    async 'archive.record'({ key, id, chatId }) {
      // A tab that is yet to be opened opens its panel as it was last left.
      await saveLayout({ open: true });
      await openRecord(worker, key, id && { chatId, id });
    },
    'archive.allow': ({ account }) => signIn.begin(worker.accounts, { tier: 'reading', account }),
    async 'archive.open'({ pass, query, teams }, sender) {
      const tab = await browser.tabs.get(await checkPass(worker, pass, sender));
      const asked = new URLSearchParams({ ...(query ? { q: query } : {}), ...(teams ? { teams: '1' } : {}) });
      // In the same window: a private one keeps to itself.
      await browser.tabs.create({ url: `${browser.runtime.getURL('/archive.html')}#${asked}`, windowId: tab.windowId });
    },
  };
}

function most(count: number): number {
  return Math.min(Math.max(0, count), MOST);
}

/** Where a message stands among others. */
function placeOf({ messages }: { messages: readonly Message[] }, id: MessageId): number {
  return messages.findIndex((message) => message.id === id);
}

/** What is stored where that is enough, and where Microsoft cannot be asked, as far as it goes. */
async function storedFirst<T extends { messages: readonly Message[] } | null>(
  stored: () => Promise<T>,
  isEnough: (found: T) => boolean,
  ask: () => Promise<T>,
): Promise<T> {
  const found = await stored();
  if (isEnough(found)) return found;
  try {
    return await ask();
  } catch (caught) {
    if (!(caught instanceof AppFailure) || !found?.messages.length) throw caught;
    return found;
  }
}
