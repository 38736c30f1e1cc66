/** A line of the table: what was measured, what it was measured against, and whether that is good enough. */
export interface BenchRow {
  /** As in the goals: I1, S5, … */
  id: string;
  what: string;
  /** Ours, in `unit`: the median of the rounds. */
  value: number;
  unit: string;
  /** The same unit, from the same rounds; null where the goal is a number of its own. */
  baseline: number | null;
  /** The median of the rounds' own ratios, ours to the baseline: of costs or of speeds, as `unit` says. */
  ratio: number | null;
  /** In words, for example "≥ 1.8 x". */
  goal: string;
  pass: boolean;
}

/** Some lines of the table, and how they come about. */
export interface BenchPart {
  ids: readonly string[];
  /** Measures those that are wanted; each begins and ends by itself. */
  rows(wanted: ReadonlySet<string>): Promise<BenchRow[]>;
}

/** The fewest rounds that count. */
export const ROUNDS = 7;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : ((sorted[middle - 1] ?? Number.NaN) + sorted[middle]!) / 2;
}

export interface Goal {
  /** The ratio must not be less, or not be more. */
  atLeast?: number;
  atMost?: number;
}

/** What both took in each round, as a line: paired by round, so that whatever else the machine did met both. */
export function ratioRow(
  line: Pick<BenchRow, 'id' | 'what' | 'unit'> & Goal,
  ours: readonly number[],
  base: readonly number[],
): BenchRow {
  const { id, what, unit, atLeast, atMost } = line;
  const ratio = median(ours.map((value, round) => value / base[round]!));
  const goal = atLeast !== undefined ? `≥ ${atLeast} x` : atMost !== undefined ? `≤ ${atMost} x` : '';
  const pass = (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost);
  return { id, what, value: round(median(ours)), unit, baseline: round(median(base)), ratio: round(ratio), goal, pass };
}

/** What was counted: exact, so once is enough. */
export function countRow(line: Pick<BenchRow, 'id' | 'what' | 'unit'>, value: number, wanted: number): BenchRow {
  return { ...line, value, baseline: wanted, ratio: null, goal: `= ${wanted}`, pass: value === wanted };
}

/**
 * Both in turns, `rounds` times after one that only warms up. Whoever comes first changes with each round.
 * @returns what each round took
 */
export async function inTurns<K extends string>(
  ways: Record<K, () => Promise<number> | number>,
  rounds = ROUNDS,
): Promise<Record<K, number[]>> {
  const names = Object.keys(ways) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let turn = 0; turn <= rounds; turn++)
    for (const name of turn % 2 ? names : names.toReversed()) {
      const value = await ways[name]();
      if (turn > 0) taken[name].push(value);
    }
  return taken;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
