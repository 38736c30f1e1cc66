import { useMemo } from 'preact/hooks';
import { formatBytes } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { OutgoingMessage } from '../../lib/model/message.ts';
import { Icon } from '../ui/icon.tsx';
import { Progress } from '../ui/progress.tsx';
import { CardView } from './card-view.tsx';
import { chatLink } from './deep-links.ts';
import { FileLink, iconOf } from './file-link.tsx';
import { MessageBody } from './message-body.tsx';
import { splitContent } from './outgoing-text.ts';
import { plainText } from './plain-text.ts';
import { Quote } from './quote.tsx';
import { readAttachment } from './read-attachment.ts';

/** What a message on its way will say: whom it answers, its text, pictures, cards and files. Nothing of it is fetched. */
export function OutgoingContents({ row }: { row: OutgoingMessage }) {
  const { content, chatId, replyTo, answers, files = [] } = row;
  const version = `out ${row.localId} ${content.html}`;
  const { text, alts } = useMemo(() => splitContent(content.html), [content.html]);
  const quote = answers && { id: replyTo, author: answers.author, html: null, sentAt: null };
  return (
    <div class="chat-contents">
      {quote && answers && (
        <Quote quote={{ ...quote, text: plainText(answers.html).slice(0, 200) }} chatId={chatId} version={version} />
      )}
      {text && <MessageBody html={text} version={version} />}
      {content.images.map(({ id, contentType, bytes }, i) => (
        <img
          key={id}
          class="chat-out-picture"
          src={`data:${contentType};base64,${bytes}`}
          alt={alts[i] || t('picture.nameless')}
        />
      ))}
      {content.attachments.map(({ id, name = '', contentType, contentUrl = null, content: card }) => {
        const attachment = { id, name, contentType, url: contentUrl, ...(card ? { content: card } : {}) };
        const part = readAttachment(attachment, { chatId, messageId: replyTo ?? NOWHERE });
        if (part?.kind === 'card')
          return (
            <CardView key={id} card={part.card} name={part.name} href={chatLink(chatId, null)} version={version} />
          );
        return part?.kind === 'file' ? <FileLink key={id} name={part.name} url={part.url} /> : null;
      })}
      {files.map(({ id, name, size, sent, there }) => (
        <div key={id} class="chat-file chat-out-file">
          <Icon icon={iconOf(name)} size={16} />
          <bdi>{name}</bdi>
          <span class="ui-muted">
            {there ? formatBytes(size) : t('upload.progress', { done: formatBytes(sent), total: formatBytes(size) })}
          </span>
          {!there && <Progress label={t('upload.uploading', { name })} done={sent} total={size} />}
        </div>
      ))}
    </div>
  );
}

const NOWHERE = '0' as NonNullable<OutgoingMessage['replyTo']>;
