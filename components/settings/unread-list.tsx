import { BellOff } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { UnreadRecord } from '../../lib/rpc/contract.ts';
import { Icon } from '../ui/icon.tsx';
import type { PopupActions } from './actions.ts';

interface UnreadListProps {
  unread: UnreadRecord[];
  actions: PopupActions;
}

/** Records whose chats have something unread; each leads to its record. */
export function UnreadList({ unread, actions }: UnreadListProps) {
  if (unread.length === 0) return null;
  return (
    <section class="popup-card" aria-labelledby="popup-unread">
      <h2 id="popup-unread">{t('unread.title')}</h2>
      <ul class="popup-unread">
        {unread.map((record) => (
          <li key={record.key}>
            <button type="button" class="ui-button ui-button-quiet" onClick={() => actions.openRecord(record.key)}>
              <span class="popup-unread-text">
                <span dir="auto">{titleOf(record)}</span>
                <span class="ui-muted" dir="auto">
                  {record.doctype} · {record.name} · {new URL(record.origin).host}
                </span>
              </span>
              {record.muted && (
                <span class="ui-muted" title={t('unread.muted')}>
                  <Icon icon={BellOff} size={14} />
                  <span class="ui-visually-hidden">{t('unread.muted')}</span>
                </span>
              )}
              <span class={record.muted ? 'ui-badge' : 'ui-badge ui-badge-info'}>
                {record.unread > 99 ? '99+' : record.unread}
                <span class="ui-visually-hidden"> {t('unread.messages')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The chat's topic without the marker that says the record's name once more. */
function titleOf({ topic, name }: UnreadRecord): string {
  const marker = ` · ${name}`;
  return topic?.endsWith(marker) ? topic.slice(0, -marker.length) : (topic ?? name);
}
