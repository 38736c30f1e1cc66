import { Check, History, Link } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { useCopied } from '../ui/use-copied.ts';

interface HistoryMissingProps {
  adminConsentUrl: string;
  chatUrl: string;
  onAskRead: () => void;
}

/** The base tier: writing works, reading needs an administrator's yes. Says so, and gives the link that asks for it. */
export function HistoryMissing({ adminConsentUrl, chatUrl, onAskRead }: HistoryMissingProps) {
  const [copied, copy] = useCopied();
  return (
    <EmptyState icon={History} title={t('history.title')}>
      <p>{t('history.text')}</p>
      <div class="panel-row panel-row-center">
        <Button look="primary" onClick={onAskRead}>
          {t('history.ask')}
        </Button>
        <Button icon={copied ? Check : Link} onClick={() => copy(adminConsentUrl)}>
          {copied ? t('ui.copied') : t('history.copy')}
        </Button>
        <ExternalLink look="button" href={chatUrl}>
          {t('history.open')}
        </ExternalLink>
      </div>
    </EmptyState>
  );
}
