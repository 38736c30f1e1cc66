import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { asChatId } from '../../../lib/model/ids.ts';
import { chatSyncCalls, syncCalls } from '../../../lib/records/sync-calls.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { loadSyncSettings } from '../../../lib/settings/messages.ts';
import { account, chatId } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, shownKey, TAB } from './fake-worker.ts';

const policy = (values: Record<string, unknown>) =>
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => values as never);

beforeEach(() => {
  fakeBrowser.reset();
  policy({});
});

async function world(scopes = ['Chat.Read']) {
  const { worker, pass } = await fakeWorker();
  const syncing = {
    start: vi.fn(async () => {}),
    cancel: vi.fn(async () => {}),
    plan: vi.fn(async () => {}),
    ring: vi.fn(async () => {}),
    filled: vi.fn(async () => ({ done: 1, total: 2 })),
    filling: vi.fn(async () => null),
  };
  const pull = { now: vi.fn(async () => ({ news: [], written: 3 })) };
  Object.assign(worker, { syncing, pull });
  Object.assign(worker.auth, { granted: async () => new Set(scopes) });
  const managed = Object.keys(await browser.storage.managed.get(null));
  Object.assign(worker, { settings: async () => ({ managed }) });
  const options = { tabId: 1, frameId: 0, from: 'options' as const, incognito: false };
  return { worker: worker as Worker, pass, syncing, pull, calls: syncCalls(worker), options };
}

it('shows how each account that may read stands, and starts and stops all of them', async () => {
  const { worker, syncing, calls, options } = await world();
  const run = {
    id: 'r',
    by: 'person',
    listedAt: 0,
    newest: null,
    total: 5,
    messages: 0,
    problem: null,
    tries: 0,
  } as const;
  await worker.store.syncs.change(account, (row) => ({
    ...row,
    doneAt: 60_000,
    run: { ...run, todo: [chatId], sweep: [asChatId('19:x@thread.v2')], wakeAt: 0 },
  }));
  expect(await calls['sync.view'](undefined, options)).toMatchObject({
    accounts: [
      {
        id: account,
        name: 'Ada',
        run: { done: 3, total: 5, wakeAt: '1970-01-01T00:00:00.000Z' },
        doneAt: '1970-01-01T00:01:00.000Z',
        filled: { done: 1, total: 2 },
      },
    ],
  });
  await calls['sync.start'](undefined, options);
  await calls['sync.cancel'](undefined, options);
  expect([syncing.start, syncing.cancel].map((call) => call.mock.calls.length)).toEqual([1, 1]);
});

it('shows and starts nothing of an account that may not read', async () => {
  const { calls, syncing, options } = await world([]);
  expect(await calls['sync.view'](undefined, options)).toEqual({ accounts: [] });
  await calls['sync.start'](undefined, options);
  expect(syncing.start).not.toHaveBeenCalled();
});

it('keeps what the person sets, and thinks of the timer anew', async () => {
  const { calls, syncing, options } = await world();
  await calls['sync.set']({ change: { syncMinutes: 60 } }, options);
  expect(await loadSyncSettings()).toEqual({ historyDays: 90, syncMinutes: 60 });
  expect(syncing.plan).toHaveBeenCalled();
});

it('leaves to the administrator what policy sets, and the rest to the person', async () => {
  policy({ syncMinutes: 240 });
  const { calls, options } = await world();
  expect(await calls['sync.settings'](undefined, options)).toEqual({
    settings: { historyDays: 90, syncMinutes: 240 },
    managed: ['syncMinutes'],
  });
  await expect(calls['sync.set']({ change: { syncMinutes: null } }, options)).rejects.toMatchObject({
    error: { code: 'not-permitted' },
  });
  await calls['sync.set']({ change: { historyDays: null } }, options);
  expect(await loadSyncSettings()).toEqual({ historyDays: null, syncMinutes: 240 });
});

it('brings the chat on screen up to date, and no other', async () => {
  const { worker, pass, pull } = await world();
  const calls = chatSyncCalls(worker);
  const asked = { pass, shown: shownKey };
  expect(await calls['chat.sync']({ ...asked, chatId }, panelOf(TAB))).toEqual({ messages: 3 });
  expect(pull.now).toHaveBeenCalledWith(chatId);
  await expect(
    calls['chat.sync']({ ...asked, chatId: asChatId('19:another@thread.v2') }, panelOf(TAB)),
  ).rejects.toMatchObject({ error: { code: 'record-changed' } });
  expect(pull.now).toHaveBeenCalledTimes(1);
});
