import { UserMinus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { MembersView } from '../../lib/rpc/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PhotoOf } from './photo-of.ts';

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
  const [busy, setBusy] = useState(false);
  const takeOut = async (membershipId: string) => {
    setBusy(true);
    await onTakeOut(membershipId);
    setBusy(false);
    setAsking(null);
  };
  if (extra.length === 0) return null;
  return (
    <>
      <h3 class="ui-label">{t('members.extra', { count: extra.length })}</h3>
      <ul class="people-list">
        {extra.map(({ member, left }) => {
          const name = member.displayName || member.email || t('chat.unknownPerson');
          return (
            <li key={member.membershipId} class="people-row">
              <Avatar name={name} src={left ? null : photoOf(member.userId)} />
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
              </div>
              {!left && member.role === 'guest' && <span class="ui-badge ui-badge-info">{t('people.guest')}</span>}
              {mayRemove && (
                <IconButton
                  icon={UserMinus}
                  label={t('members.takeOut', { name })}
                  expanded={asking === member.membershipId}
                  onClick={() => setAsking(asking === member.membershipId ? null : member.membershipId)}
                />
              )}
              {asking === member.membershipId && (
                <div class="people-ask">
                  <Notice tone="warn" role="alert" title={t('members.takeOutTitle', { name })}>
                    <p>{t('members.takeOutText')}</p>
                    <div class="panel-row">
                      <Button look="primary" busy={busy} onClick={() => void takeOut(member.membershipId)}>
                        {t('members.takeOutYes')}
                      </Button>
                      <Button onClick={() => setAsking(null)}>{t('members.takeOutNo')}</Button>
                    </div>
                  </Notice>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {!mayRemove && otherwise}
    </>
  );
}
