import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { ArchiveAccount, Conversation } from '../../lib/rpc/contract/archive.ts';
import type { ThreadPage } from '../../lib/rpc/contract/channels.ts';
import { PostRow } from '../channels/post-row.tsx';
import { eventWords } from '../chat/event-words.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';

interface ChannelReaderProps {
  threads: ThreadPage;
  conversation: Conversation;
  account: ArchiveAccount;
  found: MessageId | null;
  photoOf: PhotoOf;
  now: number;
  onOlder: () => void;
}

/** A channel's threads to be read: that of the message that was found, or all that are stored. */
export function ChannelReader(props: ChannelReaderProps) {
  const { threads, conversation, account, found, photoOf, now } = props;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const line = found && box.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(found)}"]`);
    if (!line) return;
    line.scrollIntoView({ block: 'center' });
    line.focus({ preventScroll: true });
  }, [found, threads.threads[0]?.id]);
  const channel = {
    teamId: conversation.channel!.teamId,
    team: '',
    id: conversation.chatId,
    name: '',
    kind: 'standard' as const,
  };
  const row = (message: Message) =>
    message.event ? (
      <p key={message.id} class="chat-event">
        {eventWords(message.event, conversation.members)}
      </p>
    ) : (
      <PostRow
        key={message.id}
        {...{ message, channel, photoOf, now }}
        tenant={account.tenant}
        own={message.from?.userId === account.me}
        found={message.id === found}
      />
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={box} class="channel-threads" tabIndex={0} aria-label={t('channel.threads')}>
      {threads.threads.map(({ id, root, replies }) => (
        <section key={id} class="channel-thread">
          {root?.subject && <h3 dir="auto">{root.subject}</h3>}
          {root ? row(root) : <p class="ui-muted">{t('channel.noRoot')}</p>}
          {replies.length > 0 && <div class="channel-replies">{replies.map(row)}</div>}
        </section>
      ))}
      {threads.more && <Button onClick={props.onOlder}>{t('channel.older')}</Button>}
    </section>
  );
}
