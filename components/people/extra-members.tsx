import { UserMinus } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { MembersView } from '../../lib/rpc/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import type { PhotoOf } from './photo-of.ts';

interface ExtraMembersProps {
  extra: MembersView['extra'];
  photoOf: PhotoOf;
  mayRemove: boolean;
  /** Where Teams lets the person do what Deskside may not. */
  chatUrl: string;
  onTakeOut: (membershipId: string) => void;
}

/** In the chat and not among the record's people. Nobody is taken out but by a click. */
export function ExtraMembers({ extra, photoOf, mayRemove, chatUrl, onTakeOut }: ExtraMembersProps) {
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
                  onClick={() => onTakeOut(member.membershipId)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {!mayRemove && (
        <p class="ui-muted">
          {t('members.mayNotRemove')} <ExternalLink href={chatUrl}>{t('chat.open')}</ExternalLink>
        </p>
      )}
    </>
  );
}
