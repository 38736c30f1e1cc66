import { useState } from 'preact/hooks';
import { formatBytes, formatDay } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { StoragePlan, StorageRun } from '../../lib/rpc/contract/storage.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import type { StorageActions } from './storage-actions.ts';

interface StorageEvictProps {
  oldestAt: string | null;
  run: StorageRun | null;
  actions: Pick<StorageActions, 'plan' | 'evict' | 'cancel'>;
}

/** Taking old messages from this machine: from when on, what that is, the person's word, and how far it is. */
export function StorageEvict({ oldestAt, run, actions }: StorageEvictProps) {
  const [day, setDay] = useState(halfAYearAgo);
  const [plan, setPlan] = useState<(StoragePlan & { before: string }) | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [looking, setLooking] = useState(false);
  const goesOn = run?.over === false;

  const look = async () => {
    const before = new Date(`${day}T00:00`);
    if (Number.isNaN(before.getTime())) return;
    setLooking(true);
    const answer = await actions.plan(before.toISOString());
    setLooking(false);
    setProblem(answer.ok ? null : answer.error);
    setPlan(answer.ok ? { ...answer.value, before: before.toISOString() } : null);
  };

  return (
    <section class="options-card" aria-labelledby="storage-evict">
      <h3 id="storage-evict">{t('storage.evict')}</h3>
      <p class="ui-muted">
        {t('storage.evictHelp')} {oldestAt && t('storage.oldest', { day: dayOf(oldestAt) })}
      </p>
      {goesOn ? (
        <div class="storage-run">
          <p role="status">{t('storage.going', { done: run.done, total: run.total })}</p>
          <Progress label={t('storage.evict')} done={run.done} total={Math.max(1, run.total)} />
          <Button onClick={() => void actions.cancel()}>{t('storage.stop')}</Button>
        </div>
      ) : (
        <div class="storage-ask">
          <label class="ui-field">
            <span>{t('storage.before')}</span>
            <input
              class="ui-input"
              type="date"
              value={day}
              onInput={(event) => {
                setDay(event.currentTarget.value);
                setPlan(null);
              }}
            />
          </label>
          <Button busy={looking} onClick={() => void look()}>
            {t('storage.look')}
          </Button>
        </div>
      )}
      {problem && <Problem problem={problem} role="alert" onAction={() => void look()} />}
      {plan && !goesOn && <Plan plan={plan} onStay={() => setPlan(null)} onGo={go} />}
      {run?.over && !plan && <Over run={run} />}
    </section>
  );

  function go() {
    if (plan) void actions.evict(plan.before);
    setPlan(null);
  }
}

interface PlanProps {
  plan: StoragePlan & { before: string };
  onStay: () => void;
  onGo: () => void;
}

function Plan({ plan, onStay, onGo }: PlanProps) {
  if (!plan.messages) return <p role="status">{t('storage.planNothing', { day: dayOf(plan.before) })}</p>;
  const shown = plan.messages.toLocaleString();
  return (
    <div class="storage-plan" role="status">
      <p>
        {t('storage.plan', { count: plan.messages, shown, day: dayOf(plan.before) })}{' '}
        {t('storage.planChats', { count: plan.chats, size: formatBytes(plan.bytes) })}
      </p>
      <p class="ui-muted">{t('storage.planHelp')}</p>
      <div class="storage-buttons">
        <Button look="primary" onClick={onGo}>
          {t('storage.go')}
        </Button>
        <Button onClick={onStay}>{t('storage.stay')}</Button>
      </div>
    </div>
  );
}

function Over({ run }: { run: StorageRun }) {
  if (run.problem) return <Problem problem={run.problem} role="alert" onAction={() => {}} />;
  return <p role="status">{t('storage.over', { count: run.messages, shown: run.messages.toLocaleString() })}</p>;
}

function halfAYearAgo(): string {
  const day = new Date();
  day.setMonth(day.getMonth() - 6);
  return day.toISOString().slice(0, 10);
}

function dayOf(iso: string): string {
  return formatDay(iso, Date.now());
}
