import { loadSites } from '../settings/items.ts';
import type { Worker } from './worker.ts';

/**
 * Takes launcher and panel out of the tabs whose site is listed no more. Each worker knows its own tabs alone (Chromium
 * runs a second one for private windows), so each does this when the list changes, whoever changed it.
 */
export async function leaveUnlisted(worker: Pick<Worker, 'tabs' | 'order'>): Promise<void> {
  const sites = await loadSites();
  for (const { tabId, origin } of await worker.tabs.all()) {
    if (sites.includes(origin)) continue;
    await worker.order(tabId, 'site.leave');
    await worker.tabs.gone(tabId);
  }
}
