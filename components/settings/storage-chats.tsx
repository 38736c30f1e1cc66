import { useState } from 'preact/hooks';
import { formatBytes } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { StoredChat } from '../../lib/rpc/contract/storage.ts';
import { Button } from '../ui/button.tsx';

const AT_FIRST = 10;

/** What each chat takes, the biggest first. */
export function StorageChats({ chats }: { chats: readonly StoredChat[] }) {
  const [all, setAll] = useState(false);
  if (!chats.length) return <p class="ui-muted">{t('storage.nothing')}</p>;
  const shown = all ? chats : chats.slice(0, AT_FIRST);
  return (
    <section class="options-card" aria-labelledby="storage-chats">
      <h3 id="storage-chats">{t('storage.byChat')}</h3>
      <ul class="storage-chats">
        {shown.map(({ account, chatId, name, messages, bytes }) => (
          <li key={`${account} ${chatId}`}>
            <span dir="auto">{name || t('storage.unnamed')}</span>
            <span class="ui-muted">{t('storage.count', { count: messages, shown: messages.toLocaleString() })}</span>
            <span>{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
      {shown.length < chats.length && (
        <div>
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('storage.all', { count: chats.length })}
          </Button>
        </div>
      )}
    </section>
  );
}
