import { execFileSync } from 'node:child_process';
import { type BenchPart, inTurns, ratioRow } from './bench-row.ts';
import { buildTimes } from './index-ways.ts';

/** S3 and S4: what our words cost beside an index in memory, in Node. */
export const indexPart: BenchPart = {
  ids: ['S3', 'S4'],
  async rows(wanted) {
    const rows = [];
    if (wanted.has('S3')) {
      const taken = await inTurns(await buildTimes(20_000));
      const what = 'words of 20,000 messages made ready for searching; against MiniSearch';
      rows.push(ratioRow({ id: 'S3', what, unit: 'ms', atMost: 1 / 8 }, taken.ours, taken.index));
    }
    if (wanted.has('S4')) {
      const { ours, index, letters } = heldBytesElsewhere(100_000);
      const what = `bytes held for searching 100,000 messages (${(ours / letters).toFixed(2)} a letter, at most 3); against MiniSearch`;
      const row = ratioRow({ id: 'S4', what, unit: 'bytes', atMost: 0.25 }, [ours], [index]);
      rows.push({ ...row, pass: row.pass && ours <= 3 * letters });
    }
    return rows;
  },
};

/** In a process of its own, which may call for the collector of garbage. */
export function heldBytesElsewhere(count: number): { ours: number; index: number; letters: number } {
  const ways = JSON.stringify(new URL('./index-ways.ts', import.meta.url).href);
  const code = `import(${ways}).then(async (m) => console.log(JSON.stringify(await m.heldBytes(${count}))))`;
  const said = execFileSync(process.execPath, ['--expose-gc', '--max-old-space-size=4096', '-e', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(said);
}
