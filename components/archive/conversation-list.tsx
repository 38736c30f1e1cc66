import { MessagesSquare } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { formatDay, formatFull } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { ArchiveView, Conversation, LatestMessage } from '../../lib/rpc/contract/archive.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { type ArchiveActions, keyOf, type Latest, type OpenMessage } from './actions.ts';
import { ConversationName } from './conversation-name.tsx';
import { useNearEnd } from './use-near-end.ts';

interface ConversationListProps {
  view: ArchiveView;
  latest: Latest;
  open: OpenMessage | null;
  now: number;
  actions: ArchiveActions;
}

/** So many are drawn, and so many more as somebody looks down. */
const STEP = 50;

/** While nothing is searched for: every conversation that is stored, the latest first. */
export function ConversationList({ view, latest, open, now, actions }: ConversationListProps) {
  const [count, setCount] = useState(STEP);
  const shown = view.conversations.slice(0, count);
  const more = count < view.conversations.length;
  const end = useNearEnd(more ? () => setCount(count + STEP) : null);
  useEffect(() => actions.wantLatest(shown), [view, count]);
  if (view.accounts.length === 0)
    return (
      <EmptyState icon={MessagesSquare} title={t('archive.nobodyTitle')}>
        <p>{t('archive.nobody')}</p>
      </EmptyState>
    );
  if (shown.length === 0)
    return (
      <EmptyState icon={MessagesSquare} title={t('archive.emptyTitle')}>
        <p>{t('archive.empty')}</p>
      </EmptyState>
    );
  return (
    <>
      <ul class="chat-hits" aria-label={t('archive.conversations')}>
        {shown.map((one) => {
          const key = keyOf({ account: one.account, chatId: one.chatId });
          return (
            <li key={key}>
              <Entry
                {...{ one, now }}
                latest={latest.get(key)}
                account={
                  view.accounts.length > 1 ? (view.accounts.find(({ id }) => id === one.account)?.email ?? null) : null
                }
                current={open?.account === one.account && open.chatId === one.chatId}
                onOpen={() => actions.open({ account: one.account, chatId: one.chatId, id: null })}
              />
            </li>
          );
        })}
      </ul>
      <div ref={end} />
    </>
  );
}

interface EntryProps {
  one: Conversation;
  latest: LatestMessage | undefined;
  account: string | null;
  current: boolean;
  now: number;
  onOpen: () => void;
}

function Entry({ one, latest, account, current, now, onOpen }: EntryProps) {
  return (
    <button
      type="button"
      class="chat-hit archive-line"
      data-line-of={keyOf({ account: one.account, chatId: one.chatId })}
      aria-current={current ? 'true' : undefined}
      onClick={onOpen}
    >
      <span class="archive-entry-head">
        <ConversationName of={one} account={account} />
        {one.unread > 0 && (
          <span class="ui-badge ui-badge-info">
            {one.unread > 99 ? '99+' : one.unread}
            <span class="ui-visually-hidden"> {t('unread.messages')}</span>
          </span>
        )}
      </span>
      <span class="archive-latest">
        {latest ? (
          <bdi>
            {latest.own ? t('chat.you') : latest.from || t('chat.unknownPerson')}: {latest.text}
          </bdi>
        ) : (
          <span>{t(one.newestAt ? 'archive.nothingStored' : 'archive.nothingSaid')}</span>
        )}
        {one.newestAt && (
          <time dateTime={one.newestAt} title={formatFull(one.newestAt)}>
            {formatDay(one.newestAt, now)}
          </time>
        )}
      </span>
    </button>
  );
}
