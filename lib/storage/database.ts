import type { Key, Rows, StoreName } from './schema.ts';

/**
 * The little that the repositories need of a database, so that they run over IndexedDB and, where a browser refuses
 * it (private windows, "never remember history"), over memory.
 */
export interface Database {
  /** Reads of one moment. */
  read<S extends StoreName, T>(stores: readonly S[], work: (tables: Tables<S>) => Promise<T>): Promise<T>;
  /**
   * All or nothing: when `work` throws, nothing of it stays. Resolves after the commit. `work` must await nothing but
   * its tables, else IndexedDB commits under it. `strict` waits for the disk: for what may not be forgotten.
   */
  write<S extends StoreName, T>(
    stores: readonly S[],
    work: (tables: Tables<S>) => Promise<T>,
    durability?: 'relaxed' | 'strict',
  ): Promise<T>;
  close(): void;
}

export type Tables<S extends StoreName> = { [N in S]: Table<Rows[N]> };

export interface Table<Row> {
  get(key: Key): Promise<Row | undefined>;
  /** In key order, or from the end with `reverse`; all of them without `count`. */
  list(range: Range, options?: { count?: number; reverse?: boolean }): Promise<Row[]>;
  /** How many there are, without a look at them. */
  count(range: Range): Promise<number>;
  /** This and those below resolve at once; what follows sees them done, and the transaction fails where one fails. */
  put(row: Row): Promise<void>;
  delete(key: Key): Promise<void>;
  clear(range: Range): Promise<void>;
}

/** Keys that begin with `prefix`; `from` begins it at the next part of the key, `below`/`upTo` end it before or there. */
export interface Range {
  prefix: Key;
  from?: string | number;
  below?: string | number;
  upTo?: string | number;
}

/** Every row of a store. */
export const everything: Range = { prefix: [] };

/** The range's ends as IndexedDB orders keys: an array comes after every string and number, so it closes a prefix. */
export function bounds(range: Range): { lower: Key; upper: (Key[number] | never[])[]; upperOpen: boolean } {
  const end = range.below ?? range.upTo;
  return {
    lower: range.from === undefined ? range.prefix : [...range.prefix, range.from],
    upper: [...range.prefix, end ?? []],
    upperOpen: end === undefined || range.below !== undefined,
  };
}
