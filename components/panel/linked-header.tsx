import { Bell, BellOff } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Chat } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { chatLink } from '../chat/deep-links.ts';
import { MemberList, MemberStack } from '../people/member-list.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { PanelHeader } from './panel-header.tsx';

interface LinkedHeaderProps {
  chat: Chat;
  title: string;
  me: UserId;
  notify: boolean;
  photoOf: PhotoOf;
  onNotify: (on: boolean) => void;
  /** Shows the record's people beside the members; null while they were not compared. */
  onReview: (() => void) | null;
  onClose: () => void;
}

/** The chat's name and people, Open in Teams, and the bell. */
export function LinkedHeader({ chat, title, me, notify, photoOf, onNotify, onReview, onClose }: LinkedHeaderProps) {
  return (
    <PanelHeader
      title={chat.topic || title}
      sub={<Members members={chat.members} me={me} photoOf={photoOf} onReview={onReview} />}
      onClose={onClose}
    >
      <IconButton
        icon={notify ? Bell : BellOff}
        label={notify ? t('linked.notifyOff') : t('linked.notifyOn')}
        pressed={notify}
        onClick={() => onNotify(!notify)}
      />
      <ExternalLink look="icon" href={chatLink(chat.id, chat.webUrl)} label={t('chat.open')} />
    </PanelHeader>
  );
}

/** The stack of faces opens the list of names; Escape, a click beside it or leaving it closes it again. */
interface MembersProps extends Pick<LinkedHeaderProps, 'me' | 'photoOf' | 'onReview'> {
  members: Chat['members'];
}

function Members({ members, me, photoOf, onReview }: MembersProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEscape(open ? close : null);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
  return (
    <div ref={box} class="panel-members">
      <button
        ref={button}
        type="button"
        class="panel-members-button"
        aria-expanded={open}
        aria-label={t('linked.members', { count: members.length })}
        onClick={() => setOpen(!open)}
      >
        <MemberStack members={members} me={me} photoOf={photoOf} />
      </button>
      {open && (
        <section class="panel-popover" aria-label={t('linked.membersList')}>
          <MemberList members={members} me={me} photoOf={photoOf} />
          {onReview && (
            <Button
              onClick={() => {
                setOpen(false);
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
