import { test } from '@playwright/test';

/** One line of the table: two ways of the same thing, measured in turns in one run. */
export interface Ratio {
  what: string;
  /** In `unit`. */
  ours: number;
  base: number;
  unit: string;
}

/** Type of the annotation that carries a `Ratio` to the table. */
export const RATIO = 'ratio';

/**
 * Measures both in turns, so that whatever else the machine does meets both, and keeps the medians. The first round
 * warms caches up and does not count.
 */
export async function inTurns(
  what: string,
  ours: () => Promise<number>,
  base: () => Promise<number>,
  { rounds = 7, unit = 'ms' } = {},
): Promise<Ratio> {
  const taken = { ours: [] as number[], base: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await ours(), await base()];
    if (round === 0) continue;
    taken.ours.push(a);
    taken.base.push(b);
  }
  return tell({ what, ours: median(taken.ours), base: median(taken.base), unit });
}

/** What was counted, not timed: once is enough. */
export function tell(ratio: Ratio): Ratio {
  test.info().annotations.push({ type: RATIO, description: JSON.stringify(ratio) });
  return ratio;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
