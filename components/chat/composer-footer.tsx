import { t } from '../../lib/i18n/translate.ts';
import type { Message } from '../../lib/model/message.ts';

interface ComposerFooterProps {
  id: string;
  meName: string;
  importance: Message['importance'];
  offReason: string | null;
  size: number;
  limit: number;
}

/** Under the field: why nothing can be sent, or how long the text is once that matters, or as whom it will be sent. */
export function ComposerFooter({ id, meName, importance, offReason, size, limit }: ComposerFooterProps) {
  const percent = Math.round((size / limit) * 100);
  return (
    <p id={id} class={`composer-hint ${size > limit ? 'composer-hint-bad' : ''}`} aria-live="polite">
      {importance !== 'normal' && (
        <strong class="composer-hint-bad">{t(importance === 'urgent' ? 'chat.urgent' : 'chat.important')} · </strong>
      )}
      {offReason ?? (size > limit ? t('composer.tooLong') : t('composer.as', { name: meName }))}
      {percent >= 80 && size <= limit && <span> · {t('composer.size', { percent })}</span>}
    </p>
  );
}
