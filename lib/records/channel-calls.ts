import type { ChatId } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import type { ChannelProtocol, ChannelView } from '../rpc/contract/channels.ts';
import type { Passed } from '../rpc/contract.ts';
import type { Sender, WorkerHandlers } from '../rpc/server.ts';
import { loadWithRecord, saveWithRecord } from '../settings/channels.ts';
import { threadPage, wholeThread } from './channel-threads.ts';
import { postInChannel } from './post-in-channel.ts';
import { channelOf, recordChannel, shownChannel } from './record-channel.ts';
import { searchChat } from './search-messages.ts';
import { checkPass, type Shown, shownFor } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { canPostInChannels, canReadChannels, type Worker } from './worker.ts';

/** What the panel asks about the record's channel. */
export function channelCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, keyof ChannelProtocol> {
  const { store } = worker;
  const asked = async (data: Passed & { channelId: ChatId }, sender: Sender) => {
    const shown = await shownFor(worker, data, sender);
    return { ...shown, channel: await shownChannel(worker, shown, data.channelId) };
  };
  const allow = async (tier: 'channels' | 'channel-reading', pass: string, sender: Sender) => {
    const tab = await worker.tabs.get(await checkPass(worker, pass, sender));
    await signIn.begin(worker.accounts, { tier, site: tab?.origin ?? null });
  };
  return {
    'channel.view': async (data, sender) => channelView(worker, await shownFor(worker, data, sender)),
    async 'channel.act'(data, sender) {
      const { channel } = await asked(data, sender);
      void worker.outbox.drain(channel.id).catch(() => {});
      await worker.channelPull.act(channel);
    },
    async 'channel.find'(data, sender) {
      const { account } = await shownFor(worker, data, sender);
      const recent = await store.channels.recent(account.id);
      return worker.channelList.find(data.text.slice(0, 2000), recent.map(channelOf));
    },
    async 'channel.choose'(data, sender) {
      const { account, ref } = await shownFor(worker, data, sender);
      const of = { record: recordKey(ref) };
      if (data.channel) {
        const channel = await worker.channelList.get(data.channel);
        await store.channels.know(account.id, channel);
        await store.channels.used(account.id, channel.id, worker.clock.now());
      }
      await store.channels.choose(account.id, of, data.channel?.id ?? null);
      worker.changes.tell({ kind: 'view' });
    },
    async 'channel.threads'(data, sender) {
      const { account, channel } = await asked(data, sender);
      return threadPage(worker, account, channel, data.count);
    },
    async 'channel.thread'(data, sender) {
      const { account, channel } = await asked(data, sender);
      const thread = await store.threads.of(account.id, channel.id, data.id);
      return thread && wholeThread(thread);
    },
    async 'channel.search'(data, sender) {
      const { account, channel } = await asked(data, sender);
      return searchChat(worker, account, channel.id, data.text, data.from);
    },
    async 'channel.post'(data, sender) {
      await postInChannel(worker, await shownFor(worker, data, sender), data);
    },
    async 'channel.withRecord'({ pass, on }, sender) {
      await checkPass(worker, pass, sender);
      await saveWithRecord(on);
    },
    'auth.channels': ({ pass }, sender) => allow('channels', pass, sender),
    'auth.channelReading': ({ pass }, sender) => allow('channel-reading', pass, sender),
  };
}

async function channelView(worker: Worker, { account, ref }: Shown): Promise<ChannelView> {
  const { auth, store, outbox, channelPull } = worker;
  const { channel, chosenBy } = await recordChannel(worker, account, ref);
  const row = channel && (await store.channels.get(account.id, channel.id));
  const state = channel ? await channelPull.state(channel.id) : { syncedAt: null, problem: null };
  return {
    channel,
    chosenBy,
    mayPost: await canPostInChannels(worker),
    mayRead: await canReadChannels(worker),
    postConsentUrl: await auth.adminConsentUrl('channels'),
    readConsentUrl: await auth.adminConsentUrl('channel-reading'),
    tenant: account.tenantId,
    posted: !!row?.postedAt,
    withRecord: await loadWithRecord(),
    outbox: channel ? await outbox.view(account.id, channel.id) : [],
    syncedAt: state.syncedAt,
    syncProblem: state.problem,
  };
}
