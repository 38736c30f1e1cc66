import type { Clock } from '../model/clock.ts';
import { toAppError } from '../model/errors.ts';
import type { ChannelPlace, Message } from '../model/message.ts';
import type { Store } from '../storage/open.ts';
import type { OutboxRow, SendRow } from '../storage/schema.ts';
import type { Me, MessageApi } from './message-api.ts';
import { readBack } from './read-back.ts';
import { afterEmptyLook, afterFailedSend, afterLostWorker, cannotLook, waitAfter } from './send-outcome.ts';
import { withFiles } from './with-files.ts';

/** What moving a row takes. */
export interface RowDeps {
  store: Store;
  api: MessageApi;
  clock: Clock;
  /** Whether chats may be read (Chat.Read), or this channel, so that a lost answer can be looked for. */
  canRead(channel?: ChannelPlace): Promise<boolean>;
  /** Changes the row where it is still in the state we saw it in: the person may have discarded it meanwhile. */
  change<Row extends OutboxRow>(row: Row, to: Partial<Row>): Promise<Row | undefined>;
  /** Says that a row went. */
  gone(row: OutboxRow): void;
}

/** Moves a message on its way by one state. False: nothing more to do now. */
export async function moveSend(deps: RowDeps, row: SendRow, me: Me): Promise<boolean> {
  // Nobody but this runner sends: what it finds on its way was left by a worker that died.
  if (row.state === 'sending') return !!(await deps.change(row, afterLostWorker(deps.clock.now())));
  return row.state === 'unknown' ? look(deps, row, me) : send(deps, row, me);
}

async function send(deps: RowDeps, row: SendRow, me: Me): Promise<boolean> {
  const { store, clock, change } = deps;
  // Sent again by the person: the first one may have come to light since.
  if (row.startedAt !== null && (await deps.canRead(row.channel))) {
    try {
      const copy = await readBack(deps, row, me.userId);
      if (copy) return settleSend(deps, row, copy, me);
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
    // As it stands now: the person may have written it anew since it was read.
    copy = await deps.api.sendMessage(sending, withFiles(sending), sending.replyTo);
  } catch (caught) {
    const after = await change(sending, afterFailedSend(caught, row, clock.now()));
    return after?.state !== 'queued';
  }
  return settleSend(deps, sending, copy, me);
}

async function look(deps: RowDeps, row: SendRow, me: Me): Promise<boolean> {
  const { clock, change } = deps;
  if (!(await deps.canRead(row.channel))) {
    if (!row.mayResend) await change(row, cannotLook);
    return false;
  }
  try {
    const copy = await readBack(deps, row, me.userId);
    if (copy) return settleSend(deps, row, copy, me);
    await change(row, afterEmptyLook(row, clock.now()));
  } catch (caught) {
    const error = toAppError(caught);
    // A look that could not be made is no empty look.
    const wait = { notBefore: clock.now() + waitAfter(error) };
    await change(row, error.code === 'missing-scope' ? { ...wait, ...cannotLook } : wait);
  }
  return false;
}

/** The server's copy takes the row's place. */
export async function settleSend(deps: RowDeps, row: SendRow, copy: Message, me: Me): Promise<boolean> {
  const settled = await deps.store.outbox.settle(row, copy, me.userId, deps.clock.now());
  deps.gone(row);
  return settled;
}
