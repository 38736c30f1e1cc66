import { formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { Face } from './face.tsx';
import type { PhotoOf } from './photo-of.ts';
import { useReach } from './reach.tsx';

interface MembersProps {
  members: Member[];
  me: UserId;
  photoOf: PhotoOf;
}

/** Everybody in the chat, by name; guests are said to be guests. */
export function MemberList({ members, me, photoOf }: MembersProps) {
  return (
    <ul class="people-list">
      {members.map((member, i) => (
        // Outsiders may have no id; the list is read-only
        <MemberRow key={member.userId ?? i} {...{ member, me, photoOf }} />
      ))}
    </ul>
  );
}

function MemberRow({ member, me, photoOf }: Pick<MembersProps, 'me' | 'photoOf'> & { member: Member }) {
  const { userId, role } = member;
  const name = nameOf(member);
  const isMe = userId === me;
  const { face, ways } = useReach({ userId, name, src: photoOf(userId), email: isMe ? null : member.email });
  return (
    <li class="people-row">
      {face}
      <div class="people-text">
        <span class="people-name" dir="auto">
          {name} {isMe && <span class="ui-muted">{t('people.you')}</span>}
        </span>
        {member.email && <span class="people-mail">{member.email}</span>}
        {ways}
      </div>
      {role === 'guest' && <span class="ui-badge ui-badge-info">{t('people.guest')}</span>}
    </li>
  );
}

/** The first faces and how many there are. */
export function MemberStack({ members, photoOf, me }: MembersProps) {
  const faces = [...members].sort((a, b) => Number(a.userId === me) - Number(b.userId === me)).slice(0, 3);
  return (
    <span class="people-stack" title={formatList(members.slice(0, 12).map(nameOf))}>
      <span class="people-faces">
        {faces.map((member, i) => (
          // Outsiders may have no id; faces hold no state
          <Face key={i} userId={member.userId} name={nameOf(member)} src={photoOf(member.userId)} size={20} />
        ))}
      </span>
      {t('people.count', { count: members.length })}
    </span>
  );
}

function nameOf(member: Member): string {
  return member.displayName || member.email || t('chat.unknownPerson');
}
