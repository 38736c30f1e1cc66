import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ManagedShape } from '../../../lib/settings/items.ts';
import { loadSyncSettings, saveSyncSettings } from '../../../lib/settings/messages.ts';
import schema from '../../../public/managed-schema.json' with { type: 'json' };

const policy = (values: Record<string, unknown>) =>
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => values as never);

beforeEach(() => {
  fakeBrowser.reset();
  policy({});
});

describe('what is kept of chats, and when it is brought up to date', () => {
  it('begins with ninety days and no timer, and keeps what is set', async () => {
    expect(await loadSyncSettings()).toEqual({ historyDays: 90, syncMinutes: null });
    await saveSyncSettings({ historyDays: null });
    await saveSyncSettings({ syncMinutes: 60 });
    expect(await loadSyncSettings()).toEqual({ historyDays: null, syncMinutes: 60 });
    await expect(saveSyncSettings({ syncMinutes: 5 }), 'faster than Microsoft would have it').rejects.toThrow();
    await browser.storage.local.set({ messages: { syncMinutes: 1 } });
    expect(await loadSyncSettings()).toEqual({ historyDays: 90, syncMinutes: null });
  });

  it('is the administrator’s first, whose 0 is all, and never', async () => {
    await saveSyncSettings({ historyDays: 30, syncMinutes: 15 });
    policy({ historyDays: 0, syncMinutes: 0 });
    expect(await loadSyncSettings()).toEqual({ historyDays: null, syncMinutes: null });
    policy({ historyDays: 365 });
    expect(await loadSyncSettings()).toEqual({ historyDays: 365, syncMinutes: 15 });
  });
});

it('the browser hands over every policy that is read: each stands in the schema, at its top', () => {
  expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(ManagedShape.entries).sort());
});
