import { t } from '../../lib/i18n/translate.ts';
import type { PopupView } from '../../lib/rpc/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import type { PopupActions } from './actions.ts';

interface AccountCardProps {
  view: PopupView;
  /** Signing out was asked for while work is unfinished: show what would be lost. */
  asking: boolean;
  onStay: () => void;
  actions: Pick<PopupActions, 'signIn' | 'signOut' | 'act'>;
}

/** Who is signed in to Microsoft, in and out. */
export function AccountCard({ view, asking, onStay, actions }: AccountCardProps) {
  const { account } = view;
  return (
    <section class="popup-card">
      <h2>{t('account.heading')}</h2>
      {account ? (
        <>
          <div class="popup-account">
            <Avatar name={account.name} />
            <div class="people-text">
              <span class="people-name">{account.name}</span>
              <span class="people-mail">{account.email}</span>
            </div>
          </div>
          {!view.canRead && <p class="ui-muted">{t('account.base')}</p>}
          {asking && view.unfinished.length > 0 ? (
            <Unfinished view={view} onStay={onStay} actions={actions} />
          ) : (
            <Button onClick={() => actions.signOut(false)}>{t('account.signOut')}</Button>
          )}
        </>
      ) : (
        <SignedOut view={view} actions={actions} />
      )}
      {view.signInProblem && !view.signingIn && <Problem problem={view.signInProblem} onAction={actions.act} />}
    </section>
  );
}

function SignedOut({ view, actions }: Pick<AccountCardProps, 'view' | 'actions'>) {
  const ready = view.settings.registration !== null;
  return (
    <>
      <p>{ready ? t('account.signedOut') : t('account.needsSetup')}</p>
      <Button look="primary" large busy={view.signingIn} disabled={!ready} onClick={() => actions.signIn(false)}>
        {view.signingIn ? t('signIn.busy') : t('signIn.button')}
      </Button>
      {ready && !view.signingIn && (
        <button type="button" class="ui-link-button" onClick={() => actions.signIn(true)}>
          {t('signIn.other')}
        </button>
      )}
    </>
  );
}

function Unfinished({ view, onStay, actions }: Omit<AccountCardProps, 'asking'>) {
  return (
    <Notice tone="warn" title={t('account.unfinished')} role="alert">
      <ul class="popup-list">
        {view.unfinished.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div class="panel-row">
        <Button onClick={() => actions.signOut(true)}>{t('account.discard')}</Button>
        <Button look="quiet" onClick={onStay}>
          {t('account.stay')}
        </Button>
      </div>
    </Notice>
  );
}
