import { t } from '../../lib/i18n/translate.ts';
import type { Chat } from '../../lib/model/chat.ts';
import type { RecordName, UserId } from '../../lib/model/ids.ts';
import { chatLink } from '../chat/deep-links.ts';
import { MemberList } from '../people/member-list.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice } from '../ui/notice.tsx';

interface UnconfirmedProps {
  chat: Chat;
  me: UserId;
  recordTitle: string;
  /** It is the chat of this document, which the record amends. */
  amends: RecordName | undefined;
  photoOf: PhotoOf;
  onConfirm: () => void;
}

/** The record names a chat that nothing bears out: it is shown, and nothing is sent there before the person says yes. */
export function Unconfirmed({ chat, me, recordTitle, amends, photoOf, onConfirm }: UnconfirmedProps) {
  return (
    <section class="panel-pad panel-scroll">
      <Notice tone="warn" title={t('unconfirmed.title')}>
        <p>
          {amends === undefined
            ? t('unconfirmed.text', { title: recordTitle })
            : t('unconfirmed.amends', { name: amends })}
        </p>
      </Notice>
      <dl class="confirm-topic">
        <dt class="ui-label">{t('unconfirmed.topic')}</dt>
        <dd dir="auto">{chat.topic || t('unconfirmed.noTopic')}</dd>
      </dl>
      <h3 class="ui-label">{t('people.count', { count: chat.members.length })}</h3>
      <MemberList members={chat.members} me={me} photoOf={photoOf} />
      <p class="ui-muted">{t('unconfirmed.wrong')}</p>
      <div class="panel-row">
        <Button look="primary" onClick={onConfirm}>
          {t('unconfirmed.yes')}
        </Button>
        <ExternalLink look="button" href={chatLink(chat.id, chat.webUrl)}>
          {t('chat.open')}
        </ExternalLink>
      </div>
    </section>
  );
}
