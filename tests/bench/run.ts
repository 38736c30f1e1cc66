import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row.ts';
import { PARTS } from './parts.ts';

// npm run bench -- [--json FILE] [--only ID,…]: every row of the goals, as ratios measured in turns in one process.
const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const only = values.only?.split(/[\s,]+/).filter(Boolean);
const all = PARTS.flatMap(({ ids }) => ids);
for (const id of only ?? [])
  if (!all.includes(id)) throw new Error(`There is no row ${id}; there are ${all.join(', ')}.`);

const rows: BenchRow[] = [];
for (const part of PARTS) {
  const wanted = new Set(part.ids.filter((id) => !only || only.includes(id)));
  if (!wanted.size) continue;
  console.error(`Measuring ${[...wanted].join(', ')} …`);
  rows.push(...(await part.rows(wanted)));
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
console.log(table(rows));
// A browser that is slow to go must not hold the table back.
process.exit(rows.every(({ pass }) => pass) ? 0 : 1);

function table(rows: readonly BenchRow[]): string {
  const number = (value: number | null) => (value === null ? '–' : String(Number(value.toPrecision(4))));
  const lines = rows.map(({ id, pass, ratio, goal, value, baseline, unit, what }) => [
    id,
    pass ? 'holds' : 'MISSED',
    number(ratio),
    goal,
    number(value),
    number(baseline),
    unit,
    what,
  ]);
  const head = ['', '', 'ratio', 'goal', 'ours', 'against', 'unit', ''];
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
