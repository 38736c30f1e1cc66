import { expect, test } from 'vitest';
import { syncPart } from '../../bench/sync.part.ts';

test('a run through all chats costs what it must, and no more', { timeout: 60_000 }, async () => {
  const rows = await syncPart.rows(new Set(syncPart.ids));
  expect(rows.map(({ id }) => id)).toEqual(['G1', 'G2', 'G3']);
  for (const row of rows) expect(row, row.what).toMatchObject({ pass: true });
});
