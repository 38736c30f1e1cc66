import { Check, CircleAlert, CircleQuestionMark, Clock, Pencil, Upload } from 'lucide';
import { formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { OutboxState, OutgoingMessage } from '../../lib/model/message.ts';
import { Button } from '../ui/button.tsx';
import { Detail } from '../ui/detail.tsx';
import { Icon } from '../ui/icon.tsx';
import { OutgoingContents } from './outgoing-contents.tsx';

interface OutgoingRowProps {
  row: OutgoingMessage;
  onResend: (localId: string) => void;
  onDiscard: (localId: string, what: DiscardedKind) => void;
  /** Another text for it; left out where it is not edited here. */
  onEdit?: ((row: OutgoingMessage) => void) | undefined;
}

/** Of what a person gives up: nothing, files that were uploaded for it, or perhaps all of it is at Microsoft. */
export type DiscardedKind = 'unsent' | 'files' | 'unsure';

function kindOf({ state, files }: OutgoingMessage): DiscardedKind {
  if (state === 'unknown') return 'unsure';
  return files?.length ? 'files' : 'unsent';
}

const SIGNS = {
  queued: Clock,
  sending: Clock,
  unknown: CircleQuestionMark,
  sent: Check,
  failed: CircleAlert,
} satisfies Record<OutboxState, unknown>;

/** A message of this person that the server's copy has not replaced yet, what became of it, and what can be done. */
export function OutgoingRow(props: OutgoingRowProps) {
  const { row } = props;
  const uploading = row.state === 'queued' && row.files?.some(({ there }) => !there);
  const state = uploading ? 'uploading' : row.state;
  return (
    <article
      class={`chat-row chat-row-own chat-row-first chat-out chat-out-${row.state}`}
      data-line={row.localId}
      aria-label={t('out.label', { state: t(`out.${state}`) })}
    >
      <div class="chat-main">
        <div class="chat-head">
          <time dateTime={new Date(row.writtenAt).toISOString()} title={formatFull(row.writtenAt)}>
            {formatTime(row.writtenAt)}
          </time>
          <span class="chat-state">
            <Icon icon={uploading ? Upload : SIGNS[row.state]} size={13} />
            {t(`out.${state}`)}
          </span>
        </div>
        <div class="chat-bubble">
          <OutgoingContents row={row} />
        </div>
        {row.state === 'queued' && <Queued {...props} uploading={!!uploading} />}
        {row.state === 'failed' && <Failed {...props} />}
        {row.state === 'unknown' && <Unknown {...props} />}
      </div>
    </article>
  );
}

/** It surely did not leave: another text can take its place. */
function Edit({ row, onEdit }: OutgoingRowProps) {
  if (!onEdit || !row.editable) return null;
  return (
    <Button look="quiet" icon={Pencil} onClick={() => onEdit(row)}>
      {t('out.edit')}
    </Button>
  );
}

function Queued(props: OutgoingRowProps & { uploading: boolean }) {
  const { row, uploading, onDiscard } = props;
  return (
    <div class="chat-remedy">
      {row.problem && (
        <p role="status">
          <strong class="chat-remedy-title">{row.problem.title}</strong> {row.problem.text}
        </p>
      )}
      <div class="chat-remedy-buttons">
        <Edit {...props} />
        <Button look="quiet" onClick={() => onDiscard(row.localId, kindOf(row))}>
          {t(uploading ? 'upload.cancel' : 'out.discard')}
        </Button>
      </div>
    </div>
  );
}

function Failed(props: OutgoingRowProps) {
  const { row, onResend, onDiscard } = props;
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
        <Edit {...props} />
        <Button look="quiet" onClick={() => onDiscard(row.localId, kindOf(row))}>
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
        <Button look="quiet" onClick={() => onDiscard(row.localId, kindOf(row))}>
          {t('out.itArrived')}
        </Button>
      </div>
    </div>
  );
}
