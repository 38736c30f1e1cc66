import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { createMemoryDb } from '../../../lib/storage/memory-db.ts';
import { openStore, type Store, storeOver } from '../../../lib/storage/open.ts';
import { freshIndexedDb } from '../storage/fixtures.ts';
import { madeUpHistory } from './histories.ts';

async function isKept(seed: number, store: Store): Promise<void> {
  const history = madeUpHistory(seed, store);
  await history.live();
  await history.settle();
  const [stored, server] = [await history.stored(), history.server()];
  // `toEqual` ten thousand times is most of the time.
  if (JSON.stringify(stored) !== JSON.stringify(server)) expect(stored, `seed ${seed}`).toEqual(server);
  const row = await history.row();
  if (row?.gap || (server.length && !row?.complete)) throw new Error(`seed ${seed}: not all is known`);
}

test('ten thousand made-up histories leave exactly the server’s state', { timeout: 120_000 }, async () => {
  // Copying rows would be half of the work, and no repository changes one in place.
  for (let seed = 1; seed <= 10_000; seed++)
    await isKept(
      seed,
      storeOver(
        createMemoryDb((row) => row),
        null,
      ),
    );
});

test('and so do some over IndexedDB', { timeout: 60_000 }, async () => {
  for (let seed = 20_001; seed <= 20_200; seed++) {
    freshIndexedDb();
    const store = await openStore();
    await isKept(seed, store);
    store.close();
  }
});
