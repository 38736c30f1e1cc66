import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface UnlinkProps {
  onUnlink: () => void;
  /** `replace`: of a chat that this person cannot see, to make room for another. */
  words?: 'unlink' | 'replace';
}

/** Parts record and chat, after a question: colleagues who open the record no longer find the chat there. */
export function Unlink({ onUnlink, words = 'unlink' }: UnlinkProps) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <div class="panel-row">
        <Button onClick={() => setAsking(true)}>{t(`${words}.button`)}</Button>
      </div>
    );
  return (
    <Notice tone="warn" role="alert" title={t(`${words}.title`)}>
      <p>{t(`${words}.text`)}</p>
      <div class="panel-row">
        <Button look="primary" onClick={onUnlink}>
          {t(`${words}.yes`)}
        </Button>
        <Button onClick={() => setAsking(false)}>{t(`${words}.no`)}</Button>
      </div>
    </Notice>
  );
}
