import { ArrowDown } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { ChatId, MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { putCopied } from '../ui/copy.ts';
import { Icon } from '../ui/icon.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { copySelected } from './copy-messages.ts';
import { MessageLines } from './message-lines.tsx';
import { NewPill } from './new-line.tsx';
import { type AnchoredScroll, useAnchoredScroll } from './use-anchored-scroll.ts';
import { type Unread, useNewLine } from './use-new-line.ts';
import { useOnScreen } from './use-on-screen.ts';
import { AT_NEWEST, inWindow, MOST, MOST_SELECTED, newerWindow, olderWindow, windowAround } from './window-messages.ts';

export interface MessageListProps {
  chatId: ChatId;
  me: UserId;
  /** Without the reading tier: only what was sent from here is known. */
  sentOnly?: boolean;
  /** For the names in events. */
  members: Member[];
  /** Oldest first, all that is loaded; at most about 400 of them are put into the page. */
  messages: Message[];
  /** There are older ones to be had. */
  more: boolean;
  loadingOlder: boolean;
  /** What is loaded ends before the newest message. */
  newer: boolean;
  /** The message to be shown in its place; each jump is another object. */
  jumped: { id: MessageId } | null;
  /** Milliseconds since 1970, for "today". */
  now: number;
  photoOf: PhotoOf;
  onOlder: () => void;
  onNewer: () => void;
  /** Back to the newest from where `newer` ones are missing. */
  onNewest: () => void;
  /** The newest message stands on screen. */
  onSeen: (upTo: MessageId) => void;
  /** Changes with each message the person sends: the list goes to its end then. */
  ownSends: number;
  /** How far the person has read. */
  unread?: Unread;
  /** To the first message after a time (ISO), which may not be loaded. */
  onGoTo?: (time: string) => void;
  /** Somebody wants to go to another day than this one (`2028-11-22`). */
  onDay?: (day: string) => void;
  /** Above the oldest message, as long as there are older ones to be had. */
  top?: ComponentChildren;
  /** Rows of messages on their way, after the last one. */
  children?: ComponentChildren;
}

/** The conversation. Give it the chat's id as `key`: where it is scrolled to belongs to one chat. */
export function MessageList(props: MessageListProps) {
  const { messages } = props;
  const [window, setWindow] = useState(AT_NEWEST);
  const [atBottom, setAtBottom] = useState(true);
  const seen = useRef<MessageId | null>(null);
  const { shown, before, after } = inWindow(messages, window);
  const newest = messages[messages.length - 1]?.id ?? null;
  const endsAtNewest = after === 0 && !props.newer;
  const atEnd = atBottom && endsAtNewest;

  const [lineSeen, setLineSeen] = useState<'unknown' | 'seen' | 'above'>('unknown');
  const most = () => (isSelecting(scroll.box.current) ? MOST_SELECTED : MOST);

  const scroll: AnchoredScroll = useAnchoredScroll(versionOf(shown, before, props.ownSends), {
    endsAtNewest,
    onTop: () => {
      if (before > 0) setWindow((w) => olderWindow(messages, w, most()));
      else if (props.more && !props.loadingOlder) props.onOlder();
    },
    onBottom: () => {
      if (after > 0) setWindow((w) => newerWindow(messages, w, most()));
      else if (props.newer) props.onNewer();
    },
    onAtBottom: setAtBottom,
  });

  const toNewest = () => {
    setWindow(AT_NEWEST);
    if (props.newer) props.onNewest();
    scroll.toNewest();
  };

  // The jump stands for itself: what is loaded comes with it
  useLayoutEffect(() => {
    if (!props.jumped) return;
    setWindow((w) => windowAround(messages, w, props.jumped!.id));
    scroll.toLine(props.jumped.id);
  }, [props.jumped]);

  // An own message brings its writer to the end, nothing else does
  useEffect(() => {
    if (props.ownSends > 0) toNewest();
  }, [props.ownSends]);

  const onScreen = useOnScreen(scroll.box);
  useEffect(() => {
    if (!onScreen || !atEnd || !newest || seen.current === newest) return;
    seen.current = newest;
    props.onSeen(newest);
  }, [onScreen, atEnd, newest, props.onSeen]);

  const seenAt = () => messages.find((m) => m.id === seen.current)?.createdAt ?? null;
  const line = useNewLine(messages, props.me, props.unread ?? NOTHING, onScreen, seenAt);
  const since = line.news?.since ?? null;
  useEffect(() => setLineSeen('unknown'), [since]);
  // The line is drawn where it is loaded and in the window; else it lies further up.
  const isDrawn = shown.some((m) => m.id === line.before);
  const toFirstNew = () => {
    setLineSeen('seen');
    if (!line.before) return props.onGoTo?.(new Date(Date.parse(since!) + 1).toISOString());
    setWindow((w) => windowAround(messages, w, line.before!));
    scroll.toLine(line.before);
  };

  const unseen = atEnd ? 0 : countAfter(messages, seen.current, props.me);
  return (
    <div class="chat-list">
      <div
        ref={scroll.box}
        class="chat-scroll"
        role="log"
        aria-live="polite"
        aria-label={t(props.sentOnly ? 'chat.outgoing' : 'chat.label')}
        aria-busy={props.loadingOlder}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
        onCopy={(event) => {
          const selection = document.getSelection();
          if (!selection || selection.isCollapsed) return;
          const copied = copySelected(event.currentTarget, selection, (line) => messages.find((m) => m.id === line));
          if (copied) putCopied(event, copied);
        }}
      >
        <div class="chat-lines">
          <div class="chat-top">
            {props.loadingOlder && (
              <>
                <Spinner size={14} /> {t('chat.loadingOlder')}
              </>
            )}
            {!props.more &&
              before === 0 &&
              messages.length > 0 &&
              !props.loadingOlder &&
              t(props.sentOnly ? 'chat.outgoing' : 'chat.start')}
          </div>
          {props.more && before === 0 && props.top}
          <MessageLines
            {...props}
            messages={shown}
            newFrom={line.before}
            onNewSeen={(there) => setLineSeen((was) => (there ? 'seen' : was === 'unknown' ? 'above' : was))}
          />
          {props.children}
        </div>
      </div>
      {line.news && lineSeen !== 'seen' && (lineSeen === 'above' || !isDrawn) && (
        <NewPill
          count={line.news.count}
          more={!!line.news.more}
          from={messages.find((m) => m.id === line.before)?.createdAt ?? null}
          now={props.now}
          onGo={toFirstNew}
          onDismiss={() => setLineSeen('seen')}
        />
      )}
      {!atEnd && messages.length > 0 && (
        <button type="button" class="chat-pill" onClick={toNewest}>
          <Icon icon={ArrowDown} size={14} />
          {unseen > 0 ? t('chat.newMessages', { count: unseen }) : t('chat.toNewest')}
        </button>
      )}
    </div>
  );
}

const NOTHING: Unread = { since: null, count: 0 };

/** Whether text of the list is selected. */
function isSelecting(box: HTMLElement | null): boolean {
  const selection = box?.ownerDocument.getSelection();
  return !!selection && !selection.isCollapsed && box!.contains(selection.anchorNode);
}

function versionOf(shown: readonly Message[], before: number, ownSends: number): string {
  return `${shown[0]?.id} ${shown[shown.length - 1]?.id} ${shown.length} ${before} ${ownSends}`;
}

/** How many messages of others came after the last one seen; none before anything was seen. */
function countAfter(messages: readonly Message[], seen: MessageId | null, me: UserId): number {
  if (!seen) return 0;
  const at = messages.findIndex((m) => m.id === seen);
  return at < 0 ? 0 : messages.slice(at + 1).filter((m) => m.from?.userId !== me).length;
}
