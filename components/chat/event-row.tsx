import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { httpsUrl } from '../ui/safe-url.ts';
import { messageLink } from './deep-links.ts';
import { eventWords } from './event-words.ts';

interface EventRowProps {
  message: Message;
  chatId: ChatId;
  members: readonly Member[];
}

/** What happened in the chat, on a line of its own, with the way to what it speaks of. */
export function EventRow({ message, chatId, members }: EventRowProps) {
  const event = message.event!;
  const recording = event.kind === 'recording' ? httpsUrl(event.url) : null;
  return (
    <p class="chat-event" data-line={message.id} dir="auto">
      {eventWords(event, members)}
      {recording && (
        <>
          {' '}
          <ExternalLink href={recording}>{t('event.openRecording')}</ExternalLink>
        </>
      )}
      {event.kind === 'other' && (
        <>
          {' '}
          <ExternalLink href={messageLink(chatId, message.id)}>{t('chat.open')}</ExternalLink>
        </>
      )}
    </p>
  );
}
