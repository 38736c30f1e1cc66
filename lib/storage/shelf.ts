import type { Table } from './database.ts';

/** How things of one chat, in the order of their keys, lie many to a row: IndexedDB costs by the row, not by the byte. */
export interface Shelf<Row, Item> {
  /** The most a row holds. */
  size: number;
  keyOf(item: Item): string;
  itemsOf(row: Row): Item[];
  /** @param firstKey of the first item */
  rowOf(no: number, firstKey: string, items: Item[]): Row;
  /** Whether this one takes the place of the stored one with the same key. */
  wins(incoming: Item, stored: Item): boolean;
}

/** Rows are keyed by the chat's number and their first item's key. */
export interface ShelfRow {
  no: number;
  firstKey: string;
}

export interface Shelved<Item> {
  added: Item[];
  replaced: Item[];
}

/**
 * Puts items of one chat each in its place. Rows that hold nothing new are not written. Runs inside the caller's
 * transaction.
 * @param sorted by key, each key once
 */
export async function shelve<Row extends ShelfRow, Item>(
  table: Table<Row>,
  shelf: Shelf<Row, Item>,
  no: number,
  sorted: readonly Item[],
): Promise<Shelved<Item>> {
  const result: Shelved<Item> = { added: [], replaced: [] };
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return result;
  const stored = await rowsAround(table, no, shelf.keyOf(first), shelf.keyOf(last));
  const rows = stored.map((row) => opened(shelf, row.firstKey, [...shelf.itemsOf(row)]));
  if (!rows.length) rows.push(opened(shelf, '', []));
  for (const item of sorted) {
    const key = shelf.keyOf(item);
    const row = rows.findLast((r) => r.firstKey <= key) ?? rows[0]!;
    const at = position(shelf, row.items, key);
    const there = row.items[at];
    if (there !== undefined && shelf.keyOf(there) === key) {
      if (!shelf.wins(item, there)) continue;
      row.items[at] = item;
      result.replaced.push(item);
    } else {
      row.items.splice(at, 0, item);
      result.added.push(item);
    }
    row.changed = true;
  }
  for (const row of rows) if (row.changed) await rewrite(table, shelf, no, row);
  return result;
}

/** A row while items are put into it. */
interface Opened<Item> {
  firstKey: string;
  items: Item[];
  /** Key of its last item as it is stored; undefined where none is. */
  storedTo: string | undefined;
  changed: boolean;
}

function opened<Row, Item>({ keyOf }: Shelf<Row, Item>, firstKey: string, items: Item[]): Opened<Item> {
  const last = items.at(-1);
  return { firstKey, items, storedTo: last === undefined ? undefined : keyOf(last), changed: false };
}

/** The rows that hold keys from `lowest` to `highest`, in order; where all begin later, the one to write before. */
async function rowsAround<Row extends ShelfRow>(table: Table<Row>, no: number, lowest: string, highest: string) {
  const found: Row[] = [];
  let end: { upTo: string } | { below: string } = { upTo: highest };
  for (;;) {
    const [row] = await table.list({ prefix: [no], ...end }, { count: 1, reverse: true });
    if (!row) break;
    found.unshift(row);
    if (row.firstKey <= lowest) return found;
    end = { below: row.firstKey };
  }
  return found.length ? found : table.list({ prefix: [no] }, { count: 1 });
}

async function rewrite<Row extends ShelfRow, Item>(
  table: Table<Row>,
  shelf: Shelf<Row, Item>,
  no: number,
  { firstKey, items, storedTo }: Opened<Item>,
): Promise<void> {
  const { size, keyOf } = shelf;
  // Written at its end (the usual), a row is filled before the next begins; written at its front, as older pages come
  // in, the room stays in front.
  const newest = items.at(-1);
  const grewAtItsEnd = (newest && keyOf(newest)) !== storedTo;
  const spare = items.length % size;
  const cut = grewAtItsEnd || !spare ? size : spare;
  const parts = [items.slice(0, cut)];
  for (let at = cut; at < items.length; at += size) parts.push(items.slice(at, at + size));
  const keys = parts.map((part) => (part[0] ? keyOf(part[0]) : ''));
  if (storedTo !== undefined && !keys.includes(firstKey)) await table.delete([no, firstKey]);
  for (const [i, part] of parts.entries()) await table.put(shelf.rowOf(no, keys[i] ?? '', part));
}

/** Where a key stands, or would stand. */
function position<Row, Item>(shelf: Shelf<Row, Item>, items: readonly Item[], key: string): number {
  // Nearly always at the end.
  const last = items.at(-1);
  if (last === undefined || shelf.keyOf(last) < key) return items.length;
  return items.findIndex((item) => shelf.keyOf(item) >= key);
}
