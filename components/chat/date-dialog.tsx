import { useRef, useState } from 'preact/hooks';
import { dayKey, formatDay } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/notice.tsx';

interface DateDialogProps {
  /** A day as `2028-11-22`, to begin with. */
  day: string;
  /** ISO time of the chat's beginning; '' where it is not known. */
  createdAt: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Finds the chat's place at a time (ISO); what it gives goes there. */
  onGo: (time: string) => Promise<Result<() => void>>;
  onClose: () => void;
}

/** Which day of the chat to go to. What is not stored of it is fetched, which may take some seconds. */
export function DateDialog({ day, createdAt, now, onGo, onClose }: DateDialogProps) {
  const [value, setValue] = useState(day);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const closed = useRef(false);
  const close = () => {
    closed.current = true;
    onClose();
  };
  const go = async (to: string) => {
    if (busy || !to) return;
    setValue(to);
    setBusy(true);
    setProblem(null);
    const found = await onGo(new Date(`${to}T00:00:00`).toISOString());
    if (closed.current) return;
    setBusy(false);
    if (!found.ok) return setProblem(found.error);
    close();
    // After the dialog has given the focus back: it goes on to the message.
    setTimeout(found.value);
  };
  const ago = (days: number) => dayKey(now - days * DAY_MS);
  const shortcuts = [
    [t('date.weekAgo'), ago(7)],
    [t('date.monthAgo'), ago(30)],
    ...(createdAt ? [[t('date.beginning'), dayKey(createdAt)] as const] : []),
  ] as const;
  return (
    <Dialog title={t('date.title')} onClose={close}>
      <form
        class="chat-date"
        onSubmit={(event) => {
          event.preventDefault();
          void go(value);
        }}
      >
        <input
          type="date"
          class="ui-input"
          value={value}
          required
          min={createdAt ? dayKey(createdAt) : undefined}
          max={dayKey(now)}
          aria-label={t('date.label')}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
        <button type="submit" class="ui-button ui-button-primary" aria-disabled={busy}>
          {t('date.go')}
        </button>
      </form>
      <div class="panel-row">
        {shortcuts.map(([label, to]) => (
          <Button key={label} look="quiet" disabled={busy} onClick={() => void go(to)}>
            {label}
          </Button>
        ))}
      </div>
      <p role="status" class="ui-muted">
        {busy && t('date.looking', { day: formatDay(`${value}T12:00:00`, now) })}
      </p>
      {problem && <Problem problem={problem} onAction={() => void go(value)} />}
    </Dialog>
  );
}

const DAY_MS = 86_400_000;
