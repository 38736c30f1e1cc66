import { useId } from 'preact/hooks';
import { formatShort, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AccountSyncView, SyncView } from '../../lib/rpc/contract/sync.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';

export interface SyncActions {
  start(): void;
  cancel(): void;
}

/** All linked chats of all accounts: when they were last brought up to date, how far it is, and the way to it. */
export function SyncAll({ sync, actions }: { sync: SyncView; actions: SyncActions }) {
  const { accounts } = sync;
  const running = accounts.filter(({ run }) => run !== null);
  if (!accounts.length) return <p class="ui-muted">{t('sync.noReading')}</p>;
  return (
    <div class="sync-all">
      {running.map((account) => (
        <Progress key={account.id} account={account} several={accounts.length > 1} />
      ))}
      {/* It stays, so that its words are heard when they change. */}
      <p class="ui-muted" role="status">
        {running.length === 0 && lastWords(accounts)}
      </p>
      {running.length === 0 &&
        accounts.map(({ id, problem }) => problem && <Problem key={id} problem={problem} onAction={actions.start} />)}
      {running.length > 0 ? (
        <Button onClick={actions.cancel}>{t('sync.cancel')}</Button>
      ) : (
        <Button onClick={actions.start}>{t('sync.all')}</Button>
      )}
    </div>
  );
}

function Progress({ account: { run, name }, several }: { account: AccountSyncView; several: boolean }) {
  const id = useId();
  if (!run) return null;
  const words = run.total === null ? t('sync.listing') : t('sync.progress', { done: run.done, total: run.total });
  return (
    <div class="sync-progress">
      <label for={id}>{several ? `${name}: ${words}` : words}</label>
      {/* Without a value it shows that something happens, and says no number. */}
      {run.total ? <progress id={id} max={run.total} value={run.done} /> : <progress id={id} />}
      {run.problem && run.wakeAt && (
        <p class="ui-muted" role="status">
          {run.problem.title}. {t('sync.goesOn', { time: formatTime(run.wakeAt) })}
        </p>
      )}
    </div>
  );
}

function lastWords(accounts: readonly AccountSyncView[]): string {
  // What all of them have reached.
  const times = accounts.flatMap(({ doneAt }) => doneAt ?? []).sort();
  if (!times[0] || times.length < accounts.length) return t('sync.never');
  const brought = accounts.reduce((sum, { brought }) => sum + (brought ?? 0), 0);
  const result = brought ? t('sync.newMessages', { count: brought }) : t('sync.nothingNew');
  return `${t('sync.last', { time: formatShort(times[0]) })} ${result}.`;
}
