import { Check, Link } from 'lucide';
import { useContext, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChannelView } from '../../lib/rpc/contract/channels.ts';
import { channelLink } from '../chat/deep-links.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';
import { ChannelContext, problemOf } from './channel-side.ts';

/** What others write in channels takes an administrator's yes; what was posted from here is kept, and Teams has the rest. */
export function ReadingMissing({ view }: { view: ChannelView }) {
  const side = useContext(ChannelContext)!;
  const [copied, copy] = useCopied();
  const [problem, setProblem] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setProblem(problemOf(await side.allow('reading')));
    setBusy(false);
  };
  return (
    <div class="panel-notices">
      {problem && <Problem problem={problem} role="alert" onAction={side.act} onDismiss={() => setProblem(null)} />}
      <Notice>
        <p>{t('channel.noReading')}</p>
        <div class="panel-row">
          <ExternalLink look="primary" href={channelLink(view.channel!, view.tenant)}>
            {t('chat.open')}
          </ExternalLink>
          <Button busy={busy} onClick={() => void ask()}>
            {t('permission.ask')}
          </Button>
          <Button icon={copied ? Check : Link} onClick={() => copy(view.readConsentUrl)}>
            {copied ? t('ui.copied') : t('history.copy')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
