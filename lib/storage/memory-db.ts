import { bounds, type Database, type Table, type Tables } from './database.ts';
import { type Key, keyPaths, type Rows, type StoreName } from './schema.ts';

/**
 * A Database that lives as long as this object: for private windows and where IndexedDB is refused.
 * @param copy keeps what is stored apart from what callers hold
 */
export function createMemoryDb(copy: Copy = structuredClone): Database {
  let stores: Stores = {};
  // One transaction after the other, reads too: simple, and nothing here waits for a disk.
  let last: Promise<unknown> = Promise.resolve();
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  return {
    read: (names, work) => queue(() => work(tablesOf(names, stores, copy))),
    write: (names, work) =>
      queue(async () => {
        const next = { ...stores };
        const result = await work(tablesOf(names, next, copy));
        stores = next;
        return result;
      }),
    close() {
      stores = {};
    },
  };
}

interface Entry {
  key: Key;
  row: unknown;
}
/** Sorted by key, and never changed in place: a write that throws leaves the old array standing. */
type Stores = { [S in StoreName]?: Entry[] };

type Copy = <T>(row: T) => T;

function tablesOf<S extends StoreName>(names: readonly S[], stores: Stores, copy: Copy): Tables<S> {
  const tables = {} as Tables<S>;
  for (const name of names) tables[name] = tableOf(name, stores, copy) as Tables<S>[S];
  return tables;
}

function tableOf<S extends StoreName>(name: S, stores: Stores, copy: Copy): Table<Rows[S]> {
  const entries = () => stores[name] ?? [];
  const within = (range: Parameters<typeof bounds>[0]) => {
    const { lower, upper, upperOpen } = bounds(range);
    const from = firstNotBelow(entries(), lower);
    let to = firstNotBelow(entries(), upper);
    if (!upperOpen && entries()[to] && compare(entries()[to]?.key, upper) === 0) to++;
    return { from, to };
  };
  return {
    async get(key) {
      const entry = entries()[firstNotBelow(entries(), key)];
      return entry && compare(entry.key, key) === 0 ? (copy(entry.row) as Rows[S]) : undefined;
    },
    async list(range, { count, reverse = false } = {}) {
      const { from, to } = within(range);
      const found = entries().slice(from, to);
      if (reverse) found.reverse();
      return found.slice(0, count).map((entry) => copy(entry.row) as Rows[S]);
    },
    async count(range) {
      const { from, to } = within(range);
      return to - from;
    },
    async put(row) {
      const key = keyPaths[name].map((part) => row[part as keyof Rows[S]]) as Key;
      const at = firstNotBelow(entries(), key);
      const there = entries()[at];
      const replaced = there && compare(there.key, key) === 0 ? 1 : 0;
      stores[name] = entries().toSpliced(at, replaced, { key, row: copy(row) });
    },
    async delete(key) {
      stores[name] = entries().filter((entry) => compare(entry.key, key) !== 0);
    },
    async clear(range) {
      const { from, to } = within(range);
      stores[name] = entries().toSpliced(from, to - from);
    },
  };
}

function firstNotBelow(entries: readonly Entry[], key: unknown): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(entries[middle]?.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** IndexedDB's order of keys: numbers, then strings by UTF-16 unit, then arrays. https://w3c.github.io/IndexedDB/#compare-two-keys */
function compare(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compare(a[i], b[i]);
      if (order) return order;
    }
    return a.length - b.length;
  }
  const rank = (key: unknown) => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}
