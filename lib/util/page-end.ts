/**
 * Where a page of sorted items ends: after `count` of them, and after those that lie in the very same place as the last,
 * since the next page begins below that place.
 * @returns how many items are in the page; all of them where what follows is not known yet
 */
export function pageEnd<T>(sorted: readonly T[], count: number, together: (a: T, b: T) => boolean): number {
  let end = Math.min(count, sorted.length);
  while (end > 0 && end < sorted.length && together(sorted[end - 1]!, sorted[end]!)) end++;
  return end;
}
