import type { Clock } from '../model/clock.ts';
import { AppFailure, fail, toAppError } from '../model/errors.ts';
import type { AccountId, ChatId } from '../model/ids.ts';
import type { ChannelPlace, Message, OutgoingMessage } from '../model/message.ts';
import { sizeProblem } from '../model/message-size.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import type { Store } from '../storage/open.ts';
import type { NewOutboxRow } from '../storage/outbox.ts';
import type { OutboxRow } from '../storage/schema.ts';
import type { Me, MessageApi } from './message-api.ts';
import { findCopy, readBack } from './read-back.ts';
import { afterEmptyLook, afterFailedSend, afterLostWorker, cannotLook, WAIT_MS, waitAfter } from './send-outcome.ts';

export interface OutboxDeps {
  store: Store;
  api: MessageApi;
  clock: Clock;
  me(): Promise<Me | null>;
  /** Whether chats may be read (Chat.Read), or this channel, so that a lost answer can be looked for. */
  canRead(channel?: ChannelPlace): Promise<boolean>;
  changed(notice: ChangeNotice): void;
  online(): boolean;
  /** Sets the alarm: call `drain()` at this time (milliseconds since 1970). A later call replaces it. */
  wake(at: number): void;
}

export type Outbox = ReturnType<typeof createOutbox>;

const RECEIPTS_KEPT_MS = 30 * 24 * 3_600_000;

/**
 * Sends what people write, each message once: a row is on the disk before its first byte leaves, and what has no answer
 * is looked for, never sent again by itself. The worker may die between any two lines.
 *
 * Order is kept within a chat. An `unknown` head holds the chat's later rows back: it may still arrive, and sending the
 * next first could turn the order round or let one text settle the other. A `failed` head holds nothing back: it surely
 * did not arrive, and waits for the person for as long as they like.
 */
export function createOutbox(deps: OutboxDeps) {
  const { store, clock } = deps;
  /** One runner a chat; whoever comes while it runs has it look once more. */
  const running = new Map<ChatId, { again: boolean; done: Promise<void> }>();
  const tell = (chatId: ChatId) => deps.changed({ kind: 'messages', chatId, outbox: true });

  /**
   * Writes the message down and begins to send it. Resolves once it is on the disk; an id that was used before changes
   * nothing. The caller has checked that record, chat, account and ERPNext user are those on screen.
   * @throws AppFailure `too-long`
   */
  async function enqueue(row: NewOutboxRow): Promise<void> {
    const problem = sizeProblem(row.content);
    if (problem) throw new AppFailure(problem);
    if (!(await store.outbox.add(row))) return;
    tell(row.chatId);
    soon(row.chatId);
  }

  /** Nobody waits for it. What goes wrong stands in the row; where even that could not be written, the alarm comes. */
  function soon(chatId: ChatId): void {
    void drain(chatId).catch(() => {});
  }

  /** Sends and looks for all that is due, of one chat or of all. Resolves when nothing more can be done now. */
  async function drain(chatId?: ChatId): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    // Before, too: should the worker die in the middle, the alarm starts the next one.
    await setAlarm(me.account);
    const rows = await store.outbox.list(me.account, chatId);
    await Promise.all([...new Set(rows.map((row) => row.chatId))].map((id) => drainChat(me, id)));
    await setAlarm(me.account);
  }

  function drainChat(me: Me, chatId: ChatId): Promise<void> {
    const there = running.get(chatId);
    if (there) {
      there.again = true;
      return there.done;
    }
    const run = { again: false, done: Promise.resolve() };
    running.set(chatId, run);
    run.done = (async () => {
      try {
        do {
          run.again = false;
          while (await step(me, chatId));
        } while (run.again);
      } finally {
        running.delete(chatId);
      }
    })();
    return run.done;
  }

  /** Moves the chat's head by one state. False: nothing more to do now. */
  async function step(me: Me, chatId: ChatId): Promise<boolean> {
    const head = (await store.outbox.list(me.account, chatId)).find((row) => row.state !== 'failed');
    if (!head) return false;
    // Nobody but this runner sends: what it finds on its way was left by a worker that died.
    if (head.state === 'sending') return !!(await change(head, afterLostWorker(clock.now())));
    if (head.notBefore > clock.now() || !deps.online()) return false;
    // Signed out or switched while we waited: the row stays with its account.
    if ((await deps.me())?.account !== me.account) return false;
    return head.state === 'unknown' ? look(head, me) : send(head, me);
  }

  async function send(row: OutboxRow, me: Me): Promise<boolean> {
    // Sent again by the person: the first one may have come to light since.
    if (row.startedAt !== null && (await deps.canRead(row.channel))) {
      try {
        const copy = await readBack(deps, row, me.userId);
        if (copy) return settle(row, copy, me);
      } catch (caught) {
        await change(row, { notBefore: clock.now() + waitAfter(toAppError(caught)) });
        return false;
      }
    }
    const known = row.startedAt === null ? (await store.messages.newest(row.account, row.chatId))?.id : row.newestKnown;
    const sending = await change(row, {
      state: 'sending',
      problem: null,
      startedAt: row.startedAt ?? clock.now(),
      newestKnown: known ?? null,
    });
    if (!sending) return true;
    let copy: Message;
    try {
      copy = await deps.api.sendMessage(row, row.content, row.replyTo);
    } catch (caught) {
      const after = await change(sending, afterFailedSend(caught, row, clock.now()));
      return after?.state !== 'queued';
    }
    return settle(sending, copy, me);
  }

  async function look(row: OutboxRow, me: Me): Promise<boolean> {
    if (!(await deps.canRead(row.channel))) {
      if (!row.mayResend) await change(row, cannotLook);
      return false;
    }
    try {
      const copy = await readBack(deps, row, me.userId);
      if (copy) return settle(row, copy, me);
      await change(row, afterEmptyLook(row, clock.now()));
    } catch (caught) {
      const error = toAppError(caught);
      // A look that could not be made is no empty look.
      const wait = { notBefore: clock.now() + waitAfter(error) };
      await change(row, error.code === 'missing-scope' ? { ...wait, ...cannotLook } : wait);
    }
    return false;
  }

  async function settle(row: OutboxRow, copy: Message, me: Me): Promise<boolean> {
    const settled = await store.outbox.settle(row, copy, me.userId, clock.now());
    tell(row.chatId);
    return settled;
  }

  /** Only from the state we saw it in: the person may have discarded it meanwhile. */
  async function change(row: OutboxRow, to: Partial<OutboxRow>): Promise<OutboxRow | undefined> {
    const next = await store.outbox.change(row.account, row.localId, [row.state], to);
    if (next) tell(row.chatId);
    return next;
  }

  /**
   * Messages that a read has stored: those that are the copies of `unknown` rows settle them, so that the chat never
   * shows a message twice, once as sent and once as unknown.
   */
  async function settleFrom(chatId: ChatId, messages: readonly Message[]): Promise<void> {
    const me = await deps.me();
    if (!me) return;
    for (const row of await store.outbox.list(me.account, chatId)) {
      if (row.state !== 'unknown') continue;
      const copy = findCopy(messages, row, me.userId, await store.outbox.settledBy(me.account, chatId));
      if (copy) await settle(row, copy, me);
    }
  }

  /**
   * The person sends again what failed, or what two looks did not find.
   * @throws AppFailure `not-permitted` where it is neither
   */
  async function resend(localId: string): Promise<void> {
    const row = await mine(localId);
    if (!row) return;
    const queued =
      row.state === 'failed' || (row.state === 'unknown' && row.mayResend)
        ? await change(row, { state: 'queued', problem: null, emptyLooks: 0, mayResend: false, notBefore: 0 })
        : undefined;
    if (!queued) {
      throw fail('not-permitted', 'This cannot be sent again yet', 'Deskside is still sending or looking for it.');
    }
    soon(row.chatId);
  }

  /** The person gives the text up. @throws AppFailure `not-permitted` while it is on its way */
  async function discard(localId: string): Promise<void> {
    const row = await mine(localId);
    if (!row) return;
    await store.outbox.discard(row.account, localId, clock.now());
    tell(row.chatId);
    // What it held back may go now.
    soon(row.chatId);
  }

  /** The person signed in, or allowed what was missing: what waited for that goes at once. */
  async function mended(): Promise<void> {
    const me = await deps.me();
    for (const row of me ? await store.outbox.list(me.account) : []) {
      if (row.state === 'queued' && row.problem) await change(row, { problem: null, notBefore: 0 });
    }
    await drain();
  }

  /** At the worker's start: what was on its way when the last one died is `unknown`; then all that is due. */
  async function start(): Promise<void> {
    const me = await deps.me();
    for (const row of me ? await store.outbox.list(me.account) : []) {
      if (row.state === 'sending' && !running.has(row.chatId)) await change(row, afterLostWorker(clock.now()));
    }
    await store.outbox.prune(clock.now() - RECEIPTS_KEPT_MS);
    await drain();
  }

  /** What the panel shows of a chat, in the order of writing. */
  async function view(account: AccountId, chatId: ChatId): Promise<OutgoingMessage[]> {
    const rows = await store.outbox.list(account, chatId);
    return rows.map(({ localId, channel, content, replyTo, state, writtenAt, problem, emptyLooks, mayResend }) => {
      return {
        localId,
        chatId,
        ...(channel ? { channel } : {}),
        content,
        replyTo,
        state,
        writtenAt,
        problem,
        emptyLooks,
        mayResend,
      };
    });
  }

  async function mine(localId: string): Promise<OutboxRow | undefined> {
    const me = await deps.me();
    return me ? store.outbox.get(me.account, localId) : undefined;
  }

  async function setAlarm(account: AccountId): Promise<void> {
    const now = clock.now();
    const due = (await store.outbox.list(account))
      // After two empty looks only the person's acts look again.
      .filter((row) => row.state === 'queued' || row.state === 'sending' || (row.state === 'unknown' && !row.mayResend))
      // What is due and did not go (offline, behind another) is tried again in a minute.
      .map((row) => (row.notBefore > now ? row.notBefore : now + WAIT_MS));
    if (due.length) deps.wake(Math.min(...due));
  }

  return { enqueue, drain, mended, settleFrom, resend, discard, start, view };
}
