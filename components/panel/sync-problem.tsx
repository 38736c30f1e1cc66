import { formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import { Problem } from '../ui/notice.tsx';

interface SyncProblemProps {
  problem: AppError;
  /** ISO time of the newest successful read; null where there was none. */
  syncedAt: string | null;
  onAction: (action: ErrorAction) => void;
}

/** Why nothing new is read, and as of when is what stands there. */
export function SyncProblem({ problem, syncedAt, onAction }: SyncProblemProps) {
  const text = syncedAt ? `${problem.text} ${t('linked.asOf', { time: formatTime(syncedAt) })}` : problem.text;
  return <Problem problem={{ ...problem, text }} onAction={onAction} />;
}
