import { formatDay, formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { ArchiveView, Conversation, FoundLine as Line } from '../../lib/rpc/contract/archive.ts';
import { messageLink, postLink } from '../chat/deep-links.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { keyOf } from './actions.ts';
import { ConversationName } from './conversation-name.tsx';

interface FoundLineProps {
  line: Line;
  /** Null where it is known no more. */
  conversation: Conversation | null;
  view: ArchiveView;
  /** It is read beside the list. */
  current: boolean;
  now: number;
  onOpen: () => void;
}

/** A message that was found: where, by whom, when, and its words around those searched for. */
export function FoundLine({ line, conversation, view, current, now, onOpen }: FoundLineProps) {
  const account = view.accounts.find(({ id }) => id === line.account);
  const own = !!line.from?.userId && line.from.userId === account?.me;
  const name = own ? t('chat.you') : line.from?.name || t('chat.unknownPerson');
  const content = (
    <>
      {conversation && (
        <ConversationName of={conversation} account={view.accounts.length > 1 ? (account?.email ?? null) : null} />
      )}
      <span class="chat-hit-head">
        <bdi class="chat-name">{name}</bdi>
        <time dateTime={line.createdAt} title={formatFull(line.createdAt)}>
          {formatDay(line.createdAt, now)}, {formatTime(line.createdAt)}
        </time>
      </span>
      <span class="chat-hit-words" dir="auto">
        {line.words.map((part, i) =>
          // Parts of one version of a text never move
          part.mark ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
        )}
      </span>
    </>
  );
  if (line.inPlace)
    return (
      <button
        type="button"
        class="chat-hit archive-line"
        data-line-of={keyOf(line)}
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
      >
        {content}
      </button>
    );
  const channel = conversation?.channel;
  const href = channel
    ? postLink({ teamId: channel.teamId, id: line.chatId }, { id: line.id, thread: line.id }, account?.tenant)
    : messageLink(line.chatId, line.id);
  return (
    <div class="chat-hit archive-line" tabIndex={-1}>
      {content}
      <ExternalLink href={href}>{t('chat.openMessage')}</ExternalLink>
    </div>
  );
}
