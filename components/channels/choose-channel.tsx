import { ArrowLeft, Check, Hash, Link } from 'lucide';
import { useContext, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChannelView } from '../../lib/rpc/contract/channels.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Problem } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';
import { useEscape } from '../ui/use-escape.ts';
import { ChannelPicker } from './channel-picker.tsx';
import { ChannelContext, type ChannelSide, problemOf } from './channel-side.ts';

/** Where a channel is chosen for the record, in the place of its talk; before that, where posting is allowed. */
export function ChooseChannel({ onBack }: { onBack: () => void }) {
  const side = useContext(ChannelContext)!;
  useEscape(onBack);
  return (
    <section class="confirm" aria-labelledby="channel-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('channel.back')} onClick={onBack} />
        <h2 id="channel-title">{t('channel.choose')}</h2>
      </div>
      <div class="confirm-body">
        {side.view?.mayPost ? (
          <ChannelPicker find={side.find} onPick={side.choose} onAction={side.act} />
        ) : (
          side.view && <AllowPosting view={side.view} allow={side.allow} act={side.act} />
        )}
      </div>
      <footer class="confirm-foot">
        <p class="ui-muted">{t('channel.chooseHelp')}</p>
      </footer>
    </section>
  );
}

interface AllowProps extends Pick<ChannelSide, 'allow' | 'act'> {
  view: Pick<ChannelView, 'postConsentUrl'>;
}

/** Nothing of channels is asked at sign-in: here it is first wanted. */
export function AllowPosting({ view, allow, act }: AllowProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [copied, copy] = useCopied();
  const ask = async () => {
    setBusy(true);
    setProblem(problemOf(await allow('posting')));
    setBusy(false);
  };
  return (
    <EmptyState icon={Hash} title={t('channel.allowTitle')}>
      <p>{t('channel.allowText')}</p>
      {problem && (
        <div class="panel-wide">
          <Problem problem={problem} role="alert" onAction={act} />
        </div>
      )}
      <div class="panel-row panel-row-center">
        <Button look="primary" busy={busy} onClick={() => void ask()}>
          {t('channel.allow')}
        </Button>
        <Button icon={copied ? Check : Link} onClick={() => copy(view.postConsentUrl)}>
          {copied ? t('ui.copied') : t('history.copy')}
        </Button>
      </div>
    </EmptyState>
  );
}
