import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { RecordKey } from '../../lib/model/ids.ts';
import type { Orphan } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';

interface OrphanListProps {
  orphans: Orphan[];
  onForget: (key: RecordKey) => void;
}

/** Chats whose records ERPNext does not have any more: read on in Teams, give them to another record, or forget them. */
export function OrphanList({ orphans, onForget }: OrphanListProps) {
  return (
    <>
      <p class="ui-muted">{t('orphans.text')}</p>
      <ul class="popup-orphans" aria-label={t('orphans.title')}>
        {orphans.map((orphan) => (
          <Line key={orphan.key} orphan={orphan} onForget={onForget} />
        ))}
      </ul>
    </>
  );
}

function Line({ orphan, onForget }: { orphan: Orphan; onForget: OrphanListProps['onForget'] }) {
  const { key, topic, doctype, name, origin, url } = orphan;
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <span class="popup-unread-text">
        <span dir="auto">{topic ?? name}</span>
        <span class="ui-muted" dir="auto">
          {doctype} · {name} · {new URL(origin).host}
        </span>
      </span>
      <div class="panel-row">
        <ExternalLink look="button" href={url} label={t('orphans.openOf', { name: topic ?? name })}>
          {t('chat.open')}
        </ExternalLink>
        {asking ? (
          <>
            <Button look="primary" onClick={() => onForget(key)}>
              {t('orphans.forgetYes')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('orphans.forgetNo')}</Button>
          </>
        ) : (
          <Button label={t('orphans.forgetOf', { name: topic ?? name })} onClick={() => setAsking(true)}>
            {t('orphans.forget')}
          </Button>
        )}
      </div>
    </li>
  );
}
