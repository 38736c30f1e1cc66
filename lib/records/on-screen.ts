import { browser } from 'wxt/browser';
import type { RecordKey } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import type { Worker } from './worker.ts';

/** Whether this tab is the one in front of its window; false where it is gone. */
export async function isInFront(tabId: number): Promise<boolean> {
  return browser.tabs.get(tabId).then(
    (tab) => tab.active,
    () => false,
  );
}

/** Whether a person sees the panel of one of these records now. A tab that does not answer shows nothing to anybody. */
export async function isWatched(
  worker: Pick<Worker, 'tabs' | 'order'>,
  keys: ReadonlySet<RecordKey>,
): Promise<boolean> {
  for (const { tabId, shown } of await worker.tabs.all()) {
    if (!shown || !keys.has(recordKey(shown.ref)) || !(await isInFront(tabId))) continue;
    const answer = await worker.order(tabId, 'site.watched', { ref: shown.ref });
    if (answer.ok && answer.value) return true;
  }
  return false;
}
