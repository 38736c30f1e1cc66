import { ArrowLeft } from 'lucide';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatPreview } from '../../lib/rpc/contract.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { IconButton } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { PanelActions } from './actions.ts';
import { ConfirmForm } from './confirm-form.tsx';
import { Loading } from './loading.tsx';

interface ConfirmPeopleProps {
  actions: PanelActions;
  photoOf: PhotoOf;
  onBack: () => void;
}

type Asked = { state: 'asking' } | { state: 'failed'; problem: AppError } | { state: 'answered'; preview: ChatPreview };

/** The page before the chat is made: looks everybody up in Microsoft 365, then shows the form. Escape leads back. */
export function ConfirmPeople({ actions, photoOf, onBack }: ConfirmPeopleProps) {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' });
  const heading = useRef<HTMLHeadingElement>(null);
  const gone = useRef(false);
  useEscape(onBack);

  const look = useCallback(async () => {
    setAsked({ state: 'asking' });
    const result = await actions.preview();
    if (gone.current) return;
    setAsked(result.ok ? { state: 'answered', preview: result.value } : { state: 'failed', problem: result.error });
  }, [actions]);

  useEffect(() => {
    gone.current = false;
    heading.current?.focus();
    void look();
    return () => {
      gone.current = true;
    };
  }, [look]);

  return (
    <section class="confirm" aria-labelledby="confirm-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('confirm.back')} onClick={onBack} />
        <h2 id="confirm-title" ref={heading} tabIndex={-1}>
          {t('confirm.title')}
        </h2>
      </div>
      {asked.state === 'asking' && <Loading />}
      {asked.state === 'failed' && (
        <div class="panel-pad">
          <Problem
            problem={asked.problem}
            role="alert"
            onAction={(action) => (action.kind === 'retry' ? void look() : actions.act(action))}
          />
        </div>
      )}
      {asked.state === 'answered' && (
        <ConfirmForm
          preview={asked.preview}
          actions={actions}
          photoOf={photoOf}
          onBack={onBack}
          onAgain={() => void look()}
        />
      )}
    </section>
  );
}
