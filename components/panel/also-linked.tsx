import { t } from '../../lib/i18n/translate.ts';
import type { RecordKey } from '../../lib/model/ids.ts';
import type { LinkedRecord } from '../../lib/rpc/contract.ts';

/** The other records of this chat: what is written here, their people read too. */
export function AlsoLinked({ also, onOpen }: { also: LinkedRecord[]; onOpen: (key: RecordKey) => void }) {
  if (also.length === 0) return null;
  return (
    <p class="panel-also">
      {t('also.label')}{' '}
      {also.slice(0, MOST).map(({ key, doctype, name }, i) => (
        <span key={key}>
          {i > 0 && ', '}
          <button type="button" class="ui-link-button" dir="auto" onClick={() => onOpen(key)}>
            {doctype} {name}
          </button>
        </span>
      ))}
      {also.length > MOST && ` ${t('also.more', { count: also.length - MOST })}`}
    </p>
  );
}

const MOST = 4;
