import { ArrowLeft, ExternalLink as OpenIcon } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { Message } from '../../lib/model/message.ts';
import type { ArchiveAccount, Conversation } from '../../lib/rpc/contract/archive.ts';
import type { ThreadPage } from '../../lib/rpc/contract/channels.ts';
import { channelLink, chatLink, messageLink, postLink } from '../chat/deep-links.ts';
import { MessageList, type MessageListProps } from '../chat/message-list.tsx';
import { Loading } from '../panel/loading.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { type ArchiveActions, keyOf, type OpenMessage } from './actions.ts';
import { ChannelReader } from './channel-reader.tsx';

export interface ReaderProps
  extends Pick<MessageListProps, 'more' | 'newer' | 'loadingOlder' | 'jumped' | 'onOlder' | 'onNewer' | 'onNewest'> {
  conversation: Conversation;
  account: ArchiveAccount;
  /** Null before the first answer. */
  messages: Message[] | null;
  /** Of a channel. */
  threads: ThreadPage | null;
  onOlderThreads: () => void;
  /** The message gone to cannot be shown in its place. */
  unplaced: boolean;
  problem: AppError | null;
  photoOf: PhotoOf;
}

interface Props {
  reader: ReaderProps;
  open: OpenMessage;
  now: number;
  actions: ArchiveActions;
}

/** A conversation to be read, at the message that was found, with the ways on: to its record, and into Teams. */
export function Reader({ reader, open, now, actions }: Props) {
  const { conversation, problem, unplaced } = reader;
  const title = useRef<HTMLHeadingElement>(null);
  const back = () => actions.open(null);
  useEscape(back);
  // Where a message is gone to, it takes the focus itself as soon as it is there.
  useLayoutEffect(() => title.current?.focus({ preventScroll: true }), [keyOf(open)]);
  return (
    <section class="archive-reader" aria-labelledby="archive-reader-title">
      <header class="archive-reader-head">
        <IconButton icon={ArrowLeft} flip label={t('archive.back')} onClick={back} />
        <div class="archive-reader-name">
          <h2 ref={title} id="archive-reader-title" tabIndex={-1} dir="auto">
            {conversation.name ?? t('archive.noName')}
          </h2>
          <p class="ui-muted">{t('archive.readOnly')}</p>
        </div>
        <ExternalLink look="button" href={linkOf(reader, open)}>
          {t('chat.open')}
        </ExternalLink>
      </header>
      {conversation.records.length > 0 && (
        <ul class="archive-records" aria-label={t('archive.records')}>
          {conversation.records.map((record) => (
            <li key={record.key}>
              <Button
                icon={OpenIcon}
                disabled={record.gone}
                label={t('archive.openRecord', { record: `${record.doctype} ${record.name}` })}
                onClick={() => actions.openRecord(conversation, record.key, open.id)}
              >
                <bdi>
                  {record.doctype} {record.name}
                </bdi>
              </Button>
              {record.gone && <span class="ui-muted">{t('archive.gone')}</span>}
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <div class="panel-notices">
          <Problem problem={problem} onAction={actions.act} />
        </div>
      )}
      {unplaced && (
        <div class="panel-notices">
          <Notice role="status">{t('archive.unplaced')}</Notice>
        </div>
      )}
      <Talk {...{ reader, open, now }} />
    </section>
  );
}

function Talk({ reader, open, now }: Omit<Props, 'actions'>) {
  const { conversation, account, messages, threads, photoOf } = reader;
  if (conversation.channel)
    return threads ? (
      <ChannelReader
        {...{ threads, conversation, account, photoOf, now }}
        found={open.id}
        onOlder={reader.onOlderThreads}
      />
    ) : (
      !reader.problem && <Loading />
    );
  if (!messages) return reader.problem ? null : <Loading />;
  if (messages.length === 0)
    return (
      <EmptyState icon={OpenIcon} title={t('archive.nothingStored')}>
        <p>{t('archive.nothingStoredText')}</p>
      </EmptyState>
    );
  return (
    <MessageList
      key={keyOf({ account: account.id, chatId: conversation.chatId })}
      chatId={conversation.chatId}
      me={account.me}
      members={conversation.members}
      messages={messages}
      more={reader.more}
      newer={reader.newer}
      loadingOlder={reader.loadingOlder}
      jumped={reader.jumped}
      now={now}
      photoOf={photoOf}
      onOlder={reader.onOlder}
      onNewer={reader.onNewer}
      onNewest={reader.onNewest}
      // Looking something up is not reading what is new: nothing is marked as read.
      onSeen={() => {}}
      ownSends={0}
    />
  );
}

function linkOf({ conversation, account }: ReaderProps, { id }: OpenMessage): string {
  const { chatId, channel, webUrl, name } = conversation;
  if (!channel) return id ? messageLink(chatId, id) : chatLink(chatId, webUrl);
  const place = { teamId: channel.teamId, id: chatId };
  return id
    ? postLink(place, { id, thread: id }, account.tenant)
    : channelLink({ ...place, team: '', name: name ?? '', kind: 'standard' }, account.tenant);
}
