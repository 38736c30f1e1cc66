import { useState } from 'preact/hooks';
import { formatBytes } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { StorageRun, StorageView } from '../../lib/rpc/contract/storage.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { StorageActions } from './storage-actions.ts';
import { StorageChats } from './storage-chats.tsx';
import { StorageEvict } from './storage-evict.tsx';

interface StorageSectionProps {
  /** Null while it is counted. */
  view: StorageView | null;
  persistent: boolean;
  run: StorageRun | null;
  problem: AppError | null;
  actions: StorageActions;
}

/** "Storage": what is kept on this machine, whether the browser may clear it away, and taking old messages from it. */
export function StorageSection({ view, persistent, run, problem, actions }: StorageSectionProps) {
  if (problem) return <Problem problem={problem} role="alert" onAction={actions.again} />;
  if (!view)
    return (
      <p role="status" class="ui-muted">
        <Spinner /> {t('storage.counting')}
      </p>
    );
  return (
    <>
      <p class="ui-muted">{t('storage.intro')}</p>
      {view.low && (
        <Notice tone="warn" title={t('storage.low')} role="alert">
          <p>{t('storage.lowHelp')}</p>
        </Notice>
      )}
      <Sums view={view} />
      <Persistent persistent={persistent} onAsk={actions.persist} />
      <StorageEvict oldestAt={view.oldestAt} run={run} actions={actions} />
      <StorageChats chats={view.chats} />
    </>
  );
}

function Sums({ view }: { view: StorageView }) {
  const { used, allowed } = view;
  const lines = [
    [t('storage.messages'), view.messages],
    [t('storage.words'), view.words],
    [t('storage.pictures'), view.pictures],
  ] as const;
  return (
    <div class="options-card">
      <dl class="storage-sums">
        {lines.map(([name, bytes]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatBytes(bytes)}</dd>
          </div>
        ))}
      </dl>
      {used !== null && allowed !== null && (
        <p class="ui-muted">{t('storage.allowed', { used: formatBytes(used), allowed: formatBytes(allowed) })}</p>
      )}
    </div>
  );
}

function Persistent({ persistent, onAsk }: { persistent: boolean; onAsk: () => Promise<boolean> }) {
  const [refused, setRefused] = useState(false);
  return (
    <div class="options-card">
      <p role="status">{persistent ? t('storage.persistent') : t('storage.notPersistent')}</p>
      {!persistent && (
        <div>
          <Button onClick={() => void onAsk().then((granted) => setRefused(!granted))}>{t('storage.persist')}</Button>
        </div>
      )}
      {!persistent && refused && <p class="ui-muted">{t('storage.persistRefused')}</p>}
    </div>
  );
}
