import { Check, Copy } from 'lucide';
import { useId } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Icon } from './icon.tsx';
import { useCopied } from './use-copied.ts';

/** A text to be taken elsewhere, with a button that copies it. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const id = useId();
  const [copied, copy] = useCopied();
  return (
    <div class="ui-field">
      <label class="ui-label" for={id}>
        {label}
      </label>
      <div class="ui-copy">
        <input id={id} class="ui-input" dir="ltr" readOnly value={text} onFocus={(e) => e.currentTarget.select()} />
        <button type="button" class="ui-button" onClick={() => copy(text)}>
          <Icon icon={copied ? Check : Copy} size={14} />
          <span aria-live="polite">{copied ? t('ui.copied') : t('ui.copy')}</span>
        </button>
      </div>
    </div>
  );
}
