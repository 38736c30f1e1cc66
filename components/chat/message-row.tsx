import { Reply } from 'lucide';
import { useContext } from 'preact/hooks';
import { formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { ActNotes } from './act-notes.tsx';
import { ActingContext } from './acting.ts';
import { MessageContents } from './message-contents.tsx';
import { MessageMenu } from './message-menu.tsx';
import { Reactions } from './reactions.tsx';

interface MessageRowProps {
  message: Message;
  own: boolean;
  first: boolean;
  /** Somebody jumped to it. */
  found: boolean;
  chatId: ChatId;
  photoOf: PhotoOf;
}

/** One message somebody wrote. The head (name, time) stands on the first of a group only, but is read out on each. */
export function MessageRow({ message, own, first, found, chatId, photoOf }: MessageRowProps) {
  const name = message.from?.name || t('chat.unknownPerson');
  const time = (
    <time dateTime={message.createdAt} title={formatFull(message.createdAt)}>
      {formatTime(message.createdAt)}
    </time>
  );
  return (
    <article
      class={`chat-row ${own ? 'chat-row-own' : ''} ${first ? 'chat-row-first' : ''} ${found ? 'chat-row-found' : ''}`}
      data-line={message.id}
      tabIndex={-1}
      aria-label={t('chat.messageOf', { name: own ? t('chat.you') : name, time: formatTime(message.createdAt) })}
    >
      {!own && (
        <div class="chat-face">{first && <Avatar name={name} src={photoOf(message.from?.userId ?? null)} />}</div>
      )}
      <div class="chat-main">
        {first && (
          <div class="chat-head">
            {!own && (
              <span class="chat-name" dir="auto">
                {name}
              </span>
            )}
            {time}
          </div>
        )}
        <div class="chat-bubble">
          {message.importance !== 'normal' && (
            <div class={`chat-important chat-important-${message.importance}`}>
              {t(message.importance === 'urgent' ? 'chat.urgent' : 'chat.important')}
            </div>
          )}
          {message.deletedAt ? (
            <p class="chat-deleted">{t('chat.deleted')}</p>
          ) : (
            <MessageContents message={message} chatId={chatId} />
          )}
          {message.editedAt && !message.deletedAt && (
            <span class="chat-edited" title={formatFull(message.editedAt)}>
              {t('chat.edited')}
            </span>
          )}
          <div class="chat-aside">
            {!first && time}
            <Tools message={message} own={own} chatId={chatId} />
          </div>
        </div>
        {!message.deletedAt && <Reactions message={message} />}
        <ActNotes message={message} own={own} />
      </div>
    </article>
  );
}

/** Beside the message: what is done most, and all the rest. */
function Tools({ message, own, chatId }: { message: Message; own: boolean; chatId: ChatId }) {
  const acting = useContext(ActingContext);
  return (
    <div class="chat-tools">
      {acting?.onReply && !message.deletedAt && (
        <IconButton icon={Reply} flip size={14} label={t('acts.reply')} onClick={() => acting.onReply?.(message)} />
      )}
      <MessageMenu message={message} own={own} chatId={chatId} />
    </div>
  );
}
