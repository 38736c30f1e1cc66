import { ArrowUp, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { formatDay, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** Above the first message that was not read before. Tells whether it is on screen. */
export function NewLine({ onSeen }: { onSeen: (seen: boolean) => void }) {
  const line = useRef<HTMLDivElement>(null);
  // As long as it stands there
  useEffect(() => {
    const el = line.current!;
    const observer = new IntersectionObserver((entries) => onSeen(entries.some((entry) => entry.isIntersecting)), {
      root: el.closest('.chat-scroll'),
    });
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={line} class="chat-new">
      <span>{t('chat.new')}</span>
    </div>
  );
}

interface NewPillProps {
  count: number;
  /** There may be still more. */
  more: boolean;
  /** ISO time of the first of them, where it is known. */
  from: string | null;
  /** Milliseconds since 1970, for "today". */
  now: number;
  onGo: () => void;
  onDismiss: () => void;
}

/** That there are new ones above what is seen, and the way to the first. */
export function NewPill({ count, more, from, now, onGo, onDismiss }: NewPillProps) {
  return (
    <div class="chat-pill chat-pill-new">
      <button type="button" class="chat-pill-go" onClick={onGo}>
        <Icon icon={ArrowUp} size={14} />
        {from
          ? t('chat.newFrom', { count, time: when(from, now) })
          : t(more ? 'chat.newAtLeast' : 'chat.newAbove', { count })}
      </button>
      <IconButton icon={X} size={14} label={t('ui.dismiss')} onClick={onDismiss} />
    </div>
  );
}

function when(time: string, now: number): string {
  const day = formatDay(time, now);
  return day === formatDay(now, now) ? formatTime(time) : `${day}, ${formatTime(time)}`;
}
