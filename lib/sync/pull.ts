import type { Clock } from '../model/clock.ts';
import { type AppError, AppFailure, toAppError } from '../model/errors.ts';
import type { AccountId, ChatId, MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { ChangeNotice, MessagePage } from '../rpc/contract.ts';
import type { Batch } from '../storage/messages.ts';
import type { Store } from '../storage/open.ts';
import type { ChatRow } from '../storage/schema.ts';
import { isUnread } from '../storage/unread.ts';
import { edge, isNew, newestChange, provenBy, unknownSpan } from './changes.ts';
import type { Me, MessageApi, MessagesPage } from './message-api.ts';
import { createReadStates, type Session } from './read-state.ts';

export interface PullDeps {
  store: Store;
  api: MessageApi;
  clock: Clock;
  session: Session;
  me(): Promise<Me | null>;
  canRead(): Promise<boolean>;
  changed(notice: ChangeNotice): void;
  /** What a read has stored: the outbox settles its unknown rows from it. */
  stored?(chatId: ChatId, messages: readonly Message[]): Promise<void>;
}

/** What a read brought. */
export interface Read {
  /** Of others, and not read yet. */
  news: Message[];
  /** How many were written since the last read, whoever wrote and read them. */
  written: number;
}

export type Pull = ReturnType<typeof createPull>;

/** The least time between two reads of a chat over all tabs: Microsoft's rule against polling (graph facts 3.7). */
const REST_MS = 15_000;
const MOST_PAGES_A_CALL = 4;

/** Brings a chat's messages from Graph into the store, as people act; persists, then tells. */
export function createPull(deps: PullDeps) {
  const { store, api, clock } = deps;
  const states = createReadStates(deps.session);
  const reading = new Map<ChatId, Promise<Read>>();
  const paging = new Map<ChatId, Promise<unknown>>();

  /**
   * A person did something where this chat is shown: read what is new, unless it was read within 15 s, or Microsoft
   * asked to wait. An own message needs no read of its own: its copy is stored from the answer. Never throws: see
   * `problem`.
   * @param rest milliseconds since the last read of this chat; less where a person asks for this very read
   * @returns others' new messages, to whoever caused the read alone, so that each is notified of once
   */
  function act(chatId: ChatId, rest = REST_MS): Promise<Message[]> {
    const current = reading.get(chatId);
    if (current) return current.then(() => []);
    return begin(chatId, rest).then(({ news }) => news);
  }

  /**
   * The person wants what is new in this chat now, whenever it was last read.
   * @returns others' new messages, and how many were written in all
   * @throws AppFailure why it could not be read
   */
  async function now(chatId: ChatId): Promise<Read> {
    // One that began before the person asked may have missed what they ask for.
    for (let other = reading.get(chatId); other; other = reading.get(chatId)) await other;
    const read = await begin(chatId, 0);
    const me = await deps.me();
    const problem = me && (await states.get(me.account, chatId)).problem;
    if (problem) throw new AppFailure(problem);
    return read;
  }

  function begin(chatId: ChatId, rest: number): Promise<Read> {
    const run = read(chatId, rest).finally(() => reading.delete(chatId));
    reading.set(chatId, run);
    return run;
  }

  async function read(chatId: ChatId, rest: number): Promise<Read> {
    const found: Read = { news: [], written: 0 };
    const me = await deps.me();
    if (!me || !(await deps.canRead())) return found;
    const state = await states.get(me.account, chatId);
    if (clock.now() < state.notBefore || clock.now() - state.readAt < rest) return found;
    await began(me.account, chatId);
    try {
      const row = await store.chats.get(me.account, chatId);
      if (row?.watermark) await readChanges(me, row, found);
      else await readFirst(me, chatId);
      if (await isStill(me)) await succeeded(me.account, chatId);
    } catch (caught) {
      if (await isStill(me)) await failed(me.account, chatId, toAppError(caught));
    }
    return found;
  }

  /** Before the request: a worker that dies in it must not read again at once. */
  async function began(account: AccountId, chatId: ChatId): Promise<void> {
    await states.set(account, chatId, { ...(await states.get(account, chatId)), readAt: clock.now() });
  }

  /** The newest page. Nothing of it is news: the person sees the chat for the first time here. */
  async function readFirst(me: Me, chatId: ChatId): Promise<void> {
    for await (const { messages, next } of api.writtenBefore(chatId, null)) {
      await save(me, chatId, messages, { watermark: newestChange(messages), ...edge(messages, next !== null) });
      return;
    }
  }

  /**
   * All that changed since the watermark, however much: stored page by page, so that a read that is cut off is gone on
   * with where it was.
   * @param found is added to
   */
  async function readChanges(me: Me, row: ChatRow, found: Read): Promise<void> {
    // What an earlier read left open, then what came since.
    const closed = row.gap ? await readSpan(me, row, found) : row;
    if (closed) await readSpan(me, closed, found);
  }

  /** Gives the chat as it is known then; null where the person signed out meanwhile. */
  async function readSpan(me: Me, row: ChatRow, found: Read): Promise<ChatRow | null> {
    let known = row;
    for await (const { messages, next } of api.changesIn(row.chatId, unknownSpan(row))) {
      const saved = await save(me, row.chatId, messages, provenBy(known, messages, next !== null));
      if (!saved) return null;
      known = saved.row;
      const written = saved.added.filter((m) => isNew(m, row));
      found.written += written.length;
      found.news.push(...written.filter((m) => isUnread(m, known)));
    }
    return known;
  }

  /**
   * A page of the chat, from the store. The newest page is the stored one, at once: `act` brings what is new, and the
   * first fill too. Of an older page, what is missing below the oldest message known without a hole is fetched first.
   * @throws AppFailure where nothing is stored and nothing could be fetched
   */
  async function page(chatId: ChatId, before: MessageId | null, count: number): Promise<MessagePage> {
    const me = await deps.me();
    if (!me) return { messages: [], more: false };
    const canRead = await deps.canRead();
    let found = await store.messages.page(me.account, chatId, before, count);
    if (!canRead) return { ...found, more: await hasOlder(me.account, chatId, found.messages) };
    if (!before) return found.messages.length ? found : firstPage(me, chatId);
    try {
      for (let i = 0; i < MOST_PAGES_A_CALL && found.messages.length < count && found.more; i++) {
        if (!(await fetchOlder(me, chatId))) break;
        found = await store.messages.page(me.account, chatId, before, count);
      }
    } catch (caught) {
      const error = toAppError(caught);
      await failed(me.account, chatId, error);
      if (!found.messages.length) throw caught instanceof AppFailure ? caught : new AppFailure(error);
    }
    const row = await store.chats.get(me.account, chatId);
    // A chat that has been read and holds nothing has nothing older either.
    return row?.watermark ? found : { ...found, more: false };
  }

  /** Nothing is stored. A slow Microsoft keeps nobody waiting: what the first read brings is told when it is there. */
  async function firstPage(me: Me, chatId: ChatId): Promise<MessagePage> {
    const { syncedAt, problem } = await states.get(me.account, chatId);
    void act(chatId);
    if (!syncedAt && problem) throw new AppFailure(problem);
    return { messages: [], more: false, filling: !syncedAt };
  }

  /** One request at a time a chat. False: there is nothing older to be had. */
  async function fetchOlder(me: Me, chatId: ChatId): Promise<boolean> {
    const there = paging.get(chatId);
    if (there) return there.then(() => true);
    const run = olderPage(me, chatId).finally(() => paging.delete(chatId));
    paging.set(chatId, run);
    return run;
  }

  async function olderPage(me: Me, chatId: ChatId): Promise<boolean> {
    const row = await store.chats.get(me.account, chatId);
    if (row?.complete && !row.gap) return false;
    if (!row?.watermark || !row.oldest || row.gap) {
      // A read that was cut off left a hole: its rest is what is older.
      await act(chatId, row?.gap ? 0 : REST_MS);
      const problem = (await states.get(me.account, chatId)).problem;
      if (problem) throw new AppFailure(problem);
      return !!(await store.chats.get(me.account, chatId))?.watermark;
    }
    const { notBefore, problem } = await states.get(me.account, chatId);
    if (clock.now() < notBefore && problem) throw new AppFailure(problem);
    // One millisecond later than our oldest: another of the same instant must not be passed over.
    const until = new Date(Date.parse(row.oldest.createdAt) + 1).toISOString();
    for await (const { messages, next } of api.writtenBefore(chatId, until)) {
      const saved = await save(me, chatId, messages, edge(messages, next !== null));
      if (!saved) return false;
      if (problem) await succeeded(me.account, chatId);
      // More of one instant than a page holds: the next one goes on from it.
      if (saved.row.complete || saved.row.oldest?.id !== row.oldest.id) return true;
    }
    return false;
  }

  /** One transaction, then what waits for it, then the notice. Null where the person signed out while we read. */
  async function save(
    me: Me,
    chatId: ChatId,
    messages: MessagesPage['messages'],
    proves: Omit<Batch, 'messages' | 'me'>,
  ) {
    if (!(await isStill(me))) return null;
    const saved = await store.messages.save(me.account, chatId, { ...proves, messages, me: me.userId });
    await deps.stored?.(chatId, messages);
    if (saved.added.length || saved.replaced.length) deps.changed({ kind: 'messages', chatId, outbox: false });
    return saved;
  }

  /** False where the person signed out or switched meanwhile: nothing of the old account may be written any more. */
  async function isStill(me: Me): Promise<boolean> {
    return (await deps.me())?.account === me.account;
  }

  async function succeeded(account: AccountId, chatId: ChatId): Promise<void> {
    const state = await states.get(account, chatId);
    await states.set(account, chatId, { ...state, syncedAt: clock.now(), notBefore: 0, problem: null });
    if (state.problem) deps.changed({ kind: 'view' });
    // Whoever waits for the first fill hears its end, also where it brought nothing that would have been told of.
    else if (!state.syncedAt && !(await store.messages.page(account, chatId, null, 1)).messages.length)
      deps.changed({ kind: 'messages', chatId, outbox: false });
  }

  async function failed(account: AccountId, chatId: ChatId, problem: AppError): Promise<void> {
    const state = await states.get(account, chatId);
    const notBefore = problem.retryAfter ? clock.now() + problem.retryAfter * 1000 : state.notBefore;
    await states.set(account, chatId, { ...state, problem, notBefore });
    if (state.problem?.code !== problem.code) deps.changed({ kind: 'view' });
  }

  async function hasOlder(account: AccountId, chatId: ChatId, page: readonly Message[]): Promise<boolean> {
    const first = page[0];
    return !!first && (await store.messages.page(account, chatId, first.id, 1)).messages.length > 0;
  }

  return {
    act,
    now,
    page,
    /** For a read of chats that goes another way: how it stands with a chat's reading, and what to write of it. */
    states: { get: states.get, began, succeeded, failed },
    /** Why the last read of this chat failed; null when it did not. */
    async problem(chatId: ChatId): Promise<AppError | null> {
      const me = await deps.me();
      return me ? (await states.get(me.account, chatId)).problem : null;
    },
    /** ISO time of the last read that succeeded since the browser started; null before it. */
    async syncedAt(chatId: ChatId): Promise<string | null> {
      const me = await deps.me();
      const at = me ? (await states.get(me.account, chatId)).syncedAt : 0;
      return at ? new Date(at).toISOString() : null;
    },
    /** At sign-out, beside the store's `forgetAccount`. */
    forget: (account: AccountId) => states.forget(account),
  };
}
