import { orderKey } from './order-key.ts';
import type { Edge } from './run.ts';
import type { ChatRow } from './schema.ts';

/**
 * What a chat's row knows once all that is older than `cut` (the oldest message that stays) was taken away: it reads as
 * not stored, and is fetched again when somebody reads there.
 */
export function withoutOlder(row: ChatRow, cut: Edge): ChatRow {
  const isGone = (edge: Edge) => orderKey(edge.id) < orderKey(cut.id);
  const { runs: _, ...bare } = row;
  const next: ChatRow = { ...bare, evicted: cut, complete: false };
  if (next.oldest && isGone(next.oldest)) next.oldest = cut;
  if (next.gap?.edge && isGone(next.gap.edge)) next.gap = { ...next.gap, edge: cut };
  const runs = (row.runs ?? [])
    .filter(({ to }) => !isGone(to))
    .map((run) => (isGone(run.from) ? { from: cut, to: run.to } : run));
  return runs.length ? { ...next, runs } : next;
}
