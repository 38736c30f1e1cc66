import { Hourglass } from 'lucide';
import { formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Spinner } from '../ui/spinner.tsx';

/** Somebody else's creation is running; after `staleAt` (ms) this person may take it over. */
export function Claimed({ staleAt }: { staleAt: number }) {
  return (
    <EmptyState icon={Hourglass} title={t('claimed.title')}>
      <p role="status" class="panel-busy">
        <Spinner size={14} /> <span>{t('claimed.text', { time: formatTime(staleAt) })}</span>
      </p>
    </EmptyState>
  );
}
