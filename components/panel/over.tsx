import { CircleCheckBig } from 'lucide';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { ChatCare } from '../../lib/rpc/contract.ts';
import { formatMessage } from '../../lib/util/html.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';

interface OverProps {
  title: string;
  over: NonNullable<ChatCare['over']>;
  unread: number;
  actions: Pick<PanelActions, 'act'>;
  /** Sends the last word, or (null) means that none is wanted. */
  onFarewell: (html: string | null) => Promise<Result<void>>;
  onShow: () => void;
}

/** A record that is over: a word of farewell, once, if the person wants one; and the chat a click away. */
export function Over({ title, over, unread, actions, onFarewell, onShow }: OverProps) {
  return (
    <EmptyState icon={CircleCheckBig} title={t('over.title')}>
      <p dir="auto">{t('over.text', { title, status: over.status })}</p>
      <Button look="primary" large onClick={onShow}>
        {unread > 0 ? t('over.showUnread', { count: unread }) : t('over.show')}
      </Button>
      {over.ask && <Farewell {...{ title, actions, onFarewell }} />}
    </EmptyState>
  );
}

function Farewell({ title, actions, onFarewell }: Pick<OverProps, 'title' | 'actions' | 'onFarewell'>) {
  const [text, setText] = useState(() => t('over.words', { title }));
  const [writing, setWriting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const answer = async (html: string | null) => {
    setBusy(true);
    const result = await onFarewell(html);
    setBusy(false);
    setProblem(result.ok ? null : result.error);
  };
  return (
    <div class="panel-wide panel-farewell">
      {writing ? (
        <>
          <textarea
            class="ui-input"
            rows={3}
            dir="auto"
            aria-label={t('over.message')}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <div class="panel-row">
            <Button busy={busy} disabled={!text.trim()} onClick={() => void answer(formatMessage(text))}>
              {t('over.send')}
            </Button>
            <Button look="quiet" onClick={() => setWriting(false)}>
              {t('over.back')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p class="ui-muted">{t('over.ask')}</p>
          <div class="panel-row panel-row-center">
            <Button onClick={() => setWriting(true)}>{t('over.write')}</Button>
            <Button look="quiet" busy={busy} onClick={() => void answer(null)}>
              {t('over.no')}
            </Button>
          </div>
        </>
      )}
      {problem && <Problem problem={problem} role="alert" onAction={actions.act} />}
    </div>
  );
}
