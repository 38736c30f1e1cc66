import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { formatShort } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { SyncSettings, SyncSettingsView, SyncView } from '../../lib/rpc/contract/sync.ts';
import { Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';
import { type SyncActions, SyncAll } from './sync-card.tsx';

export interface MessagesActions extends SyncActions {
  set(change: Partial<SyncSettings>): Promise<Result<void>>;
}

interface MessagesSectionProps {
  view: SyncSettingsView;
  sync: SyncView;
  actions: MessagesActions;
}

/** 0: all. */
const DAYS = [30, 90, 365, 0] as const;
const MINUTES = [15, 30, 60, 240, 1440] as const;

/** What is kept here of chats, how far back, and when it is brought up to date. */
export function MessagesSection({ view, sync, actions }: MessagesSectionProps) {
  const [problem, setProblem] = useState<AppError | null>(null);
  const set = (change: Partial<SyncSettings>) =>
    void actions.set(change).then((result) => setProblem(result.ok ? null : result.error));
  const { historyDays, syncMinutes } = view.settings;
  const by = (key: keyof SyncSettings) => (view.managed.includes(key) ? ` ${t('settings.managed')}` : '');
  const due = sync.accounts.flatMap(({ dueAt }) => dueAt ?? []).sort()[0];
  return (
    <>
      <p class="ui-muted">{t('sync.kept')}</p>
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={() => setProblem(null)} />}
      <Card title={t('sync.history')}>
        <Choice
          label={t('sync.depth')}
          value={historyDays ?? 0}
          options={DAYS}
          word={(days) => (days ? t('sync.days', { count: days }) : t('sync.everything'))}
          disabled={view.managed.includes('historyDays')}
          help={t('sync.depthHelp') + by('historyDays')}
          onChange={(days) => set({ historyDays: days || null })}
        />
        <Filled sync={sync} />
      </Card>
      <Card title={t('sync.updating')}>
        <p class="ui-muted">{t('sync.updatingHelp')}</p>
        <SyncAll sync={sync} actions={actions} />
        <Switch
          label={t('sync.timer')}
          on={syncMinutes !== null}
          disabled={view.managed.includes('syncMinutes')}
          help={t('sync.rule') + by('syncMinutes')}
          onChange={(on) => set({ syncMinutes: on ? 60 : null })}
        />
        {syncMinutes !== null && (
          <Choice
            label={t('sync.every')}
            value={syncMinutes}
            options={MINUTES}
            word={minutesWord}
            disabled={view.managed.includes('syncMinutes')}
            help={due ? t('sync.next', { time: formatShort(due) }) : ''}
            onChange={(minutes) => set({ syncMinutes: minutes })}
          />
        )}
      </Card>
    </>
  );
}

/** Of all accounts together. */
function Filled({ sync }: { sync: SyncView }) {
  const id = useId();
  const sum = (of: 'done' | 'total') => sync.accounts.reduce((all, { filled }) => all + filled[of], 0);
  const [done, total] = [sum('done'), sum('total')];
  if (!total) return null;
  return (
    <div class="sync-progress">
      <label for={id}>{done < total ? t('sync.filled', { done, total }) : t('sync.filledAll', { count: total })}</label>
      <progress id={id} max={total} value={done} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: number;
  options: readonly number[];
  word: (value: number) => string;
  disabled: boolean;
  help: string;
  onChange: (value: number) => void;
}

/** A policy may say what is not offered: that is shown too. */
function Choice({ label, value, options, word, disabled, help, onChange }: ChoiceProps) {
  const id = useId();
  const all = options.includes(value) ? options : [value, ...options];
  return (
    <div class="ui-field sync-choice">
      <label class="ui-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="ui-input"
        value={String(value)}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {all.map((one) => (
          <option key={one} value={String(one)}>
            {word(one)}
          </option>
        ))}
      </select>
      {help && (
        <p id={`${id}-help`} class="ui-muted">
          {help}
        </p>
      )}
    </div>
  );
}

function minutesWord(minutes: number): string {
  if (minutes % 1440 === 0) return t('sync.daily');
  return minutes % 60 ? t('sync.minutes', { count: minutes }) : t('sync.hours', { count: minutes / 60 });
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="options-card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
