import type { MessageId } from '../model/ids.ts';
import { orderKey } from './order-key.ts';
import type { Edge, Run } from './run.ts';
import type { ChatRow } from './schema.ts';

/** Order keys of the ends of what is known without a hole; `high` is null where that is the newest message. */
export interface Bounds {
  low: string;
  high: string | null;
  /** Nothing is older than `low`. */
  first: boolean;
}

/** The run down from the newest message. */
export function newestRun({ gap, oldest, complete }: ChatRow): Bounds {
  // A read that was cut off left a hole above what was known before.
  if (gap?.edge) return { low: orderKey(gap.edge.id), high: null, first: false };
  return { low: oldest && !complete ? orderKey(oldest.id) : '', high: null, first: complete };
}

/** The run that holds this message; null for one that lies alone among holes. */
export function runOf(row: ChatRow, id: MessageId): Bounds | null {
  const newest = newestRun(row);
  if (orderKey(id) >= newest.low) return newest;
  const run = olderRun(row, id);
  return run ? { low: orderKey(run.from.id), high: orderKey(run.to.id), first: !!run.first } : null;
}

/** The run that holds this message, where it is not the newest. */
export function olderRun(row: ChatRow, id: MessageId): Run | null {
  const key = orderKey(id);
  if (key >= newestRun(row).low) return null;
  return row.runs?.find(({ from, to }) => orderKey(from.id) <= key && key <= orderKey(to.id)) ?? null;
}

/** The row once this run is known too. Runs that share a message are one; one that reaches the newest becomes that. */
export function withRun(row: ChatRow, run: Run): ChatRow {
  const touching = (row.runs ?? []).filter((other) => meets(other, run));
  const apart = (row.runs ?? []).filter((other) => !meets(other, run));
  const whole = touching.reduce(joined, run);
  return absorbed({ ...row, runs: [...apart, whole] });
}

/** The row after its newest run has grown downwards: runs that it met are part of it. */
export function absorbed(row: ChatRow): ChatRow {
  let next = row;
  for (const run of [...(row.runs ?? [])].sort((a, b) => compare(b.to, a.to))) {
    if (!next.oldest || compare(run.to, next.oldest) < 0) break;
    if (compare(run.from, next.oldest) < 0) next = { ...next, oldest: run.from };
    if (run.first) next = { ...next, complete: true };
  }
  const runs = next.complete ? [] : (next.runs ?? []).filter((run) => !next.oldest || compare(run.to, next.oldest) < 0);
  const { runs: _, ...bare } = next;
  return runs.length ? { ...bare, runs } : bare;
}

function meets(a: Run, b: Run): boolean {
  return compare(a.from, b.to) <= 0 && compare(b.from, a.to) <= 0;
}

function joined(a: Run, b: Run): Run {
  const [low, high] = [compare(a.from, b.from) <= 0 ? a : b, compare(a.to, b.to) >= 0 ? a : b];
  return { from: low.from, to: high.to, ...(a.first || b.first ? { first: true } : {}) };
}

function compare(a: Edge, b: Edge): number {
  const [left, right] = [orderKey(a.id), orderKey(b.id)];
  return left < right ? -1 : left > right ? 1 : 0;
}
