import { Code, Megaphone, Paperclip, Presentation, Video } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { CardView } from './card-view.tsx';
import { messageLink } from './deep-links.ts';
import { FileLink } from './file-link.tsx';
import { MessageBody } from './message-body.tsx';
import { Quote } from './quote.tsx';
import { type Part, readAttachment } from './read-attachment.ts';
import { ReadingContext } from './reading.ts';

interface MessageContentsProps {
  message: Message;
  /** Or the channel's. */
  chatId: ChatId;
  /** Where it stands in Teams. */
  href?: string;
}

/** What a message says: whom it answers, its text, and what hangs on it. */
export function MessageContents({ message, chatId, href = messageLink(chatId, message.id) }: MessageContentsProps) {
  const { me } = useContext(ReadingContext);
  const version = `${chatId} ${message.id} ${message.etag} ${message.modifiedAt} ${me}`;
  // A version stands for its message
  const { parts, about } = useMemo(() => {
    const home = { chatId, messageId: message.id };
    return {
      parts: message.attachments.flatMap((attachment) => readAttachment(attachment, home) ?? []),
      about: { home, mine: mentionsOf(message, me) },
    };
  }, [version]);
  const props = { chatId, version, href };
  const above = (part: Part) => part.kind === 'quote' || part.kind === 'announcement';
  return (
    <div class="chat-contents">
      {parts.map((part, i) => above(part) && <PartView key={i} part={part} {...props} version={`${version} ${i}`} />)}
      <MessageBody html={message.html} version={version} about={about} />
      {parts.map((part, i) => !above(part) && <PartView key={i} part={part} {...props} version={`${version} ${i}`} />)}
    </div>
  );
}

/** Ids of the `<at>` that mean this person. Where an older version of ours left ids out, they count from 0. */
function mentionsOf({ mentions }: Message, me: UserId | null): ReadonlySet<string> {
  const mine = mentions.map(({ userId, id, everyone }, i) =>
    everyone || (me && userId === me) ? String(id ?? i) : null,
  );
  return new Set(mine.filter((id) => id !== null));
}

interface PartViewProps {
  part: Part;
  chatId: ChatId;
  href: string;
  version: string;
}

function PartView({ part, chatId, href, version }: PartViewProps) {
  switch (part.kind) {
    case 'quote':
      return <Quote quote={part} chatId={chatId} version={version} />;
    case 'announcement':
      return (
        <h3 class="chat-announcement" dir="auto">
          <Icon icon={Megaphone} size={14} /> {part.title}
        </h3>
      );
    case 'file':
      return <FileLink name={part.name} url={part.url} />;
    case 'card':
      return <CardView card={part.card} name={part.name} href={href} version={version} />;
    case 'code':
      return (
        <InTeams icon={Code} href={href}>
          {[part.name || t('part.code'), part.language].filter(Boolean).join(' · ')}
        </InTeams>
      );
    case 'loop':
      return (
        <InTeams icon={Presentation} href={part.url ?? href}>
          {t('part.loop')}
        </InTeams>
      );
    case 'meeting':
      return (
        <InTeams icon={Video} href={href}>
          {t('part.meeting')}
        </InTeams>
      );
    case 'other':
      return (
        <InTeams icon={Paperclip} href={href}>
          {part.name || t('chat.card')}
        </InTeams>
      );
  }
}

/** Something that only Teams can show, by its name. */
function InTeams({ icon, href, children }: { icon: typeof Code; href: string; children: ComponentChildren }) {
  return (
    <p class="chat-file">
      <Icon icon={icon} size={16} />
      <span>
        <bdi>{children}</bdi> <ExternalLink href={href}>{t('chat.open')}</ExternalLink>
      </span>
    </p>
  );
}
