import type { Account } from '../auth/account.ts';
import { type AppError, AppFailure, fail } from '../model/errors.ts';
import type { PopupProtocol, PopupView } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { saveLive, saveRegistration } from '../settings/items.ts';
import { addSite, removeSite } from '../settings/sites.ts';
import { NOTHING_KEPT } from '../storage/open.ts';
import { leaveUnlisted } from './leave-sites.ts';
import { lookForUnread } from './look-for-unread.ts';
import { openRecord } from './open-record.ts';
import { forgetOrphan, orphansOf } from './orphans.ts';
import type { SignIn } from './sign-in.ts';
import { signOut, unfinished } from './sign-out.ts';
import { unreadRecords } from './unread-records.ts';
import { canRead, signedIn, type Worker } from './worker.ts';

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
      void whoIsIn(worker).then(({ account }) => account && lookForUnread(worker, account));
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
      if (await worker.auth.account())
        throw fail(
          'not-permitted',
          'Sign out first',
          'The account that is signed in belongs to the registration in use.',
        );
      await saveRegistration(registration);
      settingsChanged();
    },
    'record.open': ({ key }) => openRecord(worker, key),
    'orphans.forget': async ({ key }) => forgetOrphan(worker, await signedIn(worker), key),
    async 'settings.live'({ seconds }) {
      await saveLive(seconds);
      settingsChanged();
    },
    'auth.signIn': ({ pickAccount }) => signIn.begin({ pickAccount }),
    'auth.signOut': ({ discard }) => signOut(worker, discard),
  };
}

async function popupView(worker: Worker, signIn: SignIn, incognito: boolean): Promise<PopupView> {
  const [{ account, unreachable }, settings] = await Promise.all([whoIsIn(worker), worker.settings()]);
  const { store } = worker;
  const { signingIn, problem } = signIn.state();
  return {
    account: account ? { name: account.name, email: account.username } : null,
    signInProblem: problem ?? unreachable ?? (account ? worker.auth.problem() : null),
    signingIn,
    canRead: account ? await canRead(worker) : false,
    settings,
    redirectUri: worker.redirectUri,
    sites: settings.sites,
    unfinished: account ? await unfinished(worker, account) : [],
    unread: account ? await unreadRecords(worker, account) : [],
    orphans: account ? await orphansOf(worker, account) : [],
    notices: [store.problem ?? (incognito ? NOTHING_KEPT : null)].filter((notice) => notice !== null),
  };
}

/** Right after the browser started this may need the network; without it the popup still shows sites and settings. */
async function whoIsIn(worker: Worker): Promise<{ account: Account | null; unreachable: AppError | null }> {
  try {
    return { account: await worker.auth.account(), unreachable: null };
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    return { account: null, unreachable: caught.error };
  }
}
