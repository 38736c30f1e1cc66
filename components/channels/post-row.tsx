import { Check, Copy } from 'lucide';
import { formatDay, formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Channel } from '../../lib/model/channel.ts';
import type { Message } from '../../lib/model/message.ts';
import { postLink } from '../chat/deep-links.ts';
import { MessageContents } from '../chat/message-contents.tsx';
import { plainText } from '../chat/plain-text.ts';
import { Reactions } from '../chat/reactions.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { useCopied } from '../ui/use-copied.ts';

interface PostRowProps {
  message: Message;
  channel: Channel;
  tenant: string;
  own: boolean;
  /** Somebody searched for it. */
  found?: boolean;
  photoOf: PhotoOf;
  /** Milliseconds since 1970, for "today". */
  now: number;
}

/** One message in a channel: the first of a thread, or an answer. */
export function PostRow({ message, channel, tenant, own, found, photoOf, now }: PostRowProps) {
  const name = own ? t('chat.you') : message.from?.name || t('chat.unknownPerson');
  const link = postLink(channel, { id: message.id, thread: message.thread ?? message.id }, tenant);
  const when = `${formatDay(message.createdAt, now)}, ${formatTime(message.createdAt)}`;
  return (
    <article
      class={`channel-post ${found ? 'channel-post-found' : ''}`}
      data-line={message.id}
      tabIndex={-1}
      aria-label={t('channel.messageOf', { name, time: when })}
    >
      <Avatar name={message.from?.name ?? ''} src={photoOf(message.from?.userId ?? null)} size={24} />
      <div class="channel-post-main">
        <div class="channel-post-head">
          <bdi class="chat-name">{name}</bdi>
          <time dateTime={message.createdAt} title={formatFull(message.createdAt)}>
            {when}
          </time>
          {message.editedAt && !message.deletedAt && <span class="chat-edited">{t('chat.edited')}</span>}
          <Tools message={message} link={link} />
        </div>
        {message.importance !== 'normal' && !message.deletedAt && (
          <div class="chat-important">{t(message.importance === 'urgent' ? 'chat.urgent' : 'chat.important')}</div>
        )}
        {message.deletedAt ? (
          <p class="chat-deleted">{t('chat.deleted')}</p>
        ) : (
          <>
            <MessageContents message={message} chatId={channel.id} href={link} />
            <Reactions message={message} />
          </>
        )}
      </div>
    </article>
  );
}

function Tools({ message, link }: { message: Message; link: string }) {
  const [copied, copy] = useCopied();
  return (
    <span class="channel-tools">
      {!message.deletedAt && (
        <IconButton
          icon={copied ? Check : Copy}
          size={14}
          label={copied ? t('ui.copied') : t('chat.copy')}
          onClick={() => copy(plainText(message.html))}
        />
      )}
      <ExternalLink look="icon" href={link} label={t('chat.openMessage')} />
    </span>
  );
}
