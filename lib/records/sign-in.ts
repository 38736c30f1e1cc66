import type { Auth } from '../auth/accounts.ts';
import type { Tier } from '../auth/scopes.ts';
import { type AppError, toAppError } from '../model/errors.ts';
import type { Changes } from '../rpc/changes.ts';

/** Signing in, as the panel and the popup see it: the window may outlive the popup that asked for it. */
export interface SignIn {
  begin(options: { pickAccount?: boolean; tier?: Tier }): Promise<void>;
  state(): { signingIn: boolean; problem: AppError | null };
}

/** @param onSignedIn begins what waited for an account (jobs, outbox). */
export function createSignIn(auth: Auth, changes: Changes, onSignedIn: () => void): SignIn {
  let signingIn = false;
  let problem: AppError | null = null;
  const tell = () => {
    changes.tell({ kind: 'account' });
    changes.tell({ kind: 'view' });
    changes.tell({ kind: 'marks' });
  };
  return {
    async begin(options) {
      signingIn = true;
      problem = null;
      tell();
      try {
        await auth.signIn(options);
        onSignedIn();
      } catch (caught) {
        problem = toAppError(caught);
        throw caught;
      } finally {
        signingIn = false;
        tell();
      }
    },
    state: () => ({ signingIn, problem }),
  };
}
