import { t } from '../../lib/i18n/translate.ts';
import type { DiscardedKind } from '../chat/outgoing-row.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export interface DiscardedProps {
  what: DiscardedKind;
  undo: () => void;
  forget: () => void;
}

/** What was just given up can be had back. */
export function Discarded({ what, undo, forget }: DiscardedProps) {
  return (
    <div class="panel-notices">
      <Notice role="status" onDismiss={forget}>
        <div class="panel-row">
          <p>{t(`out.discarded.${what}`)}</p>
          <Button onClick={undo}>{t('out.undo')}</Button>
        </div>
      </Notice>
    </div>
  );
}
