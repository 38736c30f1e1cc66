import { useContext, useState } from 'preact/hooks';
import { formatFull } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { messageLink } from './deep-links.ts';
import { MessageBody } from './message-body.tsx';
import type { Quote as QuoteParts } from './read-attachment.ts';
import { ReadingContext } from './reading.ts';

interface QuoteProps {
  quote: QuoteParts;
  chatId: ChatId;
  /** Names the quote in this version of its message. */
  version: string;
}

/** What a message answers, or passes on: who said it, and what. Where it stands in this chat, a click leads there. */
export function Quote({ quote, chatId, version }: QuoteProps) {
  const { onJump } = useContext(ReadingContext);
  const [missed, setMissed] = useState(false);
  const { id, html, sentAt } = quote;
  const author = quote.author || t('chat.unknownPerson');
  const inside = (
    <>
      <span class="chat-quote-head">
        {html !== null && <span>{t('quote.forwarded')}</span>}
        <bdi class="chat-name">{author}</bdi>
        {sentAt && <time dateTime={sentAt}>{formatFull(sentAt)}</time>}
      </span>
      {html === null && (
        <span class="chat-quote-text" dir="auto">
          {quote.text}
        </span>
      )}
    </>
  );
  return (
    <blockquote class="chat-quote" data-quote={author}>
      {id ? (
        <button
          type="button"
          class="chat-quote-jump"
          aria-label={t('quote.jump', { name: author, text: quote.text })}
          onClick={() => void onJump(id).then((found) => setMissed(!found))}
        >
          {inside}
        </button>
      ) : (
        inside
      )}
      {html !== null && <MessageBody html={html} version={version} />}
      {id && missed && (
        <p class="chat-quote-missed" role="status">
          {t('quote.missed')} <ExternalLink href={messageLink(chatId, id)}>{t('chat.open')}</ExternalLink>
        </p>
      )}
    </blockquote>
  );
}
