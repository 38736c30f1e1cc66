import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { CurrentTab, PopupActions } from '../../components/settings/actions.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { AccountId, Origin } from '../../lib/model/ids.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { SyncView } from '../../lib/rpc/contract/sync.ts';
import type { PopupView } from '../../lib/rpc/contract.ts';
import { oneAtATime } from '../../lib/util/one-at-a-time.ts';

export const view = signal<PopupView | null>(null);
export const sync = signal<SyncView | null>(null);
export const tab = signal<CurrentTab>({ kind: 'looking' });
export const problem = signal<AppError | null>(null);
export const refused = signal(false);
export const saved = signal(false);
export const askingSignOut = signal<AccountId | null>(null);

export const readSync = oneAtATime(async () => {
  const answer = await askPatiently('sync.view');
  if (answer.ok) sync.value = answer.value;
});

export const refresh = oneAtATime(async () => {
  void readSync();
  const answer = await askPatiently('popup.view', { incognito: browser.extension.inIncognitoContext });
  if (answer.ok) view.value = answer.value;
  else problem.value = answer.error;
});

export const actions: PopupActions = {
  addSite(origin) {
    // The question must be asked before anything is awaited, or the browser no longer sees the click behind it.
    const asked = browser.permissions.request({ origins: [patternOf(origin)] });
    void asked.then(async (granted) => {
      refused.value = !granted;
      if (granted) told(await sendToWorker('sites.add', { origin }));
    });
  },
  removeSite: (origin) => void sendToWorker('sites.remove', { origin }).then(told),
  signIn: ({ pickAccount = false, ...whom }) =>
    void sendToWorker('auth.signIn', { pickAccount, ...whom }).then((result) => {
      // The account's card says why it did not work; a worker that died said nothing.
      if (result.ok || result.error.code === 'bug') told(result);
      else void refresh();
    }),
  signOut(account, discard) {
    // What would be lost is shown first, where there is anything.
    if (!discard && view.peek()?.accounts.find(({ id }) => id === account)?.unfinished.length) {
      askingSignOut.value = account;
      return;
    }
    askingSignOut.value = null;
    void sendToWorker('auth.signOut', { account, discard }).then(told);
  },
  useAccount: (origin, account) => void sendToWorker('account.use', { origin, account }).then(told),
  saveRegistration: (registration) =>
    void sendToWorker('settings.save', { registration }).then((result) => {
      told(result);
      saved.value = result.ok;
      setTimeout(() => {
        saved.value = false;
      }, 3000);
    }),
  setLive: (seconds) => void sendToWorker('settings.live', { seconds }).then(told),
  openRecord: (key) =>
    void sendToWorker('record.open', { key }).then((result) => {
      if (result.ok) window.close();
      else told(result);
    }),
  forgetOrphan: (key) => void sendToWorker('orphans.forget', { key }).then(told),
  openArchive: () =>
    void browser.tabs.create({ url: browser.runtime.getURL('/archive.html') }).then(() => window.close()),
  sync: {
    start: () => void sendToWorker('sync.start').then(told),
    cancel: () => void sendToWorker('sync.cancel').then(told),
  },
  openOptions: () => void browser.runtime.openOptionsPage().then(() => window.close()),
  act(action) {
    problem.value = null;
    if (action.kind === 'sign-in') actions.signIn({ pickAccount: action.pickAccount ?? false });
    else void refresh();
  },
};

/** A grant covers every port of a host; our own code keeps to the exact origin. */
function patternOf(origin: Origin): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

function told(result: Result<void>): void {
  problem.value = result.ok ? null : result.error;
  void refresh();
}
