import { deleteDB, openDB } from 'idb';
import type { Database, Table } from './database.ts';
import { keyPaths, type Rows, type StoreName } from './schema.ts';

/** What Microsoft and ERPNext do not have, or not as this person does. All else is filled again. */
const KEPT = [
  'outbox',
  'receipts',
  'links',
  'jobs',
  'drafts',
  'pictures',
  'files',
  'fileParts',
  'mappings',
  'answers',
  'accounts',
  'channels',
  'channelChoices',
] as const satisfies StoreName[];

/** The database opens, but lacks what every version of it has. */
export class DamagedDatabase extends Error {
  override name = 'DamagedDatabase';
}

/**
 * Puts what can be read of a damaged database aside, on the disk, and deletes it. `restore` brings it into the new one,
 * also where the worker died in between.
 */
export async function setAside(name: string): Promise<void> {
  const damaged = await openDB(name);
  const rows: [StoreName, unknown[]][] = [];
  for (const store of KEPT) {
    if (!damaged.objectStoreNames.contains(store)) continue;
    const found: unknown[] = await damaged.getAll(store).catch(() => []);
    rows.push([store, found.filter((row) => hasKey(store, row))]);
  }
  damaged.close();
  const aside = await openDB(asideOf(name), 1, { upgrade: (db) => void db.createObjectStore('rows') });
  try {
    const tx = aside.transaction('rows', 'readwrite', { durability: 'strict' });
    await tx.store.clear();
    for (const [store, found] of rows) await tx.store.put(found, store);
    await tx.done;
  } finally {
    aside.close();
  }
  await deleteDB(name);
}

/** Whether something was put aside, now or before the worker died. */
export async function isAside(name: string): Promise<boolean> {
  return ((await indexedDB.databases?.()) ?? []).some((one) => one.name === asideOf(name));
}

/** What was put aside comes into the new database, all at once and once. */
export async function restore(name: string, db: Database): Promise<void> {
  const rows = new Map<StoreName, unknown[]>();
  const aside = await openDB(asideOf(name));
  try {
    for (const store of KEPT) rows.set(store, (await aside.get('rows', store)) ?? []);
  } finally {
    aside.close();
  }
  await db.write(
    [...KEPT, 'counters'],
    async ({ counters, ...tables }) => {
      // It was done before, and what was put aside only not deleted yet.
      if (await counters.get(['rebuilt'])) return;
      for (const store of KEPT)
        for (const row of rows.get(store) ?? []) await (tables[store] as Table<unknown>).put(row);
      const seqs = (rows.get('outbox') as Rows['outbox'][]).map(({ seq }) => seq || 0);
      await counters.put({ name: 'outbox', last: Math.max(0, ...seqs) });
      await counters.put({ name: 'rebuilt', last: 1 });
    },
    'strict',
  );
  await deleteDB(asideOf(name));
}

function asideOf(name: string): string {
  return `${name} set aside`;
}

function hasKey(store: StoreName, row: unknown): boolean {
  return keyPaths[store].every((part) => {
    const value = (row as Record<string, unknown> | null)?.[part];
    return typeof value === 'string' || typeof value === 'number';
  });
}
