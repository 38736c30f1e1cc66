import type { Table } from './database.ts';
import type { CounterRow } from './schema.ts';

/**
 * The next whole number, from 1, inside the caller's transaction; never given twice.
 * @param count so many of them; the first is given
 */
export async function nextNumber(counters: Table<CounterRow>, name: CounterRow['name'], count = 1): Promise<number> {
  const last = (await counters.get([name]))?.last ?? 0;
  await counters.put({ name, last: last + count });
  return last + 1;
}
