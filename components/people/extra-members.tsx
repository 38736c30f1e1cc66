import { UserMinus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { MembersView } from '../../lib/rpc/contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PhotoOf } from './photo-of.ts';
import { useReach } from './reach.tsx';

interface ExtraMembersProps {
  extra: MembersView['extra'];
  photoOf: PhotoOf;
  mayRemove: boolean;
  /** What stands in the place of the buttons where Deskside may not remove anybody. */
  otherwise: ComponentChildren;
  onTakeOut: (membershipId: string) => Promise<void>;
}

/** In the chat and not among the record's people. Nobody is taken out but by a click. */
export function ExtraMembers({ extra, photoOf, mayRemove, otherwise, onTakeOut }: ExtraMembersProps) {
  const [asking, setAsking] = useState<string | null>(null);
  if (extra.length === 0) return null;
  return (
    <>
      <h3 class="ui-label">{t('members.extra', { count: extra.length })}</h3>
      <ul class="people-list">
        {extra.map((line) => {
          const id = line.member.membershipId;
          return (
            <ExtraMember
              key={id}
              {...line}
              {...{ photoOf, mayRemove, onTakeOut }}
              asking={asking === id}
              onAsk={(on) => setAsking(on ? id : null)}
            />
          );
        })}
      </ul>
      {!mayRemove && otherwise}
    </>
  );
}

interface ExtraMemberProps extends Pick<ExtraMembersProps, 'photoOf' | 'mayRemove' | 'onTakeOut'> {
  member: MembersView['extra'][number]['member'];
  left: boolean;
  /** Whether they are meant to be taken out is being asked. */
  asking: boolean;
  onAsk: (on: boolean) => void;
}

function ExtraMember({ member, left, photoOf, mayRemove, asking, onAsk, onTakeOut }: ExtraMemberProps) {
  const [busy, setBusy] = useState(false);
  const name = member.displayName || member.email || t('chat.unknownPerson');
  const userId = left ? null : member.userId;
  const { face, ways } = useReach({ userId, name, src: photoOf(userId), email: left ? null : member.email });
  const takeOut = async () => {
    setBusy(true);
    await onTakeOut(member.membershipId);
    setBusy(false);
    onAsk(false);
  };
  return (
    <li class="people-row">
      {face}
      <div class="people-text">
        <span class="people-name" dir="auto">
          {name}
        </span>
        {member.email && <span class="people-mail">{member.email}</span>}
        {left && (
          <span>
            <span class="ui-badge ui-badge-warn">{t('members.left')}</span>
          </span>
        )}
        {ways}
      </div>
      {!left && member.role === 'guest' && <span class="ui-badge ui-badge-info">{t('people.guest')}</span>}
      {mayRemove && (
        <IconButton
          icon={UserMinus}
          label={t('members.takeOut', { name })}
          expanded={asking}
          onClick={() => onAsk(!asking)}
        />
      )}
      {asking && (
        <div class="people-ask" ref={intoView}>
          <Notice tone="warn" role="alert" title={t('members.takeOutTitle', { name })}>
            <p>{t('members.takeOutText')}</p>
            <div class="panel-row">
              <Button look="primary" busy={busy} onClick={() => void takeOut()}>
                {t('members.takeOutYes')}
              </Button>
              <Button onClick={() => onAsk(false)}>{t('members.takeOutNo')}</Button>
            </div>
          </Notice>
        </div>
      )}
    </li>
  );
}

/** The question about the last in a list would else stand below its edge. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView?.({ block: 'nearest' });
}
