import { MessagesSquare } from 'lucide';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId, Doctype, RecordName, UserId } from '../../lib/model/ids.ts';
import type { Kept } from '../../lib/rpc/contract.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { ConfirmPeople } from './confirm-people.tsx';
import { WouldBeKept } from './kept.tsx';
import { LinkExisting } from './link-existing.tsx';

interface NoChatProps {
  title: string;
  me: UserId;
  /** The chat that was taken out of this record a moment ago. */
  unlinked: ChatId | null;
  refusal: AppError | null;
  /** The document that this one amends, where that has a chat. */
  amends: RecordName | undefined;
  /** Its link would stand in a comment. */
  kept: Kept | undefined;
  doctype: Doctype;
  actions: PanelActions;
  photoOf: PhotoOf;
}

/** No chat yet: the one button that leads to it, or why it is off. */
export function NoChat({ title, me, refusal, unlinked, amends, kept, doctype, actions, photoOf }: NoChatProps) {
  const [asking, setAsking] = useState(false);
  const [linking, setLinking] = useState(false);
  if (linking && !refusal) return <LinkExisting {...{ me, actions, photoOf }} onBack={() => setLinking(false)} />;
  if (asking && !refusal) return <ConfirmPeople actions={actions} photoOf={photoOf} onBack={() => setAsking(false)} />;
  return (
    <EmptyState icon={MessagesSquare} title={t('none.title', { title })}>
      {!refusal && <p>{t('none.text')}</p>}
      {refusal && (
        <div class="panel-wide">
          <Problem problem={refusal} onAction={actions.act} />
        </div>
      )}
      {!refusal && unlinked && (
        <div class="panel-wide">
          <Notice tone="good" role="status" title={t('unlink.done')}>
            <Button onClick={() => void actions.putChat(unlinked, true)}>{t('unlink.undo')}</Button>
          </Notice>
        </div>
      )}
      {!refusal && amends !== undefined && (
        <div class="panel-wide">
          <Notice title={t('none.amended', { name: amends })}>
            <p>{t('none.amendedText')}</p>
            <Button onClick={actions.useAmended}>{t('none.useAmended')}</Button>
          </Notice>
        </div>
      )}
      <Button look="primary" large disabled={refusal !== null} onClick={() => setAsking(true)}>
        {t('none.button')}
      </Button>
      {!refusal && <Button onClick={() => setLinking(true)}>{t('link.open')}</Button>}
      {!refusal && kept && (
        <div class="panel-wide">
          <WouldBeKept {...{ kept, doctype, actions }} />
        </div>
      )}
    </EmptyState>
  );
}
