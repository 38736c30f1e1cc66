import { t } from '../../lib/i18n/translate.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { AccountsView, AccountView } from '../../lib/rpc/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import type { AccountActions } from './actions.ts';
import { hostOf } from './options-site.tsx';

interface AccountCardProps {
  view: AccountsView;
  /** There is a registration to sign in with. */
  ready: boolean;
  /** Signing this one out was asked for while work is unfinished: show what would be lost. */
  asking: AccountId | null;
  /** A heading that says the same stands above it. */
  bare?: boolean;
  onStay: () => void;
  actions: AccountActions;
}

/** Who is signed in to Microsoft and where each speaks, in and out. */
export function AccountCard({ view, ready, asking, bare = false, onStay, actions }: AccountCardProps) {
  const { accounts } = view;
  const several = accounts.length > 1;
  return (
    <section class="popup-card">
      {!bare && <h2>{several ? t('account.headings') : t('account.heading')}</h2>}
      {accounts.length > 0 ? (
        <ul class="popup-accounts">
          {accounts.map((account) => (
            <li key={account.id}>
              <Who account={account} several={several} />
              {account.problem && !view.signingIn && (
                <Problem
                  problem={account.problem}
                  onAction={(action) =>
                    action.kind === 'sign-in' ? actions.signIn({ account: account.id }) : actions.act(action)
                  }
                />
              )}
              {asking === account.id && account.unfinished.length > 0 ? (
                <Unfinished account={account} onStay={onStay} actions={actions} />
              ) : (
                <Button
                  {...(several ? { label: t('account.signOutOf', { email: account.email }) } : {})}
                  onClick={() => actions.signOut(account.id, false)}
                >
                  {t('account.signOut')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <SignedOut busy={view.signingIn} ready={ready} actions={actions} />
      )}
      {view.signInProblem && !view.signingIn && <Problem problem={view.signInProblem} onAction={actions.act} />}
    </section>
  );
}

function Who({ account, several }: { account: AccountView; several: boolean }) {
  const { name, email, sites, canRead, problem } = account;
  return (
    <>
      <div class="popup-account">
        <Avatar name={name} />
        <div class="people-text">
          <span class="people-name">{name}</span>
          <span class="people-mail">{email}</span>
        </div>
      </div>
      {several && (
        <p class="ui-muted">
          {sites.length > 0
            ? t('account.speaksOn', { sites: sites.map(hostOf).join(', ') })
            : t('account.speaksNowhere')}
        </p>
      )}
      {!canRead && !problem && <p class="ui-muted">{t('account.base')}</p>}
    </>
  );
}

function SignedOut({ busy, ready, actions }: { busy: boolean; ready: boolean; actions: AccountActions }) {
  return (
    <>
      <p>{ready ? t('account.signedOut') : t('account.needsSetup')}</p>
      <Button look="primary" large busy={busy} disabled={!ready} onClick={() => actions.signIn({})}>
        {busy ? t('signIn.busy') : t('signIn.button')}
      </Button>
      {ready && !busy && (
        <button type="button" class="ui-link-button" onClick={() => actions.signIn({ pickAccount: true })}>
          {t('signIn.other')}
        </button>
      )}
    </>
  );
}

interface UnfinishedProps extends Pick<AccountCardProps, 'onStay' | 'actions'> {
  account: AccountView;
}

function Unfinished({ account, onStay, actions }: UnfinishedProps) {
  return (
    <Notice tone="warn" title={t('account.unfinished')} role="alert">
      <ul class="popup-list">
        {account.unfinished.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div class="panel-row">
        <Button onClick={() => actions.signOut(account.id, true)}>{t('account.discard')}</Button>
        <Button look="quiet" onClick={onStay}>
          {t('account.stay')}
        </Button>
      </div>
    </Notice>
  );
}
