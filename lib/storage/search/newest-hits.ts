import { type Hit, hitAt, type Scan, scanSegment } from './scan.ts';
import type { Segment } from './segment.ts';

/** In the order of time, and of their keys and chats where several were written at once. */
export type Place = Pick<Hit, 'at' | 'key' | 'no'>;

/**
 * The newest hits, each message once, the newest first.
 * @param segments by their newest message, the newest first: none is looked at that cannot hold one that is new enough
 * @param below only those older than this
 */
export function newestHits(segments: readonly Segment[], scan: Scan, below: Place | null, count: number): Hit[] {
  const from = below ? { ...scan, before: Math.min(scan.before, below.at + 1) } : scan;
  let hits: Hit[] = [];
  let oldest = Number.NEGATIVE_INFINITY;
  // To sort them with each segment would cost more than it gives, where there are many small ones.
  let enough = count;
  for (const segment of segments) {
    if (segment.newestAt < oldest) break;
    // Of one segment the newest are enough, and a few words stand in thousands of lines. Of one time all are taken: they
    // lie in no order.
    let wanted = count;
    let last = Number.POSITIVE_INFINITY;
    for (const line of scanSegment(segment, from, oldest)) {
      if (wanted <= 0 && segment.at[line]! < last) break;
      const hit = hitAt(segment, line);
      if (below && newestFirst(below, hit) >= 0) continue;
      hits.push(hit);
      last = hit.at;
      wanted--;
    }
    if (hits.length < enough) continue;
    hits = newest(hits, count);
    if (hits.length < count) continue;
    oldest = hits.at(-1)!.at;
    enough = count * 2;
  }
  return newest(hits, count);
}

function newest(hits: Hit[], count: number): Hit[] {
  const sorted = hits.sort(newestFirst);
  return sorted.filter((hit, i) => i === 0 || newestFirst(sorted[i - 1]!, hit) !== 0).slice(0, count);
}

function newestFirst(a: Place, b: Place): number {
  return b.at - a.at || compare(b.key, a.key) || b.no - a.no;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
