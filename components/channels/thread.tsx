import { ChevronDown, ChevronRight, Reply } from 'lucide';
import { useContext, useEffect, useId, useState } from 'preact/hooks';
import { formatDay } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { ChannelView, ThreadView } from '../../lib/rpc/contract/channels.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { eventWords } from '../chat/event-words.ts';
import { OutgoingRow } from '../chat/outgoing-row.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ChannelComposer } from './channel-composer.tsx';
import { ChannelContext } from './channel-side.ts';
import { PostRow } from './post-row.tsx';

export interface ThreadProps {
  thread: ThreadView;
  view: ChannelView;
  record: RecordView;
  /** Who wrote in the channel, and so can be mentioned. */
  people: readonly Member[];
  photoOf: PhotoOf;
  now: number;
  /** Shown by itself, with all its answers; `found` is the one that was searched for. */
  whole?: { found: MessageId };
}

/** A message of a channel with what answers it, folded up until somebody wants to see it. */
export function Thread(props: ThreadProps) {
  const { thread, view, record, photoOf, now, whole } = props;
  const side = useContext(ChannelContext)!;
  const titleId = useId();
  const [open, setOpen] = useState(!!whole);
  const [answering, setAnswering] = useState(false);
  const { root, replies } = thread;
  const sending = view.outbox.filter((row) => row.channel?.threadId === thread.id);
  // What was just answered stays in sight.
  useEffect(() => {
    if (sending.length > 0) setOpen(true);
  }, [sending.length > 0]);
  if (root?.event) return <p class="chat-event">{eventWords(root.event, [])}</p>;
  const channel = view.channel!;
  const row = (message: NonNullable<typeof root>) => (
    <PostRow
      key={message.id}
      {...{ message, channel, photoOf, now }}
      tenant={view.tenant}
      own={message.from?.userId === record.me.id}
      found={whole?.found === message.id}
    />
  );
  return (
    <section class="channel-thread" aria-labelledby={root?.subject ? titleId : undefined}>
      {root?.subject && (
        <h2 id={titleId} dir="auto">
          {root.subject}
        </h2>
      )}
      {root ? row(root) : <p class="ui-muted">{t('channel.noRoot')}</p>}
      {replies.length > 0 && !whole && (
        <Fold open={open} onToggle={() => setOpen(!open)} thread={thread} me={record.me.id} now={now} />
      )}
      {open && (
        <div class="channel-replies">
          {thread.earlier > 0 && (
            <button
              type="button"
              class="ui-link-button"
              onClick={() => side.turn({ kind: 'thread', id: thread.id, from: null })}
            >
              {t('channel.earlier', { count: thread.earlier })}
            </button>
          )}
          {replies.map(row)}
        </div>
      )}
      {sending.map((out) => (
        <OutgoingRow key={out.localId} row={out} onResend={side.resend} onDiscard={side.discard} />
      ))}
      {answering ? (
        <Answer {...props} onClose={() => setAnswering(false)} />
      ) : (
        view.mayPost && (
          <Button icon={Reply} look="quiet" onClick={() => setAnswering(true)}>
            {t('channel.reply')}
          </Button>
        )
      )}
    </section>
  );
}

interface FoldProps {
  open: boolean;
  onToggle: () => void;
  thread: ThreadView;
  me: RecordView['me']['id'];
  now: number;
}

/** How many answers there are, and whose the last one is. */
function Fold({ open, onToggle, thread, me, now }: FoldProps) {
  const { replies, earlier } = thread;
  const last = replies[replies.length - 1]!;
  const name = last.from?.userId === me ? t('chat.you') : last.from?.name || t('chat.unknownPerson');
  return (
    <button type="button" class="channel-fold" aria-expanded={open} onClick={onToggle}>
      <Icon icon={open ? ChevronDown : ChevronRight} size={14} flip />
      <span>{t('channel.replies', { count: replies.length + earlier })}</span>
      <span class="ui-muted" dir="auto">
        {t('channel.lastReply', { name, day: formatDay(last.createdAt, now) })}
      </span>
    </button>
  );
}

/** Where an answer is written; what was begun is kept when it is closed. */
function Answer({ thread, view, record, people, photoOf, onClose }: ThreadProps & { onClose: () => void }) {
  return (
    <div class="channel-answer">
      <ChannelComposer
        {...{ view, record, people, photoOf }}
        thread={thread.id}
        label={t('channel.replyLabel')}
        placeholder={t('channel.replyTo', { name: thread.root?.from?.name || t('chat.unknownPerson') })}
        focus
      />
      <Button look="quiet" onClick={onClose}>
        {t('channel.replyClose')}
      </Button>
    </div>
  );
}
