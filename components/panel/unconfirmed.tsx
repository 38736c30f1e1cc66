import { t } from '../../lib/i18n/translate.ts';
import type { Chat } from '../../lib/model/chat.ts';
import type { RecordName, UserId } from '../../lib/model/ids.ts';
import type { NamedBy } from '../../lib/rpc/contract.ts';
import { chatLink } from '../chat/deep-links.ts';
import { MemberList } from '../people/member-list.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { Ignore } from './kept.tsx';

interface UnconfirmedProps {
  chat: Chat;
  me: UserId;
  recordTitle: string;
  /** It is the chat of this document, which the record amends. */
  amends: RecordName | undefined;
  photoOf: PhotoOf;
  /** A comment names it. */
  namedBy: NamedBy | undefined;
  onConfirm: () => void;
  onIgnore: () => void;
}

/** The record names a chat that nothing bears out: it is shown, and nothing is sent there before the person says yes. */
export function Unconfirmed({
  chat,
  me,
  recordTitle,
  amends,
  photoOf,
  namedBy,
  onConfirm,
  onIgnore,
}: UnconfirmedProps) {
  return (
    <section class="panel-pad panel-scroll">
      <Notice tone="warn" title={t('unconfirmed.title')}>
        <p>{words(recordTitle, amends, namedBy)}</p>
      </Notice>
      <dl class="confirm-topic">
        <dt class="ui-label">{t('unconfirmed.topic')}</dt>
        <dd dir="auto">{chat.topic || t('unconfirmed.noTopic')}</dd>
      </dl>
      <h3 class="ui-label">{t('people.count', { count: chat.members.length })}</h3>
      <MemberList members={chat.members} me={me} photoOf={photoOf} />
      {!namedBy && <p class="ui-muted">{t('unconfirmed.wrong')}</p>}
      <div class="panel-row">
        <Button look="primary" onClick={onConfirm}>
          {t('unconfirmed.yes')}
        </Button>
        <ExternalLink look="button" href={chatLink(chat.id, chat.webUrl)}>
          {t('chat.open')}
        </ExternalLink>
      </div>
      {namedBy && <Ignore onIgnore={onIgnore} />}
    </section>
  );
}

function words(title: string, amends: RecordName | undefined, namedBy: NamedBy | undefined): string {
  if (amends !== undefined) return t('unconfirmed.amends', { name: amends });
  return namedBy ? t('unconfirmed.comment', { name: namedBy.by }) : t('unconfirmed.text', { title });
}
