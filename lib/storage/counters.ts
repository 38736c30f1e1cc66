import type { Table } from './database.ts';
import type { CounterRow } from './schema.ts';

/** The next whole number, from 1, inside the caller's transaction; never given twice. */
export async function nextNumber(counters: Table<CounterRow>, name: CounterRow['name']): Promise<number> {
  const next = ((await counters.get([name]))?.last ?? 0) + 1;
  await counters.put({ name, last: next });
  return next;
}
