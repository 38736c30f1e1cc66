import type { Account } from '../auth/account.ts';
import { signedOut } from '../auth/errors.ts';
import { speakerOn } from '../auth/speaker-on.ts';
import { type AppError, AppFailure, fail } from '../model/errors.ts';
import type { AccountId, Origin } from '../model/ids.ts';
import type { AccountChoice, AccountsView, AccountView } from '../rpc/contract.ts';
import { speakersChanged } from './badge.ts';
import type { SignIn } from './sign-in.ts';
import { unfinished } from './sign-out.ts';
import { canRead, type Worker } from './worker.ts';

/** Who is signed in, and how signing in stands. */
export async function accountsView(worker: Worker, signIn: SignIn, sites: readonly Origin[]): Promise<AccountsView> {
  const { signingIn, problem } = signIn.state();
  return { accounts: await accountViews(worker, sites), signInProblem: problem, signingIn };
}

/** All who are signed in, and on which of the listed sites each speaks. Right after the browser's start this asks Microsoft. */
export async function accountViews(worker: Worker, sites: readonly Origin[]): Promise<AccountView[]> {
  const known = await worker.accounts.known();
  return Promise.all(
    known.map(async ({ account }) => {
      const own = worker.as(account.id);
      return {
        ...choiceOf(account),
        problem: await problemOf(own),
        canRead: await canRead(own),
        sites: sites.filter((site) => speakerOn(known, site)?.account.id === account.id),
        unfinished: await unfinished(own, account),
      };
    }),
  );
}

/** Who is signed in, but for one. */
export async function otherAccounts(worker: Worker, but: AccountId | null): Promise<AccountChoice[]> {
  const known = await worker.accounts.known();
  return known.map(({ account }) => choiceOf(account)).filter(({ id }) => id !== but);
}

/** @throws AppFailure `signed-out` where it signed out meanwhile. */
export async function knownAccount({ accounts }: Pick<Worker, 'accounts'>, id: AccountId): Promise<Account> {
  const entry = (await accounts.known()).find(({ account }) => account.id === id);
  if (entry) return entry.account;
  throw fail('signed-out', 'This account is signed out', 'Sign in with it again to use it.');
}

function choiceOf({ id, name, username }: Account): AccountChoice {
  return { id, name, email: username };
}

/** Why this account cannot do anything, or cannot for long; null where all is well. */
async function problemOf({ auth }: Worker): Promise<AppError | null> {
  try {
    if (await auth.account()) return auth.problem();
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    return caught.error;
  }
  return auth.problem() ?? signedOut().error;
}

/** From now on this account speaks on the site. */
export async function useAccount(worker: Worker, site: Origin, id: AccountId): Promise<void> {
  await knownAccount(worker, id);
  await worker.accounts.use(site, id);
  await speakersChanged(worker);
}
