import { Bell, BellOff, Search } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Chat } from '../../lib/model/chat.ts';
import { chatLink } from '../chat/deep-links.ts';
import { MemberList, MemberStack } from '../people/member-list.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { PresenceOffer } from '../people/presence-offer.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { usePopover } from '../ui/use-popover.ts';
import { useSlash } from '../ui/use-slash.ts';
import { ChatMenu, type ChatMenuProps } from './chat-menu.tsx';
import { PanelHeader } from './panel-header.tsx';

interface LinkedHeaderProps extends ChatMenuProps {
  title: string;
  notify: boolean;
  photoOf: PhotoOf;
  onNotify: (on: boolean) => void;
  onSearch: () => void;
  onClose: () => void;
}

/** The chat's name and people, search, the bell, Open in Teams, and what else can be done with it. */
export function LinkedHeader(props: LinkedHeaderProps) {
  const { chat, title, me, photoOf, onNotify, onReview, onSearch, onClose } = props;
  const notify = props.notify && !props.care.muted;
  useSlash(onSearch);
  return (
    <PanelHeader
      title={chat.topic || title}
      sub={<Members members={chat.members} me={me} photoOf={photoOf} onReview={onReview} />}
      onClose={onClose}
    >
      <IconButton icon={Search} label={t('search.open')} onClick={onSearch} />
      <IconButton
        icon={notify ? Bell : BellOff}
        label={notify ? t('linked.notifyOff') : t('linked.notifyOn')}
        pressed={notify}
        onClick={() => onNotify(!notify)}
      />
      <ExternalLink look="icon" href={chatLink(chat.id, chat.webUrl)} label={t('chat.open')} />
      <ChatMenu {...props} />
    </PanelHeader>
  );
}

/** The stack of faces opens the list of names. */
interface MembersProps extends Pick<LinkedHeaderProps, 'me' | 'photoOf' | 'onReview'> {
  members: Chat['members'];
}

function Members({ members, me, photoOf, onReview }: MembersProps) {
  const { open, box, toggle, leave } = usePopover();
  return (
    <div ref={box} class="panel-members">
      <button
        type="button"
        class="panel-members-button"
        aria-expanded={open}
        aria-label={t('linked.members', { count: members.length })}
        onClick={toggle}
      >
        <MemberStack members={members} me={me} photoOf={photoOf} />
      </button>
      {open && (
        <section class="panel-popover" aria-label={t('linked.membersList')}>
          <MemberList members={members} me={me} photoOf={photoOf} />
          <PresenceOffer />
          {onReview && (
            <Button
              onClick={() => {
                leave();
                onReview();
              }}
            >
              {t('members.open')}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}
