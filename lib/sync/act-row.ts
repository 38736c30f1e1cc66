import { toAppError } from '../model/errors.ts';
import type { Message } from '../model/message.ts';
import { ownReaction } from '../model/reaction.ts';
import { isDone } from '../storage/act-done.ts';
import type { ActRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import { actFailed, afterFailedAct, changedElsewhere } from './act-outcome.ts';
import type { Me } from './message-api.ts';
import { REFUSED, waitAfter } from './send-outcome.ts';
import type { RowDeps } from './send-row.ts';

/** An edit that waited longer than this looks first what it would be put over. */
const FRESH_MS = 30_000;

/**
 * Moves a change of a message by one state. Whose answer was lost is looked for at the message itself, and done again
 * only where it is not there: an edit repeated blindly could undo a later one. A reaction may simply be repeated. False:
 * nothing more to do now.
 */
export async function moveAct(deps: RowDeps, row: ActRow, me: Me): Promise<boolean> {
  const { state, act, writtenAt } = row;
  if (state === 'sending') return !!(await deps.change(row, { state: 'unknown', notBefore: deps.clock.now() }));
  const repeats = act.kind === 'react' || !(await deps.canRead(row.channel));
  const old = act.kind === 'edit' && deps.clock.now() - writtenAt > FRESH_MS;
  if (!repeats && (state !== 'queued' || old)) return look(deps, row, me);
  return transmit(deps, row, me);
}

async function look(deps: RowDeps, row: ActRow, me: Me): Promise<boolean> {
  const { change } = deps;
  let copy: Message;
  try {
    copy = await deps.api.getMessage(row, row.act.id);
  } catch (caught) {
    const error = toAppError(caught);
    if (REFUSED.has(error.code)) return !!(await change(row, actFailed(error)));
    await change(row, { notBefore: deps.clock.now() + waitAfter(error) });
    return false;
  }
  // Graph said yes before: this is the text that it gave back.
  if (row.state === 'sent' || isDone(copy, row.act, me.userId)) return settle(deps, row, copy, me);
  if (isOther(copy, row)) {
    await deps.store.messages.save(row.account, row.chatId, { messages: [copy], me: me.userId });
    return !!(await change(row, actFailed(changedElsewhere(!!copy.deletedAt))));
  }
  return transmit(deps, row, me);
}

async function transmit(deps: RowDeps, row: ActRow, me: Me): Promise<boolean> {
  const { change, clock } = deps;
  const sending = await change(row, { state: 'sending', problem: null, startedAt: row.startedAt ?? clock.now() });
  if (!sending) return true;
  try {
    await deps.api.changeMessage(sending, await asGraphHasIt(deps, sending, me), me.userId);
  } catch (caught) {
    const error = toAppError(caught);
    const there = REFUSED.has(error.code) ? await doneElsewhere(deps, sending, me) : null;
    if (there) return settle(deps, sending, there, me);
    const after = await change(sending, afterFailedAct(error, row, clock.now()));
    return after?.state !== 'queued' && after?.notBefore !== undefined && after.notBefore <= clock.now();
  }
  // What a restored message said is Graph's to tell.
  if (row.act.kind === 'restore') return !!(await change(sending, { state: 'sent', notBefore: 0 }));
  return settle(deps, sending, 'as-asked', me);
}

async function settle(deps: RowDeps, row: ActRow, copy: Message | 'as-asked', me: Me): Promise<boolean> {
  const settled = await deps.store.outbox.settleAct(row, copy, me.userId, deps.clock.now());
  deps.gone(row);
  return settled;
}

/** Neither what the edit was written over nor what it makes of it. */
function isOther(copy: Message, { act, bases }: ActRow): boolean {
  if (act.kind !== 'edit') return false;
  return !!copy.deletedAt || (bases.length > 0 && !bases.includes(foldText(copy.html)));
}

/** The message, where the act was refused since it is so already, by another device. */
async function doneElsewhere(deps: RowDeps, row: ActRow, me: Me): Promise<Message | null> {
  if (!(await deps.canRead(row.channel))) return null;
  return deps.api.getMessage(row, row.act.id).then(
    (copy) => (isDone(copy, row.act, me.userId) ? copy : null),
    () => null,
  );
}

/** A reaction is taken away under the name it was told by: Graph has old names for some. */
async function asGraphHasIt({ store }: RowDeps, { act, account, chatId }: ActRow, me: Me): Promise<ActRow['act']> {
  if (act.kind !== 'react' || act.on) return act;
  const message = await store.messages.get(account, chatId, act.id);
  return { ...act, reaction: (message && ownReaction(message, act.reaction, me.userId)) ?? act.reaction };
}
