import { t } from '../../lib/i18n/translate.ts';

/** Microsoft's or ERPNext's own code and request id, for whoever is shown it; folded away from everybody else. */
export function Detail({ text }: { text: string }) {
  return (
    <details class="ui-detail">
      <summary>{t('ui.detail')}</summary>
      <code dir="ltr">{text}</code>
    </details>
  );
}
