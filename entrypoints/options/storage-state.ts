import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { StorageActions } from '../../components/settings/storage-actions.ts';
import type { AppError } from '../../lib/model/errors.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { StorageRun, StorageView } from '../../lib/rpc/contract/storage.ts';

export const STORAGE = 'storage';
export const stored = signal<StorageView | null>(null);
export const persistent = signal(false);
export const run = signal<StorageRun | null>(null);
export const problem = signal<AppError | null>(null);

/** All that is stored is counted for it: only where it is looked at. */
export async function readStorage(): Promise<void> {
  // With this permission the browser does not clear it away, whatever it says of the page's own storage.
  const unlimited = browser.runtime.getManifest().permissions?.includes('unlimitedStorage') ?? false;
  persistent.value = unlimited || ((await navigator.storage?.persisted?.().catch(() => false)) ?? false);
  await readRun();
  const answer = await askPatiently('storage.view');
  if (answer.ok) stored.value = answer.value;
  problem.value = answer.ok ? null : answer.error;
}

/** How taking away goes on; once it is over all is counted anew. */
export async function readRun(): Promise<void> {
  const answer = await askPatiently('storage.run');
  const wasOn = run.value?.over === false;
  if (answer.ok) run.value = answer.value;
  if (wasOn && run.value?.over) void readStorage();
}

export const storageActions: StorageActions = {
  plan: (before) => sendToWorker('storage.plan', { before }),
  async evict(before) {
    const begun = await sendToWorker('storage.evict', { before });
    problem.value = begun.ok ? null : begun.error;
    await readRun();
  },
  async cancel() {
    await sendToWorker('storage.cancel');
    await readRun();
  },
  async persist() {
    persistent.value = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    return persistent.value;
  },
  again() {
    problem.value = null;
    void readStorage();
  },
};
