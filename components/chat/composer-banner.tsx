import { X } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import { IconButton } from '../ui/button.tsx';
import { useEscape } from '../ui/use-escape.ts';

export interface BannerProps {
  title: string;
  text: string;
  onCancel: () => void;
}

/** Over the field: whom the message answers, or which one is being edited. Escape gives that up. */
export function ComposerBanner({ title, text, onCancel }: BannerProps) {
  useEscape(onCancel);
  return (
    <div class="composer-banner" role="status">
      <p>
        <strong>{title}</strong>
        <span dir="auto">{text}</span>
      </p>
      <IconButton icon={X} size={14} label={t('acts.cancel')} onClick={onCancel} />
    </div>
  );
}
