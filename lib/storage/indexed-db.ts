import { type IDBPDatabase, type IDBPObjectStore, openDB, unwrap } from 'idb';
import { AppFailure, fail } from '../model/errors.ts';
import { bounds, type Database, type Range, type Table, type Tables } from './database.ts';
import { initial } from './migrations/0001-initial.ts';
import { mappings } from './migrations/0002-mappings.ts';
import { answers } from './migrations/0003-answers.ts';
import { texts } from './migrations/0004-texts.ts';
import { accounts } from './migrations/0005-accounts.ts';
import { channels } from './migrations/0006-channels.ts';
import { pictures } from './migrations/0007-pictures.ts';
import { pushes } from './migrations/0008-pushes.ts';
import { syncs } from './migrations/0009-syncs.ts';
import { files } from './migrations/0010-files.ts';
import { words } from './migrations/0011-words.ts';
import { json } from './migrations/0012-json.ts';
import { DamagedDatabase } from './rebuild.ts';
import { keyPaths, type Rows, type Schema, type StoreName } from './schema.ts';

/** In order; the database's version is how many have run. */
export const migrations = [
  initial,
  mappings,
  answers,
  texts,
  accounts,
  channels,
  pictures,
  pushes,
  syncs,
  files,
  words,
  json,
];
const BLOCKED_FOR_MS = 10_000;

/**
 * A Database over IndexedDB. The connection is opened again by itself when the browser ended it (storage cleared, disk
 * trouble) or another version of the extension asked for the database.
 * @param isNew is told where there was none by this name
 * @throws AppFailure `storage-unavailable` where the browser refuses; DamagedDatabase
 */
export async function openIndexedDb(name: string, isNew: () => void = () => {}): Promise<Database> {
  let connection: Promise<IDBPDatabase<Schema>> | null = null;
  let closed = false;
  const connect = () => {
    if (closed) throw unavailable('The database was closed.');
    const lost = () => {
      connection = null;
    };
    connection ??= open(name, lost, isNew).catch((caught) => {
      connection = null;
      throw caught;
    });
    return connection;
  };
  await connect();

  async function run<S extends StoreName, T>(
    mode: 'readonly' | 'readwrite',
    stores: readonly S[],
    work: (tables: Tables<S>) => Promise<T>,
    durability: IDBTransactionDurability,
  ): Promise<T> {
    const tx = await begin(stores, mode, durability);
    // Watched from the start: an abort while `work` still awaits must not count as an unhandled rejection.
    const committed = tx.done.then(
      () => null,
      (reason: unknown) => ({ reason }),
    );
    try {
      const tables = {} as Tables<S>;
      for (const store of stores) tables[store] = tableOf(tx.objectStore(store)) as Tables<S>[S];
      const result = await work(tables);
      const failed = await committed;
      if (failed) throw failed.reason ?? new Error('The transaction was aborted.');
      return result;
    } catch (caught) {
      try {
        tx.abort();
      } catch {
        // It has ended already.
      }
      await committed;
      throw isDomException(caught) ? unavailable(String(caught), caught) : caught;
    }
  }

  async function begin<S extends StoreName>(
    stores: readonly S[],
    mode: 'readonly' | 'readwrite',
    durability: IDBTransactionDurability,
  ) {
    try {
      return (await connect()).transaction([...stores], mode, { durability });
    } catch (caught) {
      // A connection that is closing throws InvalidStateError before anybody told us: one new connection, one more try.
      if (caught instanceof AppFailure || !isDomException(caught)) throw caught;
      connection = null;
      return (await connect()).transaction([...stores], mode, { durability });
    }
  }

  return {
    read: (stores, work) => run('readonly', stores, work, 'default'),
    write: (stores, work, durability = 'relaxed') => run('readwrite', stores, work, durability),
    close() {
      closed = true;
      // One that never opened has nothing to close, and whoever waited for it was told.
      connection?.then((db) => db.close()).catch(() => {});
      connection = null;
    },
  };
}

async function open(name: string, lost: () => void, isNew: () => void): Promise<IDBPDatabase<Schema>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waitedTooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('Opening took too long.')), BLOCKED_FOR_MS);
  });
  // Where the browser refuses at once, that is an answer as any other.
  const opening = (async () =>
    openDB<Schema>(name, migrations.length, {
      async upgrade(db, oldVersion, _newVersion, tx) {
        // Whoever held the database let go: from here on it takes as long as it takes.
        clearTimeout(timer);
        if (oldVersion === 0) isNew();
        for (const migrate of migrations.slice(oldVersion)) await migrate(db as unknown as IDBPDatabase, tx as never);
      },
      blocking(_current, _blocked, event) {
        // A newer version of the extension wants in: let go at once, else it waits for ever.
        (event.target as IDBDatabase).close();
        lost();
      },
      terminated: lost,
    }))();
  try {
    const db = await Promise.race([opening, waitedTooLong]);
    if (Object.keys(keyPaths).every((store) => db.objectStoreNames.contains(store as StoreName))) return db;
    throw new DamagedDatabase('A store is missing.');
  } catch (caught) {
    // Should it open after all, nobody holds it.
    void opening.then((db) => db.close()).catch(() => {});
    throw caught instanceof AppFailure || caught instanceof DamagedDatabase
      ? caught
      : unavailable(String(caught), caught);
  } finally {
    clearTimeout(timer);
  }
}

function tableOf<S extends StoreName>(store: unknown): Table<Rows[S]> {
  // Without idb's wrapping: it costs as much as the request.
  const native = unwrap(store as IDBPObjectStore) as IDBObjectStore;
  // Nobody waits for a write: it is done before what follows it, and one that fails ends its transaction.
  return {
    get: (key) => done(native.get(key)),
    list: (range, { count, reverse = false } = {}) => list(native, keyRange(range), count, reverse),
    count: (range) => done(native.count(keyRange(range))),
    put: async (row) => void native.put(row),
    delete: async (key) => void native.delete(key),
    clear: async (range) => void native.delete(keyRange(range)),
  };
}

/** `getAll` backwards came to browsers together with `getAllRecords`; older ones walk a cursor. */
async function list<Row>(store: IDBObjectStore, query: IDBKeyRange, count: number | undefined, reverse: boolean) {
  if (!reverse) return done<Row[]>(store.getAll(query, count));
  if ('getAllRecords' in IDBObjectStore.prototype) {
    const backwards = { query, direction: 'prev', ...(count === undefined ? {} : { count }) };
    return done<Row[]>((store as NewerStore).getAll(backwards));
  }
  return new Promise<Row[]>((resolve, reject) => {
    const rows: Row[] = [];
    const walk = store.openCursor(query, 'prev');
    walk.onerror = () => reject(walk.error);
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor || rows.length === count) return resolve(rows);
      rows.push(cursor.value);
      cursor.continue();
    };
  });
}

/** With the newer `getAll`, which the types do not know yet. */
interface NewerStore {
  getAll(options: object): IDBRequest;
}

function done<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function keyRange(range: Range): IDBKeyRange {
  const { lower, upper, upperOpen } = bounds(range);
  return IDBKeyRange.bound(lower, upper, false, upperOpen);
}

function isDomException(caught: unknown): boolean {
  return caught instanceof DOMException;
}

function unavailable(detail: string, cause?: unknown): AppFailure {
  const failure = /QuotaExceeded/.test(detail)
    ? fail(
        'storage-full',
        'This computer has no room left',
        'Nothing more is kept here, and nothing is lost: what waits to be sent goes on, and messages stay in Teams. Take old messages from this computer, or free some space on its disk.',
        { detail: detail.slice(0, 300), action: { kind: 'make-room', label: 'See what is stored' } },
      )
    : fail(
        'storage-unavailable',
        'Deskside could not use its storage',
        'Close other windows of this browser and try again. If this is a private window, nothing can be kept here.',
        { detail: detail.slice(0, 300), action: { kind: 'retry', label: 'Try again' } },
      );
  failure.cause = cause;
  return failure;
}
