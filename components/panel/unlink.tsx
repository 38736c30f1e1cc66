import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Parts record and chat, after a question: colleagues who open the record no longer find the chat there. */
export function Unlink({ onUnlink }: { onUnlink: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <div class="panel-row">
        <Button onClick={() => setAsking(true)}>{t('unlink.button')}</Button>
      </div>
    );
  return (
    <Notice tone="warn" role="alert" title={t('unlink.title')}>
      <p>{t('unlink.text')}</p>
      <div class="panel-row">
        <Button look="primary" onClick={onUnlink}>
          {t('unlink.yes')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('unlink.no')}</Button>
      </div>
    </Notice>
  );
}
