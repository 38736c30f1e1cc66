import { t } from '../../lib/i18n/translate.ts';
import { Late } from '../ui/late.tsx';

/** Grey shapes of a conversation, once waiting has become noticeable. */
export function Loading() {
  return (
    <Late ms={300}>
      <div class="panel-loading" role="status">
        <span class="ui-visually-hidden">{t('panel.loading')}</span>
        {[72, 48, 60, 36].map((width, i) => (
          <div key={width} class={`panel-loading-row ${i === 2 ? 'panel-loading-own' : ''}`}>
            <div class="ui-skeleton panel-loading-face" />
            <div class="ui-skeleton panel-loading-bubble" style={{ inlineSize: `${width}%` }} />
          </div>
        ))}
      </div>
    </Late>
  );
}
