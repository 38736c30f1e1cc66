import { browser } from 'wxt/browser';
import { slugOf } from '../erpnext/doctypes/registry.ts';
import type { RecordKey } from '../model/ids.ts';
import { parseRecordKey, recordKey } from '../model/record.ts';
import type { Worker } from './worker.ts';

/** Leads to a record and its panel: the tab that shows it, or a new one. */
export async function openRecord(worker: Worker, key: RecordKey): Promise<void> {
  const ref = parseRecordKey(key);
  const [tab] = await worker.tabs.of(ref.origin, null, key);
  if (tab?.shown && recordKey(tab.shown.ref) === key) {
    const shown = await browser.tabs.update(tab.tabId, { active: true });
    if (shown?.windowId !== undefined) await browser.windows.update(shown.windowId, { focused: true });
    await worker.order(tab.tabId, 'site.togglePanel', { open: true });
    return;
  }
  // Every version leads /app to its own Desk.
  const slug = slugOf(ref.doctype);
  await browser.tabs.create({ url: `${ref.origin}/app/${slug}/${encodeURIComponent(ref.name)}` });
}
