import { useContext, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { FacesContext } from './faces.ts';

/** Under a list of people: how to see who can be reached, or why that is missing. Nothing where it is there. */
export function PresenceOffer() {
  const { state, problem, onShow } = useContext(FacesContext);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<AppError | null>(null);
  if (state === 'on') return problem && <p class="ui-muted">{t('presence.problem', { why: problem.title })}</p>;
  if (state !== 'off' && state !== 'not-allowed') return null;
  const show = async () => {
    setBusy(true);
    const result = await onShow();
    setBusy(false);
    setRefused(result.ok ? null : result.error);
  };
  return (
    <div class="people-offer">
      {state === 'not-allowed' && <p class="ui-muted">{t('presence.notAllowed')}</p>}
      <Button busy={busy} onClick={() => void show()}>
        {t(state === 'off' ? 'presence.show' : 'presence.allow')}
      </Button>
      {refused && <Problem problem={refused} role="alert" onAction={() => void show()} />}
    </div>
  );
}
