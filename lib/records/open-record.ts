import { browser } from 'wxt/browser';
import { slugOf } from '../erpnext/doctypes/registry.ts';
import { fail } from '../model/errors.ts';
import type { RecordKey } from '../model/ids.ts';
import { parseRecordKey, recordKey } from '../model/record.ts';
import { findRecord } from './orphans.ts';
import type { Led } from './tabs.ts';
import type { Worker } from './worker.ts';

/**
 * Leads to a record and its panel: the tab that shows it, or a new one; under its new name where it was renamed. Where a
 * message is given, the panel leads on to that when it next asks what it shows.
 * @throws AppFailure `erp-not-found` where ERPNext does not have it any more.
 */
export async function openRecord(worker: Worker, asked: RecordKey, message: Led | null = null): Promise<void> {
  const key = await presentKey(worker, asked);
  const ref = parseRecordKey(key);
  if (message) await worker.tabs.lead(key, message);
  const [tab] = await worker.tabs.of(ref.origin, null, key);
  if (tab?.shown && recordKey(tab.shown.ref) === key) {
    const shown = await browser.tabs.update(tab.tabId, { active: true });
    if (shown?.windowId !== undefined) await browser.windows.update(shown.windowId, { focused: true });
    await worker.order(tab.tabId, 'site.togglePanel', { open: true });
    if (message) worker.changes.tell({ kind: 'view' });
    return;
  }
  // Every version leads /app to its own Desk.
  const slug = slugOf(ref.doctype);
  await browser.tabs.create({ url: `${ref.origin}/app/${slug}/${encodeURIComponent(ref.name)}` });
}

/** A record that this account has no link of is opened as it was asked for. */
async function presentKey(worker: Worker, key: RecordKey): Promise<RecordKey> {
  const account = await worker.auth.account();
  const link = account && (await worker.store.links.get(account.id, key));
  if (!link) return key;
  const now = await findRecord(worker, account, link);
  if (now !== key) worker.changes.tell({ kind: 'view' });
  if (now) return now;
  const { doctype, name } = parseRecordKey(key);
  throw fail(
    'erp-not-found',
    `ERPNext does not have ${doctype} ${name} any more`,
    'It was deleted, or renamed where you cannot see it. Its chat is still there: see “Chats without a record”.',
  );
}
