import type { MessageAct } from '../model/message-act.ts';
import { isSameReaction } from '../model/reaction.ts';
import type { ActRow } from './schema.ts';

/** What a new act makes of those that wait for the same message. */
export interface Coalesced {
  /** Rows that go: nothing of them is sent any more. */
  drop: ActRow[];
  /** The row that does it instead. */
  into: ActRow | null;
  /** A row of its own is needed. */
  add: boolean;
}

/**
 * Two edits that wait become one, what is taken back before it left sends nothing, and a deletion makes what waits before
 * it needless. What may have left stays as it is. What failed gives way to whatever is done next.
 * @param there all rows of that message, in order
 * @param stored the message is stored as the act wants it
 */
export function coalesce(there: readonly ActRow[], act: MessageAct, stored: boolean): Coalesced {
  const same = there.filter((row) => isAlike(row.act, act));
  const failed = same.filter((row) => row.state === 'failed');
  if (act.kind === 'edit') {
    const text = there.findLast((row) => row.state !== 'failed' && row.act.kind !== 'react');
    const into = text?.act.kind === 'edit' && isUnsent(text) ? text : null;
    return { drop: failed, into, add: !into };
  }
  const last = same.findLast((row) => row.state !== 'failed');
  if (last && wantsSame(last.act, act)) return { drop: failed, into: null, add: false };
  // A deletion makes needless whatever stands before it.
  const before = act.kind === 'delete' ? there : same;
  // What is on its way decides what there will be; else what is stored.
  const leaving = same.findLast((row) => row.state !== 'failed' && !isUnsent(row));
  const add = leaving ? !wantsSame(leaving.act, act) : !stored;
  return { drop: before.filter((row) => row.state === 'failed' || isUnsent(row)), into: null, add };
}

/** Nothing of it can have reached Microsoft. */
export function isUnsent(row: { state: ActRow['state']; startedAt: number | null }): boolean {
  return row.state === 'queued' && row.startedAt === null;
}

/** Each undoes the other, or does the same. */
function isAlike(one: MessageAct, other: MessageAct): boolean {
  if (one.kind === 'react' || other.kind === 'react')
    return one.kind === 'react' && other.kind === 'react' && isSameReaction(one.reaction, other.reaction);
  return (one.kind === 'edit') === (other.kind === 'edit');
}

function wantsSame(one: MessageAct, other: MessageAct): boolean {
  return one.kind === other.kind && (one.kind !== 'react' || other.kind !== 'react' || one.on === other.on);
}
