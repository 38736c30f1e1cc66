import { BellOff, BellRing, CalendarSearch, Ellipsis, LogOut, MessageSquareText, Phone, Users } from 'lucide';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Chat, Member } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { MOST_IN_CALL } from '../../lib/model/teams-links.ts';
import type { ChatCare } from '../../lib/rpc/contract.ts';
import { ChannelItem } from '../channels/channel-item.tsx';
import { callLink, chatLink } from '../chat/deep-links.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePopover } from '../ui/use-popover.ts';
import { AskPermission } from './ask-permission.tsx';
import { SyncItem } from './sync-strip.tsx';

export interface ChatMenuProps {
  chat: Chat;
  me: UserId;
  care: ChatCare;
  onMute: (on: boolean) => void;
  onLeave: () => void;
  onAskMembers: () => void;
  /** Shows the record's people beside the members; null while they were not compared. */
  onReview: (() => void) | null;
  /** To another day of the chat. */
  onDate: () => void;
  /** Shows what people wrote on the record in ERPNext. */
  onComments: () => void;
}

/** What can be done with the chat as a whole: call, people, mute, leave. */
export function ChatMenu(props: ChatMenuProps) {
  const { open, box, toggle, leave } = usePopover();
  return (
    <div ref={box} class="panel-members">
      <IconButton icon={Ellipsis} label={t('menu.open')} expanded={open} onClick={toggle} />
      {open && (
        <section class="panel-popover panel-menu" aria-label={t('menu.label')}>
          <Call chat={props.chat} me={props.me} />
          {props.onReview && (
            <Button
              icon={Users}
              look="quiet"
              onClick={() => {
                leave();
                props.onReview?.();
              }}
            >
              {t('members.open')}
            </Button>
          )}
          <Button
            icon={CalendarSearch}
            look="quiet"
            onClick={() => {
              leave();
              props.onDate();
            }}
          >
            {t('date.title')}
          </Button>
          <Button
            icon={MessageSquareText}
            look="quiet"
            onClick={() => {
              leave();
              props.onComments();
            }}
          >
            {t('notes.comments')}
          </Button>
          <SyncItem chatId={props.chat.id} onChosen={leave} />
          <ChannelItem onChosen={leave} />
          <Mute {...props} />
          <Leave {...props} />
        </section>
      )}
    </div>
  );
}

/** Teams asks before it rings anybody. */
function Call({ chat, me }: Pick<ChatMenuProps, 'chat' | 'me'>) {
  const others = chat.members.filter((member) => member.userId !== me);
  const named = others.filter((member): member is Member & { email: string } => !!member.email);
  if (named.length === 0) return null;
  if (others.length >= MOST_IN_CALL)
    return (
      <p class="ui-muted panel-menu-text">
        {t('menu.callTooMany', { most: MOST_IN_CALL })}{' '}
        <ExternalLink href={chatLink(chat.id, chat.webUrl)}>{t('chat.open')}</ExternalLink>
      </p>
    );
  const missing = others.length - named.length;
  return (
    <>
      <ExternalLink look="menu" icon={Phone} href={callLink(named.map(({ email }) => email))}>
        {t('menu.call', { count: named.length })}
      </ExternalLink>
      {missing > 0 && <p class="ui-muted panel-menu-text">{t('menu.callWithout', { count: missing })}</p>}
    </>
  );
}

/** Microsoft lets no app mute a chat in Teams: what is muted here is Deskside, and Teams' own mute is a click there. */
function Mute({ chat, care, onMute }: ChatMenuProps) {
  return (
    <>
      <Button icon={care.muted ? BellRing : BellOff} look="quiet" onClick={() => onMute(!care.muted)}>
        {care.muted ? t('menu.unmute') : t('menu.mute')}
      </Button>
      <p class="ui-muted panel-menu-text">
        {care.muted ? t('menu.muted') : t('menu.muteHelp')}{' '}
        <ExternalLink href={chatLink(chat.id, chat.webUrl)}>{t('chat.open')}</ExternalLink>
      </p>
    </>
  );
}

function Leave({ chat, care, onLeave, onAskMembers }: ChatMenuProps) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button icon={LogOut} look="quiet" onClick={() => setAsking(true)}>
        {t('menu.leave')}
      </Button>
    );
  if (!care.mayRemove)
    return (
      <AskPermission
        text={t('menu.mayNotLeave')}
        consentUrl={care.removeConsentUrl}
        chatUrl={chatLink(chat.id, chat.webUrl)}
        onAsk={onAskMembers}
      />
    );
  return (
    <Notice tone="warn" role="alert" title={t('menu.leaveTitle')}>
      <p>{t('menu.leaveText')}</p>
      <div class="panel-row">
        <Button look="primary" onClick={onLeave}>
          {t('menu.leaveYes')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('menu.leaveNo')}</Button>
      </div>
    </Notice>
  );
}
