import { Check, Link } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';

interface AskPermissionProps {
  /** What cannot be done here, and who can allow it. */
  text: string;
  consentUrl: string;
  /** Where it can be done now. */
  chatUrl: string;
  onAsk: () => void;
}

/** What an administrator has to allow: ask for it, send them the link, or do it in Teams. */
export function AskPermission({ text, consentUrl, chatUrl, onAsk }: AskPermissionProps) {
  const [copied, copy] = useCopied();
  return (
    <Notice>
      <p>{text}</p>
      <div class="panel-row">
        <ExternalLink look="primary" href={chatUrl}>
          {t('chat.open')}
        </ExternalLink>
        <Button onClick={onAsk}>{t('permission.ask')}</Button>
        <Button icon={copied ? Check : Link} onClick={() => copy(consentUrl)}>
          {copied ? t('ui.copied') : t('history.copy')}
        </Button>
      </div>
    </Notice>
  );
}
