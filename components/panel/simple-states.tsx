import { FileText, LogIn, PlugZap, Save, Settings } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import type { AccountId, Doctype } from '../../lib/model/ids.ts';
import type { AccountChoice } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Problem } from '../ui/notice.tsx';
import { OtherAccounts } from './other-accounts.tsx';

/** The states in which there is no record to talk about yet: one sentence, and the way on. */

export function NoRecord() {
  return (
    <EmptyState icon={FileText} title={t('noRecord.title')}>
      <p>{t('noRecord.text')}</p>
    </EmptyState>
  );
}

export function Unsaved({ doctype }: { doctype: Doctype }) {
  return (
    <EmptyState icon={Save} title={t('unsaved.title', { doctype })}>
      <p>{t('unsaved.text')}</p>
    </EmptyState>
  );
}

export function NotConfigured({ redirectUri }: { redirectUri: string }) {
  return (
    <EmptyState icon={Settings} title={t('notConfigured.title')}>
      <p>{t('notConfigured.text')}</p>
      <ol class="panel-steps-plain">
        <li>{t('notConfigured.step1')}</li>
        <li>{t('notConfigured.step2')}</li>
      </ol>
      <div class="panel-wide">
        <CopyField label={t('settings.redirectUri')} text={redirectUri} />
      </div>
    </EmptyState>
  );
}

interface SignedOutProps {
  problem: AppError | null;
  signingIn: boolean;
  /** Who is signed in for other sites. */
  others: AccountChoice[];
  onSignIn: (pickAccount: boolean) => void;
  onUse: (account: AccountId) => void;
  onAction: (action: ErrorAction) => void;
}

export function SignedOut({ problem, signingIn, others, onSignIn, onUse, onAction }: SignedOutProps) {
  return (
    <EmptyState icon={LogIn} title={t('signIn.title')}>
      <p>{others.length > 0 ? t('signIn.which') : t('signIn.text')}</p>
      {problem && !signingIn && (
        <div class="panel-wide">
          <Problem problem={withoutSignIn(problem)} onAction={onAction} />
        </div>
      )}
      {!signingIn && <OtherAccounts large others={others} onUse={onUse} />}
      <Button look="primary" large busy={signingIn} onClick={() => onSignIn(false)}>
        {signingIn ? t('signIn.busy') : t('signIn.button')}
      </Button>
      {!signingIn && (
        <button type="button" class="ui-link-button" onClick={() => onSignIn(true)}>
          {t('signIn.other')}
        </button>
      )}
    </EmptyState>
  );
}

/** Both ways to sign in are the buttons below. */
function withoutSignIn({ action, ...problem }: AppError): AppError {
  return action && action.kind !== 'sign-in' && action.kind !== 'retry' ? { ...problem, action } : problem;
}

export function Trouble({ problem, onAction }: { problem: AppError; onAction: (action: ErrorAction) => void }) {
  return (
    <EmptyState icon={PlugZap} title={problem.title}>
      <div class="panel-wide">
        <Problem problem={{ ...problem, title: t('trouble.next') }} onAction={onAction} role="alert" />
      </div>
    </EmptyState>
  );
}
