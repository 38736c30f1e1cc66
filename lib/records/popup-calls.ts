import { fail } from '../model/errors.ts';
import type { PopupProtocol, PopupView } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { saveLive, saveRegistration } from '../settings/items.ts';
import { addSite, removeSite } from '../settings/sites.ts';
import { NOTHING_KEPT } from '../storage/open.ts';
import { accountsView, accountViews, knownAccount, useAccount } from './account-views.ts';
import { leaveUnlisted } from './leave-sites.ts';
import { lookForUnread } from './look-for-unread.ts';
import { openRecord } from './open-record.ts';
import { forgetOrphan, orphansOfAll } from './orphans.ts';
import type { SignIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { unreadRecords } from './unread-records.ts';
import { signedIn, type Worker } from './worker.ts';

/** What the popup asks: sites, account, settings. */
export function popupCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, keyof PopupProtocol> {
  const settingsChanged = () => {
    worker.changes.tell({ kind: 'settings' });
    worker.changes.tell({ kind: 'view' });
  };
  return {
    async 'popup.view'({ incognito }) {
      const view = await popupView(worker, signIn, incognito);
      // What is stored shows at once; what Microsoft adds is told of when it is there.
      for (const { id, problem } of view.accounts)
        if (!problem) {
          void knownAccount(worker, id).then((account) => lookForUnread(worker.as(id), account));
          void worker
            .as(id)
            .syncing.used()
            .catch(() => {});
        }
      return view;
    },
    async 'sites.add'({ origin }) {
      await addSite(origin);
      settingsChanged();
    },
    async 'sites.remove'({ origin }) {
      await removeSite(origin);
      await leaveUnlisted(worker);
      settingsChanged();
    },
    async 'settings.save'({ registration }) {
      const settings = await worker.settings();
      if (settings.managed.includes('clientId'))
        throw fail(
          'not-permitted',
          'Set by your organisation',
          'Your administrator’s policy sets the app registration.',
        );
      if ((await accountViews(worker, [])).some(({ problem }) => !problem))
        throw fail('not-permitted', 'Sign out first', 'Whoever is signed in belongs to the registration in use.');
      await saveRegistration(registration);
      settingsChanged();
    },
    'record.open': ({ key }) => openRecord(worker, key),
    'orphans.forget': async ({ key }) => forgetOrphan(worker, await signedIn(worker), key),
    async 'settings.live'({ seconds }) {
      await saveLive(seconds);
      settingsChanged();
    },
    async 'auth.signIn'({ pickAccount, account, origin }, { tabId }) {
      const tab = tabId === undefined ? null : await worker.tabs.get(tabId);
      const whom = account ? { account } : {};
      await signIn.begin(worker.accounts, { pickAccount, ...whom, site: tab?.origin ?? origin ?? null });
    },
    async 'auth.signOut'({ account, discard }) {
      await signOut(worker.as(account), await knownAccount(worker, account), discard);
    },
    'account.use': ({ origin, account }) => useAccount(worker, origin, account),
  };
}

async function popupView(worker: Worker, signIn: SignIn, incognito: boolean): Promise<PopupView> {
  const settings = await worker.settings();
  return {
    ...(await accountsView(worker, signIn, settings.sites)),
    settings,
    redirectUri: worker.redirectUri,
    sites: settings.sites,
    unread: await unreadRecords(worker),
    orphans: await orphansOfAll(worker),
    notices: [worker.store.problem ?? (incognito ? NOTHING_KEPT : null)].filter((notice) => notice !== null),
  };
}
