import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { MappingPrice, MappingRun } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Switch } from '../ui/switch.tsx';
import type { MappingActions } from './mapping-section.tsx';

interface StartCardProps {
  price: MappingPrice | null;
  /** The price is on its way. */
  asking: boolean;
  again: boolean;
  write: boolean;
  onWrite: (on: boolean) => void;
  onStart: () => Promise<void>;
}

/** What a run costs and does, before it starts. */
export function StartCard({ price, asking, again, write, onWrite, onStart }: StartCardProps) {
  const [busy, setBusy] = useState(false);
  if (!price)
    return asking ? (
      <p class="panel-busy" role="status">
        <Spinner size={14} /> {t('mapping.asking')}
      </p>
    ) : null;
  const writes = price.mayWriteAll ? price.users : 1;
  return (
    <div class="mapping-card">
      <p>
        <strong>{t('mapping.users', { count: price.users })}.</strong>{' '}
        {t('mapping.price', { count: price.requests, time: timeWord(price.seconds) })}
      </p>
      {price.hasField ? (
        <Switch
          label={t('mapping.write')}
          on={write}
          onChange={onWrite}
          help={
            price.mayWriteAll
              ? t('mapping.writeAll', { time: timeWord(writes * price.secondsAWrite) })
              : t('mapping.writeOwn')
          }
        />
      ) : (
        <p class="ui-muted">
          {t('mapping.noField')} <a href="#fields">{t('fields.title')}</a>
        </p>
      )}
      <Button
        look="primary"
        large
        busy={busy}
        onClick={() => {
          setBusy(true);
          void onStart().finally(() => setBusy(false));
        }}
      >
        {again ? t('mapping.again') : t('mapping.start')}
      </Button>
    </div>
  );
}

interface ProgressProps {
  run: MappingRun;
  actions: Pick<MappingActions, 'stop' | 'goOn' | 'act'>;
}

/** How far a run is, why it waits, and the way out of it. */
export function Progress({ run, actions }: ProgressProps) {
  const id = useId();
  const { done, total } = run;
  return (
    <div class="mapping-card">
      <div class="mapping-progress">
        <label for={id}>{runWords(run)}</label>
        {/* Without a value it shows that something happens, and says no number. */}
        {total === 0 ? <progress id={id} /> : <progress id={id} max={total} value={done} />}
      </div>
      {run.problem && (
        <Problem
          problem={run.problem}
          onAction={(action) => (action.kind === 'retry' ? actions.goOn() : actions.act(action))}
        />
      )}
      <p class="ui-muted">{t('mapping.stopHelp')}</p>
      <div class="mapping-buttons">
        <Button onClick={actions.stop}>{t('mapping.stop')}</Button>
        {run.problem && run.problem.action?.kind !== 'retry' && (
          <Button onClick={actions.goOn}>{t('mapping.goOn')}</Button>
        )}
      </div>
    </div>
  );
}

function runWords({ step, done, total }: MappingRun): string {
  if (step === 'look') return total === 0 ? t('mapping.beginning') : t('mapping.looking', { done, total });
  return total === 0 ? t('mapping.writingBegins') : t('mapping.writing', { done, total });
}

/** `40 seconds`, `17 minutes`. */
export function timeWord(seconds: number): string {
  if (seconds < 90) return t('mapping.seconds', { count: Math.max(1, Math.round(seconds)) });
  return t('mapping.minutes', { count: Math.round(seconds / 60) });
}
