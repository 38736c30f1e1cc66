import type { Channel } from '../model/channel.ts';
import type { Clock } from '../model/clock.ts';
import { type AppError, AppFailure, toAppError } from '../model/errors.ts';
import type { AccountId, ChatId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import { later } from '../storage/chats.ts';
import type { Store } from '../storage/open.ts';
import type { Me } from './message-api.ts';
import { createReadStates, type Session } from './read-state.ts';

type Where = Pick<Channel, 'teamId' | 'id'>;

/** Whole threads of a channel, and where older ones are to be had; null: nowhere. */
export interface ThreadPage {
  messages: Message[];
  older: string | null;
}

/** What of Graph keeping a channel in step needs. */
export interface ChannelApi {
  /** A page of whole threads, those touched last first; `from` is an earlier page's `older`. */
  listThreads(channel: Where, from: string | null): Promise<ThreadPage>;
  /** Every thread touched after an ISO time, whole. Graph knows of eight months back. */
  listChangedThreads(channel: Where, since: string): Promise<Message[]>;
}

export interface ChannelPullDeps {
  store: Store;
  api: ChannelApi;
  clock: Clock;
  session: Session;
  me(): Promise<Me | null>;
  /** ChannelMessage.Read.All is granted. */
  canRead(): Promise<boolean>;
  changed(notice: ChangeNotice): void;
  /** What a read has stored: the outbox settles its unknown rows from it. */
  stored(channelId: ChatId, messages: readonly Message[]): Promise<void>;
}

export type ChannelPull = ReturnType<typeof createChannelPull>;

/** The least time between two reads of a channel over all tabs, as with chats. */
const REST_MS = 15_000;
/** A watermark is asked for again from so much earlier, since a write may come to light after a later one. */
const OVERLAP_MS = 5_000;
/** Past it Graph's delta may have forgotten something: the channel is read anew, from the newest thread down. */
const DELTA_MS = 7 * 30 * 24 * 3_600_000;
const MOST_PAGES = 10;

/**
 * Brings a channel's threads from Graph into the store, as people act: the newest page first, then whatever changed
 * since the watermark, whole threads at a time, and older pages as somebody asks for them.
 */
export function createChannelPull(deps: ChannelPullDeps) {
  const { store, api, clock } = deps;
  const states = createReadStates(deps.session);
  const running = new Map<ChatId, Promise<unknown>>();

  /** One request at a time a channel; who comes meanwhile waits for it. */
  function once(channelId: ChatId, run: () => Promise<void>): Promise<void> {
    const before = running.get(channelId);
    if (before) return before.then(() => undefined);
    const now = run().finally(() => running.delete(channelId));
    running.set(channelId, now);
    return now;
  }

  /** A person did something where this channel is shown: read what is new, at most every 15 s. Never throws. */
  function act(channel: Where): Promise<void> {
    return once(channel.id, async () => {
      const me = await deps.me();
      if (!me || !(await deps.canRead())) return;
      const state = await states.get(me.account, channel.id);
      const now = clock.now();
      if (now < state.notBefore || now - state.readAt < REST_MS) return;
      // Before the request: a worker that dies in it must not read again at once.
      await states.set(me.account, channel.id, { ...state, readAt: now });
      await reading(me, channel.id, async () => {
        const watermark = (await store.chats.get(me.account, channel.id))?.watermark;
        if (watermark && now - Date.parse(watermark) < DELTA_MS) await readChanges(me, channel, watermark);
        else await readFromTop(me, channel, watermark ?? null);
      });
    });
  }

  /** Threads older than those known, until some come. False: there are none, or none could be had (see `problem`). */
  async function older(channel: Where): Promise<boolean> {
    const me = await deps.me();
    if (!me || !(await deps.canRead())) return false;
    let found = false;
    let again = true;
    await once(channel.id, () =>
      reading(me, channel.id, async () => {
        for (let pages = 0; pages < MOST_PAGES && !found; pages++) {
          const from = (await store.channels.get(me.account, channel.id))?.older;
          if (from === null) return;
          const page = await api.listThreads(channel, from ?? null).catch((caught) => {
            // Graph's links do not last for ever: from the top, then, over what is known.
            if (!from || !again || !(caught instanceof AppFailure) || !EXPIRED.has(caught.error.code)) throw caught;
            again = false;
            return api.listThreads(channel, null);
          });
          found = await save(me, channel.id, page.messages, null);
          await store.channels.setOlder(me.account, channel.id, page.older);
        }
      }),
    );
    return found;
  }

  /**
   * The newest page. Where the channel was read long ago, pages on to what was known then; the watermark moves with the
   * last of them, so that a worker which dies between leaves no gap.
   */
  async function readFromTop(me: Me, channel: Where, until: string | null): Promise<void> {
    let from: string | null = null;
    let newest: string | null = null;
    for (let ended = false; !ended; ) {
      const { messages, older }: ThreadPage = await api.listThreads(channel, from);
      newest = later(newest, newestChange(messages));
      ended = !until || !older || messages.every((m) => later(m.modifiedAt, until) === until);
      await save(me, channel.id, messages, ended ? newest : null);
      await store.channels.setOlder(me.account, channel.id, older);
      from = older;
    }
  }

  async function readChanges(me: Me, channel: Where, watermark: string): Promise<void> {
    const since = new Date(Date.parse(watermark) - OVERLAP_MS).toISOString();
    const messages = await api.listChangedThreads(channel, since);
    await save(me, channel.id, messages, newestChange(messages));
  }

  /** One transaction, then what waits for it, then the notice. */
  async function save(me: Me, channelId: ChatId, messages: Message[], watermark: string | null): Promise<boolean> {
    // Signed out or switched meanwhile: nothing of the old account may be written any more.
    if ((await deps.me())?.account !== me.account) return false;
    const batch = { messages, me: me.userId, ...(watermark ? { watermark } : {}) };
    const saved = await store.messages.save(me.account, channelId, batch);
    await deps.stored(channelId, messages);
    if (saved.added.length || saved.replaced.length)
      deps.changed({ kind: 'messages', chatId: channelId, outbox: false });
    return saved.added.length > 0;
  }

  async function reading(me: Me, channelId: ChatId, read: () => Promise<void>): Promise<void> {
    const before = await states.get(me.account, channelId);
    let problem: AppError | null = null;
    await read().catch((caught) => {
      problem = toAppError(caught);
    });
    if ((await deps.me())?.account !== me.account) return;
    const failed = problem as AppError | null;
    const notBefore = failed?.retryAfter ? clock.now() + failed.retryAfter * 1000 : 0;
    const syncedAt = failed ? before.syncedAt : clock.now();
    await states.set(me.account, channelId, {
      ...(await states.get(me.account, channelId)),
      syncedAt,
      notBefore,
      problem,
    });
    // Whoever waits for the first reading hears its end, also where it brought nothing.
    if (before.problem?.code !== failed?.code || !before.syncedAt)
      deps.changed({ kind: 'messages', chatId: channelId, outbox: false });
  }

  return {
    act,
    older,
    /** When it was last read, and why that failed; nothing of either before. */
    async state(channelId: ChatId): Promise<{ syncedAt: string | null; problem: AppError | null }> {
      const me = await deps.me();
      const state = me && (await states.get(me.account, channelId));
      return {
        syncedAt: state?.syncedAt ? new Date(state.syncedAt).toISOString() : null,
        problem: state?.problem ?? null,
      };
    },
    /** At sign-out, beside the store's `forgetAccount`. */
    forget: (account: AccountId) => states.forget(account),
  };
}

const EXPIRED: ReadonlySet<AppError['code']> = new Set(['refused-by-microsoft', 'not-found'] as const);

function newestChange(messages: readonly Message[]): string | null {
  return messages.reduce<string | null>((newest, m) => later(newest, m.modifiedAt), null);
}
