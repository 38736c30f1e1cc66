import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** What was just given up can be had back. */
export function Discarded({ undo, forget }: { undo: () => void; forget: () => void }) {
  return (
    <div class="panel-notices">
      <Notice role="status" onDismiss={forget}>
        <div class="panel-row">
          <p>{t('out.discarded')}</p>
          <Button onClick={undo}>{t('out.undo')}</Button>
        </div>
      </Notice>
    </div>
  );
}
