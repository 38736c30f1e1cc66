import { Clock, Undo2 } from 'lucide';
import { useContext } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Message } from '../../lib/model/message.ts';
import type { PendingAct } from '../../lib/model/message-act.ts';
import { Button } from '../ui/button.tsx';
import { Detail } from '../ui/detail.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { ActingContext } from './acting.ts';

/** Under a message: that something done to it is on its way, why it was refused, or how a deletion is undone. */
export function ActNotes({ message, own }: { message: Message; own: boolean }) {
  const acting = useContext(ActingContext);
  if (!acting) return null;
  const pending = acting.pending.get(message.id) ?? [];
  const failed = pending.filter(({ state }) => state === 'failed');
  // A reaction says so by itself (reactions.tsx), unless it waits for the person.
  const waits = pending.find(
    ({ state, act, problem }) => state !== 'failed' && state !== 'sent' && (act.kind !== 'react' || problem),
  );
  return (
    <>
      {message.deletedAt && own && acting.mayChange && (
        <Button look="quiet" icon={Undo2} onClick={() => acting.onRestore(message)}>
          {t('acts.restore')}
        </Button>
      )}
      {waits && (
        <p class="chat-waits" title={waits.problem?.text}>
          <Icon icon={Clock} size={12} /> {waits.problem?.title ?? t(`acts.waits.${waits.act.kind}`)}
        </p>
      )}
      {failed.map((one) => (
        <Refused key={one.localId} refused={one} />
      ))}
    </>
  );
}

function Refused({ refused: { localId, act, problem } }: { refused: PendingAct }) {
  const acting = useContext(ActingContext)!;
  const action = problem?.action;
  return (
    <div class="chat-remedy" role="status">
      <p class="chat-remedy-title">
        {t(`acts.refused.${act.kind}`)} {problem?.title}
      </p>
      <p>{problem?.text}</p>
      {problem?.detail && <Detail text={problem.detail} />}
      <div class="chat-remedy-buttons">
        <Button onClick={() => acting.onRetry(localId)}>{t('out.tryAgain')}</Button>
        {(action?.kind === 'consent' || action?.kind === 'open') && (
          <ExternalLink look="button" href={action.url}>
            {action.label}
          </ExternalLink>
        )}
        <Button look="quiet" onClick={() => acting.onGiveUp(localId)}>
          {t('acts.giveUp')}
        </Button>
      </div>
    </div>
  );
}
