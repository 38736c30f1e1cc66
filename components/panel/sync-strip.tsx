import { RefreshCw } from 'lucide';
import { useContext } from 'preact/hooks';
import { formatDay } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import { Button } from '../ui/button.tsx';
import { Late } from '../ui/late.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { ChatSyncContext } from './chat-sync.ts';

/** In the chat's menu: what is new, now. */
export function SyncItem({ chatId, onChosen }: { chatId: ChatId; onChosen: () => void }) {
  const sync = useContext(ChatSyncContext);
  if (!sync) return null;
  return (
    <Button
      icon={RefreshCw}
      look="quiet"
      onClick={() => {
        onChosen();
        sync.start(chatId);
      }}
    >
      {t('sync.now')}
    </Button>
  );
}

/** Above the conversation: that it is being brought up to date, and what came of it. */
export function SyncStrip({
  problem,
  onAction,
}: {
  problem: AppError | null;
  onAction: (action: ErrorAction) => void;
}) {
  const sync = useContext(ChatSyncContext);
  const asked = sync?.asked;
  // Why the chat cannot be read stands there already.
  if (!sync || !asked || (asked.state === 'failed' && asked.problem.code === problem?.code)) return null;
  return (
    <div class="panel-notices">
      {asked.state === 'failed' ? (
        <Problem problem={asked.problem} role="alert" onAction={onAction} onDismiss={sync.putAway} />
      ) : (
        <Notice role="status" {...(asked.state === 'done' ? { tone: 'good', onDismiss: sync.putAway } : {})}>
          <p>
            {asked.state === 'reading'
              ? t('sync.reading')
              : asked.messages
                ? t('sync.newMessages', { count: asked.messages })
                : t('sync.upToDate')}
          </p>
          {asked.state === 'reading' && (
            <Late ms={600}>
              <progress aria-label={t('sync.reading')} />
            </Late>
          )}
        </Notice>
      )}
    </div>
  );
}

/** Where what is stored of a chat begins, as long as older messages are fetched by themselves. */
export function FillingLine({ now }: { now: number }) {
  const filling = useContext(ChatSyncContext)?.filling;
  if (!filling) return null;
  const { from, until, share } = filling;
  return (
    // Not read out at every step, as the conversation around it is.
    <div class="sync-filling" aria-live="off">
      <span>
        {until
          ? t('sync.filling', { from: formatDay(from, now), until: formatDay(until, now) })
          : t('sync.fillingAll', { from: formatDay(from, now) })}
      </span>
      <progress max={1} value={share} aria-label={t('sync.fillingLabel')} />
    </div>
  );
}
