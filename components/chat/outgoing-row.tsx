import { Check, CircleAlert, CircleQuestionMark, Clock } from 'lucide';
import { formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { OutboxState, OutgoingMessage } from '../../lib/model/message.ts';
import { Button } from '../ui/button.tsx';
import { Detail } from '../ui/detail.tsx';
import { Icon } from '../ui/icon.tsx';
import { MessageBody } from './message-body.tsx';

interface OutgoingRowProps {
  row: OutgoingMessage;
  onResend: (localId: string) => void;
  onDiscard: (localId: string) => void;
}

const SIGNS = {
  queued: Clock,
  sending: Clock,
  unknown: CircleQuestionMark,
  sent: Check,
  failed: CircleAlert,
} satisfies Record<OutboxState, unknown>;

/** A message of this person that the server's copy has not replaced yet, and what became of it. */
export function OutgoingRow({ row, onResend, onDiscard }: OutgoingRowProps) {
  return (
    <article
      class={`chat-row chat-row-own chat-row-first chat-out chat-out-${row.state}`}
      data-line={row.localId}
      aria-label={t('out.label', { state: t(`out.${row.state}`) })}
    >
      <div class="chat-main">
        <div class="chat-head">
          <time dateTime={new Date(row.writtenAt).toISOString()} title={formatFull(row.writtenAt)}>
            {formatTime(row.writtenAt)}
          </time>
          <span class="chat-state">
            <Icon icon={SIGNS[row.state]} size={13} />
            {t(`out.${row.state}`)}
          </span>
        </div>
        <div class="chat-bubble">
          <MessageBody html={row.content.html} version={`out ${row.localId}`} />
        </div>
        {row.state === 'failed' && <Failed row={row} onResend={onResend} onDiscard={onDiscard} />}
        {row.state === 'unknown' && <Unknown row={row} onResend={onResend} onDiscard={onDiscard} />}
      </div>
    </article>
  );
}

function Failed({ row, onResend, onDiscard }: OutgoingRowProps) {
  return (
    <div class="chat-remedy" role="status">
      {row.problem && (
        <>
          <p class="chat-remedy-title">{row.problem.title}</p>
          <p>{row.problem.text}</p>
          {row.problem.detail && <Detail text={row.problem.detail} />}
        </>
      )}
      <div class="chat-remedy-buttons">
        <Button onClick={() => onResend(row.localId)}>{t('out.tryAgain')}</Button>
        <Button look="quiet" onClick={() => onDiscard(row.localId)}>
          {t('out.discard')}
        </Button>
      </div>
    </div>
  );
}

/** Whether it arrived is being looked up; sending again is offered only once looking found nothing, with its risk said. */
function Unknown({ row, onResend, onDiscard }: OutgoingRowProps) {
  if (!row.mayResend)
    return (
      <p class="chat-remedy" role="status">
        {t('out.unknownWait')}
      </p>
    );
  return (
    <div class="chat-remedy" role="status">
      <p>{t('out.unknownText')}</p>
      <div class="chat-remedy-buttons">
        <Button onClick={() => onResend(row.localId)}>{t('out.sendAgain')}</Button>
        <Button look="quiet" onClick={() => onDiscard(row.localId)}>
          {t('out.itArrived')}
        </Button>
      </div>
    </div>
  );
}
