import type { Worker } from './worker.ts';

const DAY_MS = 24 * 3600_000;
/** A worker starts often: it packs words only where many have come in. */
const MANY_ROWS = 256;

/** What nobody waits for, at each start of the worker; after an update all words are put in order. */
export async function keepHouse({ auth, store, clock }: Worker, { updated } = { updated: false }): Promise<void> {
  await store.pictures.sweep(clock.now() - DAY_MS);
  await store.files.sweep(clock.now() - DAY_MS);
  const account = await auth.account();
  if (account) await store.search.tidy(account.id, updated ? 1 : MANY_ROWS);
}
