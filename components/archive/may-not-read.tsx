import { Check, Link } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { ArchiveAccount } from '../../lib/rpc/contract/archive.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';

interface MayNotReadProps {
  account: ArchiveAccount;
  /** Several are signed in. */
  named: boolean;
  onAllow: (account: AccountId) => void;
}

/** Why Microsoft's search is closed to this account, and what would open it. */
export function MayNotRead({ account, named, onAllow }: MayNotReadProps) {
  const [copied, copy] = useCopied();
  return (
    <Notice>
      <p>
        {named && <bdi>{account.email}: </bdi>}
        {t('archive.mayNotRead')}
      </p>
      <div class="panel-row">
        <Button onClick={() => onAllow(account.id)}>{t('history.ask')}</Button>
        <Button icon={copied ? Check : Link} onClick={() => copy(account.consentUrl)}>
          {copied ? t('ui.copied') : t('history.copy')}
        </Button>
      </div>
    </Notice>
  );
}
