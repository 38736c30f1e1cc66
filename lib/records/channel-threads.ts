import type { Account } from '../auth/account.ts';
import type { Channel } from '../model/channel.ts';
import type { ThreadPage, ThreadView } from '../rpc/contract/channels.ts';
import type { Thread } from '../storage/threads.ts';
import { canReadChannels, type Worker } from './worker.ts';

const MOST_THREADS = 400;
/** Of a thread in a page; the rest comes when it is opened by itself. */
const MOST_REPLIES = 50;

/**
 * The newest threads of a channel from the store, after a reading of older ones where fewer are stored. Without reading:
 * what was posted from here.
 */
export async function threadPage(
  worker: Worker,
  account: Account,
  channel: Channel,
  wanted: number,
): Promise<ThreadPage> {
  const { store, channelPull } = worker;
  const count = Math.min(Math.max(1, wanted), MOST_THREADS);
  const mayRead = await canReadChannels(worker);
  const stored = () => store.threads.list(account.id, channel.id, count);
  let page = await stored();
  if (mayRead && !(await store.chats.get(account.id, channel.id))?.watermark) {
    // A slow Microsoft keeps nobody waiting: what the first reading brings is told when it is there.
    void channelPull.act(channel);
    const { syncedAt, problem } = await channelPull.state(channel.id);
    return { threads: page.threads.map(inPage), more: false, ...(syncedAt || problem ? {} : { filling: true }) };
  }
  if (mayRead && page.threads.length < count && (await channelPull.older(channel))) page = await stored();
  const atMicrosoft = mayRead && (await store.channels.get(account.id, channel.id))?.older !== null;
  const more = count < MOST_THREADS && (page.more || atMicrosoft);
  return { threads: page.threads.map(inPage), more };
}

/** All of a thread. */
export function wholeThread(thread: Thread): ThreadView {
  return { ...thread, earlier: 0 };
}

function inPage({ id, root, replies }: Thread): ThreadView {
  const shown = replies.slice(-MOST_REPLIES);
  return { id, root, replies: shown, earlier: replies.length - shown.length };
}
