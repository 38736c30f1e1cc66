import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { SyncSettings } from '../rpc/contract/sync.ts';
import { loadManaged } from './items.ts';

const KEY = 'messages';
const Shape = v.partial(
  v.object({
    historyDays: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
    syncMinutes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(15), v.maxValue(1440))),
  }),
);
const DEFAULTS: SyncSettings = { historyDays: 90, syncMinutes: null };

/** How much of chats is kept here, and when it is brought up to date: by policy, else by the person. */
export async function loadSyncSettings(): Promise<SyncSettings> {
  const [own, { historyDays, syncMinutes }] = await Promise.all([loadOwn(), loadManaged()]);
  return {
    ...DEFAULTS,
    ...own,
    // In a policy 0 stands for all of the history, and for no timer.
    ...(historyDays === undefined ? {} : { historyDays: historyDays || null }),
    ...(syncMinutes === undefined ? {} : { syncMinutes: syncMinutes || null }),
  };
}

export async function saveSyncSettings(change: Partial<SyncSettings>): Promise<void> {
  await browser.storage.local.set({ [KEY]: v.parse(Shape, { ...(await loadOwn()), ...change }) });
}

async function loadOwn(): Promise<Partial<SyncSettings>> {
  const found = v.safeParse(Shape, (await browser.storage.local.get(KEY))[KEY]);
  return found.success ? (found.output as Partial<SyncSettings>) : {};
}
