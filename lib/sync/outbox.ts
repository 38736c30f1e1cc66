import type { Clock } from '../model/clock.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { AccountId, ChatId } from '../model/ids.ts';
import type { ChannelPlace, Message, MessageContent } from '../model/message.ts';
import { sizeProblem } from '../model/message-size.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import type { NewActRow } from '../storage/act-rows.ts';
import type { Store } from '../storage/open.ts';
import type { NewOutboxRow } from '../storage/outbox.ts';
import type { ActRow, OutboxRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import { moveAct } from './act-row.ts';
import type { Me, MessageApi } from './message-api.ts';
import { actsOn, outgoingOf } from './outbox-view.ts';
import { findCopy } from './read-back.ts';
import { afterLostWorker, WAIT_MS } from './send-outcome.ts';
import { moveSend, type RowDeps, settleSend } from './send-row.ts';
import { createUploads, type FilesApi, UNDO_MS } from './uploads.ts';
import { waitsForFiles } from './with-files.ts';

export interface OutboxDeps {
  store: Store;
  api: MessageApi;
  /** OneDrive, for files that go along. */
  files: FilesApi;
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

/** Between two tries to take back what was uploaded for a discarded message. */
const OVER_MS = 1000;
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
  const uploads = createUploads({ ...deps, alarm: setAlarm, ready: soon });
  const tell = (chatId: ChatId) => deps.changed({ kind: 'messages', chatId, outbox: true });

  /**
   * Writes the message down and begins to send it. Resolves once it is on the disk; an id that was used before changes
   * nothing. The caller has checked that record, chat, account and ERPNext user are those on screen.
   * @throws AppFailure `too-long`
   */
  async function enqueue(row: NewOutboxRow): Promise<void> {
    checkSize(row.content);
    for (const { id, name, size } of row.files ?? []) {
      if (await store.files.isWhole(row.account, id, size)) continue;
      // Called again after it was sent, there is nothing left to look for.
      if (await store.outbox.outcome(row.account, row.localId)) return;
      throw fail('not-found', `“${name}” is not here any more`, 'Take it out of the message and choose it again.');
    }
    if (!(await store.outbox.add(row))) return;
    tell(row.chatId);
    soon(row.chatId);
  }

  /** As `enqueue`, for what is done to a message that is there; what takes back what still waits sends nothing. */
  async function act(row: NewActRow): Promise<void> {
    if (row.act.kind === 'edit') checkSize(row.act.content);
    const me = await deps.me();
    if (!me || !(await store.outbox.addAct(row, me.userId))) return;
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
    // Files take their time, and nothing else waits for them.
    void uploads.run().catch(() => {});
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

  /** Moves one of the chat's rows by one state. False: nothing more to do now. */
  async function step(me: Me, chatId: ChatId): Promise<boolean> {
    for (const head of heads(await store.outbox.list(me.account, chatId))) {
      const lost = head.state === 'sending';
      if (!lost && (head.notBefore > clock.now() || !deps.online())) continue;
      // Signed out or switched while we waited: the row stays with its account.
      if (!lost && (await deps.me())?.account !== me.account) return false;
      if (await (head.act ? moveAct(moving, head, me) : moveSend(moving, head, me))) return true;
    }
    return false;
  }

  const moving: RowDeps = { ...deps, change, gone: ({ chatId }) => tell(chatId) };

  async function change<Row extends OutboxRow>(row: Row, to: Partial<Row>): Promise<Row | undefined> {
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
      if (row.act || row.state !== 'unknown') continue;
      const copy = findCopy(messages, row, me.userId, await store.outbox.settledBy(me.account, chatId));
      if (copy) await settleSend(moving, row, copy, me);
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
        ? await change(row, { ...again, ...(row.act ? { bases: await textNow(row) } : {}) })
        : undefined;
    if (!queued) {
      throw fail('not-permitted', 'This cannot be sent again yet', 'Deskside is still sending or looking for it.');
    }
    soon(row.chatId);
  }

  /** What the person sees under a refused edit, and wants it over nevertheless. */
  async function textNow({ account, chatId, act }: ActRow): Promise<string[]> {
    const message = await store.messages.get(account, chatId, act.id);
    return message ? [foldText(message.html)] : [];
  }

  /**
   * Another text for what was not sent yet.
   * @throws AppFailure `not-permitted` where it may be on its way; `too-long`
   */
  async function rewrite(localId: string, content: MessageContent): Promise<void> {
    const row = await mine(localId);
    if (!row) throw fail('not-permitted', 'This message has been sent', 'Edit it where it stands in the chat.');
    checkSize(content);
    await store.outbox.rewrite(row.account, localId, content);
    tell(row.chatId);
    soon(row.chatId);
  }

  /** The person gives it up. @throws AppFailure `not-permitted` while it is on its way */
  async function discard(localId: string): Promise<void> {
    const row = await mine(localId);
    if (!row) return;
    await store.outbox.discard(row.account, localId, clock.now());
    tell(row.chatId);
    // What it held back may go now.
    soon(row.chatId);
  }

  /** The discarding is undone, if that is not too late: the message waits again as it did. */
  async function restore(localId: string): Promise<void> {
    const me = await deps.me();
    if (!me || !(await store.outbox.restore(me.account, localId)))
      throw fail('not-permitted', 'This is too late', 'The message was discarded for good. Write it again.');
    const row = await store.outbox.get(me.account, localId);
    if (!row) return;
    tell(row.chatId);
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
      if (row.state === 'sending' && !running.has(row.chatId))
        await change(row, row.act ? { state: 'unknown', notBefore: clock.now() } : afterLostWorker(clock.now()));
    }
    await store.outbox.prune(clock.now() - RECEIPTS_KEPT_MS);
    await drain();
  }

  async function mine(localId: string): Promise<OutboxRow | undefined> {
    const me = await deps.me();
    return me ? store.outbox.get(me.account, localId) : undefined;
  }

  async function setAlarm(account: AccountId): Promise<void> {
    const now = clock.now();
    const due = (await store.outbox.list(account))
      // After two empty looks only the person's acts look again.
      .filter((row) => row.state !== 'failed' && !(row.state === 'unknown' && row.mayResend))
      // What is due and did not go (offline, behind another) is tried again in a minute.
      .map((row) => (row.notBefore > now ? row.notBefore : now + WAIT_MS));
    const over = (await store.outbox.discards(account)).map(({ at }) => Math.max(at + UNDO_MS, now + OVER_MS));
    if (due.length + over.length) deps.wake(Math.min(...due, ...over));
  }

  const view = (account: AccountId, chatId: ChatId) => outgoingOf(store, account, chatId);
  const acts = (account: AccountId, chatId: ChatId) => actsOn(store, account, chatId);
  return {
    enqueue,
    act,
    rewrite,
    restore,
    uploads,
    drain,
    mended,
    settleFrom,
    resend,
    discard,
    start,
    view,
    acts,
  };
}

/**
 * The first row of each queue, in the order of writing. A chat's messages wait for one another; what is done to a message
 * waits for what was done to it before, and for nothing else. What failed holds nothing back.
 */
function heads(rows: readonly OutboxRow[]): OutboxRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const queue = row.act?.id ?? '';
    if (row.state === 'failed' || waitsForFiles(row) || seen.has(queue)) return false;
    seen.add(queue);
    return true;
  });
}

const again = { state: 'queued', problem: null, emptyLooks: 0, mayResend: false, notBefore: 0 } as const;

/** @throws AppFailure `too-long` */
function checkSize(content: MessageContent): void {
  const problem = sizeProblem(content);
  if (problem) throw new AppFailure(problem);
}
