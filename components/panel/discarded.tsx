import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export interface DiscardedProps {
  /** It may have been sent. */
  unsure: boolean;
  undo: () => void;
  forget: () => void;
}

/** What was just given up can be had back. */
export function Discarded({ unsure, undo, forget }: DiscardedProps) {
  return (
    <div class="panel-notices">
      <Notice role="status" onDismiss={forget}>
        <div class="panel-row">
          <p>{t(unsure ? 'out.removed' : 'out.discarded')}</p>
          <Button onClick={undo}>{t('out.undo')}</Button>
        </div>
      </Notice>
    </div>
  );
}
