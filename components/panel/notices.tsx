import { useState } from 'preact/hooks';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import { Problem } from '../ui/notice.tsx';

/** What must be said whatever else is shown; each may be put away for as long as the panel lives. */
export function Notices({ notices, onAction }: { notices: AppError[]; onAction: (action: ErrorAction) => void }) {
  const [away, setAway] = useState<readonly string[]>([]);
  const shown = notices.filter((n) => !away.includes(keyOf(n)));
  if (!shown.length) return null;
  return (
    <div class="panel-notices">
      {shown.map((n) => (
        <Problem
          key={keyOf(n)}
          problem={n}
          tone="info"
          onAction={onAction}
          onDismiss={() => setAway([...away, keyOf(n)])}
        />
      ))}
    </div>
  );
}

function keyOf(notice: AppError): string {
  return `${notice.code} ${notice.title}`;
}
