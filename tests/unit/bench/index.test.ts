import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inTurns, ratioRow } from '../../bench/bench-row.ts';
import { heldBytesElsewhere } from '../../bench/index.part.ts';
import { buildTimes } from '../../bench/index-ways.ts';

// Without a browser, and small enough for every run; `npm run bench` measures the same with more.
describe.skipIf(!existsSync('node_modules/minisearch'))('the words of messages', () => {
  test('are ready at least eight times as fast as an index in memory (S3)', { timeout: 120_000 }, async () => {
    const { ours, index } = await inTurns(await buildTimes(5_000), 3);
    const { ratio } = ratioRow({ id: 'S3', what: '', unit: 'ms', atMost: 1 / 8 }, ours, index);
    expect(ratio).toBeLessThanOrEqual(1 / 8);
  });

  test('take a quarter of its room at most, and three bytes a letter (S4)', { timeout: 120_000 }, () => {
    const { ours, index, letters } = heldBytesElsewhere(20_000);
    expect(ours / index).toBeLessThanOrEqual(0.25);
    expect(ours / letters).toBeLessThanOrEqual(3);
  });
});
