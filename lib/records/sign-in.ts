import type { Account } from '../auth/account.ts';
import type { Accounts, SignInOptions } from '../auth/accounts.ts';
import { type AppError, toAppError } from '../model/errors.ts';
import type { Changes } from '../rpc/changes.ts';

/** Signing in, as the panel and the popup see it: the window may outlive the popup that asked for it. */
export interface SignIn {
  begin(accounts: Accounts, options: SignInOptions): Promise<void>;
  state(): { signingIn: boolean; problem: AppError | null };
}

/** @param onSignedIn begins what waited for the account (jobs, outbox). */
export function createSignIn(changes: Changes, onSignedIn: (account: Account) => void): SignIn {
  let signingIn = 0;
  let problem: AppError | null = null;
  const tell = () => {
    changes.tell({ kind: 'account' });
    changes.tell({ kind: 'view' });
    changes.tell({ kind: 'marks' });
  };
  return {
    async begin(accounts, options) {
      signingIn++;
      problem = null;
      tell();
      try {
        onSignedIn(await accounts.signIn(options));
      } catch (caught) {
        problem = toAppError(caught);
        throw caught;
      } finally {
        signingIn--;
        tell();
      }
    },
    state: () => ({ signingIn: signingIn > 0, problem }),
  };
}
