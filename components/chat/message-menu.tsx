import { Ellipsis, type IconNode } from 'lucide';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { placeNear } from '../ui/place-near.ts';
import { useArrowKeys } from '../ui/use-arrow-keys.ts';
import { usePopover } from '../ui/use-popover.ts';
import { ActingContext } from './acting.ts';
import { ReactionPicker } from './reaction-picker.tsx';
import { usualEntries } from './usual-entries.ts';

/** A line of a message's menu. Others append theirs by `Acting.entriesFor`. */
export interface MessageEntry {
  id: string;
  icon: IconNode;
  label: string;
  /** What it does, or why it cannot be done. */
  text?: string;
  /** It cannot be done now; `text` says why. */
  off?: boolean;
  /** Leads there, in a tab of its own; else `onSelect` is called. */
  href?: string;
  onSelect?: () => void;
}

interface MessageMenuProps {
  message: Message;
  own: boolean;
  chatId: ChatId;
}

/** Everything that can be done with a message: react to it on top, below it a line for each other thing. */
export function MessageMenu({ message, own, chatId }: MessageMenuProps) {
  const { open, box, toggle, close, leave } = usePopover();
  return (
    <div ref={box} class="chat-menu">
      <IconButton icon={Ellipsis} size={14} label={t('acts.menu')} expanded={open} onClick={toggle} />
      {open && <Menu {...{ message, own, chatId, close, leave }} />}
    </div>
  );
}

interface MenuProps extends MessageMenuProps {
  close: () => void;
  leave: () => void;
}

function Menu({ message, own, chatId, close, leave }: MenuProps) {
  const acting = useContext(ActingContext);
  const menu = useRef<HTMLElement>(null);
  const onKeyDown = useArrowKeys();
  useLayoutEffect(() => {
    const el = menu.current!;
    const place = () => placeNear(el, el.previousElementSibling!);
    place();
    el.querySelector<HTMLElement>('button, a')?.focus({ preventScroll: true });
    // What is shown in it may grow, and what is scrolled moves away under it.
    const watch = new ResizeObserver(place);
    watch.observe(el);
    const list = el.closest('.chat-scroll');
    list?.addEventListener('scroll', leave, { passive: true });
    return () => {
      watch.disconnect();
      list?.removeEventListener('scroll', leave);
    };
  }, []);
  const entries = [...usualEntries(message, own, chatId, acting), ...(acting?.entriesFor(message) ?? [])];
  return (
    <section ref={menu} class="chat-menu-box" aria-label={t('acts.menu')} onKeyDown={onKeyDown}>
      {acting?.mayReact && !message.deletedAt && (
        <ReactionPicker
          message={message}
          me={acting.me}
          onPick={(reaction, on) => {
            close();
            acting.onReact(message, reaction, on);
          }}
        />
      )}
      {entries.map((entry) => (
        <Line key={entry.id} entry={entry} close={close} />
      ))}
    </section>
  );
}

function Line({ entry, close }: { entry: MessageEntry; close: () => void }) {
  const { icon, label, text, href } = entry;
  if (href)
    return (
      <ExternalLink look="menu" href={href}>
        {label}
      </ExternalLink>
    );
  return (
    <button
      type="button"
      class="chat-menu-line"
      aria-disabled={entry.off ? 'true' : undefined}
      onClick={() => {
        if (entry.off) return;
        close();
        entry.onSelect?.();
      }}
    >
      <Icon icon={icon} />
      <span>
        {label}
        {text && <span class="ui-muted">{text}</span>}
      </span>
    </button>
  );
}
