import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { rang, setAlarm } from '../lib/records/alarms.ts';
import { archiveCalls } from '../lib/records/archive-calls.ts';
import { speakersChanged } from '../lib/records/badge.ts';
import { buildSides } from '../lib/records/build-sides.ts';
import { channelSettingsCalls } from '../lib/records/channel-settings-calls.ts';
import { chatSettingsCalls } from '../lib/records/chat-settings-calls.ts';
import { deskCalls } from '../lib/records/desk-calls.ts';
import { faceCalls } from '../lib/records/face-calls.ts';
import { keepHouse } from '../lib/records/keep-house.ts';
import { leaveUnlisted } from '../lib/records/leave-sites.ts';
import { mappingCalls } from '../lib/records/mapping-calls.ts';
import { openNotified } from '../lib/records/notify.ts';
import { optionsCalls } from '../lib/records/options-calls.ts';
import { panelCalls } from '../lib/records/panel-calls.ts';
import { popupCalls } from '../lib/records/popup-calls.ts';
import { pushCalls } from '../lib/records/push-calls.ts';
import { renewBells } from '../lib/records/ring.ts';
import { allSides, callsBySide, type Side } from '../lib/records/sides.ts';
import { createSignIn } from '../lib/records/sign-in.ts';
import { storageCalls } from '../lib/records/storage-calls.ts';
import { syncCalls } from '../lib/records/sync-calls.ts';
import type { Worker } from '../lib/records/worker.ts';
import { openChanges } from '../lib/rpc/changes.ts';
import { orderTab } from '../lib/rpc/orders.ts';
import { serveWorker } from '../lib/rpc/server.ts';
import { loadSites } from '../lib/settings/items.ts';
import { forgetRevoked, injectIntoOpenTabs, registerScripts } from '../lib/settings/sites.ts';

/** Every listener is added before the first await: an event that wakes the worker is lost otherwise. */
export default defineBackground({
  // No module: that would share chunks with the pages, and a worker that fetches ten files starts half as fast.
  main() {
    const changes = openChanges((tabId) => void gone(tabId));
    const ready = buildSides(changes, (name, who, at) => setAlarm(name, who, at, goOn));
    const each = async (act: (side: Side) => unknown) => {
      await Promise.all(allSides(await ready).map(act));
    };
    const everybody = (act: (worker: Worker) => unknown) =>
      each(async (side) => Promise.all((await side.everybody()).map(act)));
    const gone = (tabId: number) => each((side) => side.tabs.gone(tabId));
    const goOn = (name: string) => {
      rang(name);
      if (name === 'jobs') return each((side) => side.jobs.start());
      if (name === 'sync') return everybody((worker) => worker.syncing.ring().catch(() => {}));
      return everybody(name === 'push' ? renewBells : (worker) => worker.outbox.drain());
    };
    const signIn = createSignIn(changes, ({ id }) => {
      void each((side) => side.jobs.poke((job) => job.account === id));
      void each((side) => side.of(id).outbox.mended());
      void each((side) => speakersChanged(side.of(id)));
    });
    const handlers = ready.then((sides) =>
      callsBySide(sides, (worker) => ({
        ...panelCalls(worker, signIn),
        ...popupCalls(worker, signIn),
        ...optionsCalls(worker, signIn),
        ...mappingCalls(worker),
        ...faceCalls(worker, signIn),
        ...chatSettingsCalls(worker),
        ...channelSettingsCalls(worker, signIn),
        ...archiveCalls(worker, signIn),
        ...deskCalls(worker),
        ...pushCalls(worker),
        ...syncCalls(worker),
        ...storageCalls(worker),
      })),
    );
    serveWorker(handlers, new URL(browser.runtime.getURL('/')).origin);

    browser.alarms.onAlarm.addListener((alarm) => void goOn(alarm.name));
    browser.runtime.onStartup.addListener(() => void registerScripts());
    browser.permissions.onAdded.addListener(() => void registerScripts());
    browser.permissions.onRemoved.addListener(() => void forgetRevoked());
    browser.storage.local.onChanged.addListener((changed) => {
      if ('sites' in changed) void each(({ tabs }) => leaveUnlisted({ tabs, order: orderTab }));
      if ('policy' in changed) for (const kind of ['settings', 'view'] as const) changes.tell({ kind });
    });
    browser.runtime.onInstalled.addListener(async ({ reason }) => {
      await registerScripts();
      if (reason === 'update') void everybody((worker) => keepHouse(worker, { updated: true }));
      await injectIntoOpenTabs(await loadSites());
    });
    // Its Port says so too, but only while the worker is awake.
    browser.tabs.onRemoved.addListener((tabId) => void gone(tabId));
    browser.commands.onCommand.addListener(async (command, tab) => {
      if (command === 'toggle-panel' && tab?.id !== undefined) await orderTab(tab.id, 'site.togglePanel', {});
    });
    browser.notifications?.onClicked.addListener((id) => void ready.then(({ ordinary }) => openNotified(ordinary, id)));
    self.addEventListener(
      'online',
      () =>
        void goOn('outbox')
          .then(() => goOn('jobs'))
          .then(() => goOn('sync')),
    );

    void registerScripts();
    void everybody((worker) => worker.outbox.start())
      .catch(() => {})
      .then(() => each((side) => side.jobs.start()))
      .then(() => void goOn('sync'))
      .then(() => everybody((worker) => keepHouse(worker)));
  },
});
