import { MessagesSquare } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Result } from '../../lib/model/errors.ts';
import type { ChatId, MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message, OutgoingMessage } from '../../lib/model/message.ts';
import type { MessageAct, PendingAct } from '../../lib/model/message-act.ts';
import type { ChatState, MembersView, RecordView } from '../../lib/rpc/contract.ts';
import { ActingContext } from '../chat/acting.ts';
import { Composer, type ComposerProps } from '../chat/composer.tsx';
import { chatLink } from '../chat/deep-links.ts';
import { MessageList, type MessageListProps } from '../chat/message-list.tsx';
import { type DiscardedKind, OutgoingRow } from '../chat/outgoing-row.tsx';
import { withActs } from '../chat/pending-acts.ts';
import type { Unread } from '../chat/use-new-line.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { AlsoLinked } from './also-linked.tsx';
import { HistoryMissing } from './history-missing.tsx';
import { KeptIn } from './kept.tsx';
import { Loading } from './loading.tsx';
import { MembersStrip } from './members-strip.tsx';
import type { Taken } from './note-page.tsx';
import { NoteStrip } from './note-strip.tsx';
import { Offline } from './offline.tsx';
import { SyncProblem } from './sync-problem.tsx';
import { FillingLine, SyncStrip } from './sync-strip.tsx';
import { useActing } from './use-acting.ts';

type Going = 'more' | 'loadingOlder' | 'newer' | 'jumped' | 'onOlder' | 'onNewer' | 'onNewest' | 'onSeen' | 'ownSends';

/** The conversation as the page holds it: messages, the text being written, and what to do with them. */
export interface Talk extends Pick<MessageListProps, Going> {
  /** Null until the first page was read. */
  messages: Message[] | null;
  onJump: (id: MessageId) => void;
  compose: Pick<ComposerProps, 'writing' | 'size' | 'limit' | 'onWriting' | 'onSend' | 'put' | 'banner'>;
  /** With what the worker holds. */
  acts: (known: readonly PendingAct[]) => PendingAct[];
  onAct: (chatId: ChatId, act: MessageAct) => void;
  /** Finds the chat's place at a time (ISO); what it gives goes there. */
  onFind: (time: string) => Promise<Result<() => void>>;
  onEdit: (message: Message) => void;
  onReply: (message: Message) => void;
  onResend: (localId: string) => void;
  onDiscard: (localId: string, what: DiscardedKind) => void;
  /** Something done to a message that was refused. */
  onGiveUp: (localId: string) => void;
  onEditOutgoing: (row: OutgoingMessage) => void;
  /** A message on its way with how far its files have come by now. */
  progress: (row: OutgoingMessage) => OutgoingMessage;
}

interface LinkedChatProps {
  view: RecordView;
  state: Extract<ChatState, { kind: 'linked' }>;
  talk: Talk;
  actions: PanelActions;
  photoOf: MessageListProps['photoOf'];
  now: number;
  compared: MembersView | null;
  onReview: () => void;
  /** Somebody wants to go to another day than this one. */
  onDay: (day: string) => void;
  /** Into ERPNext with a message. */
  onTake: (taken: Taken) => void;
}

/** The record's chat: what was said, what is on its way, and where the next message is written. */
export function LinkedChat(props: LinkedChatProps) {
  const { view, state, talk, actions, photoOf, now, compared, onReview, onDay, onTake } = props;
  const { chat } = state;
  const acting = useActing({ view, state, talk, actions, onTake });
  const outgoing = view.outbox.filter((row) => row.chatId === chat.id);
  const rows = outgoing.map((row) => (
    <OutgoingRow
      key={row.localId}
      row={talk.progress(row)}
      onResend={talk.onResend}
      onDiscard={talk.onDiscard}
      onEdit={talk.onEditOutgoing}
    />
  ));
  return (
    <ActingContext.Provider value={acting}>
      <AlsoLinked also={state.care.also} onOpen={actions.openRecord} />
      <SyncStrip problem={view.syncProblem} onAction={actions.act} />
      <LinkNotices view={view} state={state} actions={actions} />
      {state.kept && <KeptIn kept={state.kept} doctype={view.ref.doctype} actions={actions} />}
      <Offline waiting={[...outgoing, ...view.acts].filter(({ state }) => state === 'queued').length} />
      <NoteStrip notes={view.notes} actions={actions} />
      <MembersStrip adding={state.adding} {...{ compared, actions, onReview }} />
      {!view.canRead && (
        <HistoryMissing
          adminConsentUrl={view.adminConsentUrl}
          chatUrl={chatLink(chat.id, chat.webUrl)}
          onAskRead={actions.askRead}
        />
      )}
      {view.canRead || talk.messages?.length || outgoing.length ? (
        <History
          members={chat.members}
          view={view}
          talk={talk}
          chatId={chat.id}
          photoOf={photoOf}
          now={now}
          unread={{ since: chat.readUpTo, count: state.unread }}
          onDay={onDay}
          empty={!outgoing.length}
        >
          {rows}
        </History>
      ) : (
        <div class="panel-grow" />
      )}
      <Composer
        {...talk.compose}
        record={view.key}
        chatId={chat.id}
        me={view.me.id}
        meName={view.me.displayName}
        members={chat.members}
        photoOf={photoOf}
        onLast={acting?.mayChange ? () => editLast(talk, view.me.id) : undefined}
        offReason={view.speaker ? t('speaker.first') : null}
      />
    </ActingContext.Provider>
  );
}

/** As in Teams: from an empty field to what one wrote last. */
function editLast({ messages, onEdit }: Talk, me: UserId): void {
  const last = messages?.findLast((message) => message.from?.userId === me && !message.deletedAt && !message.event);
  if (last) onEdit(last);
}

interface HistoryProps {
  view: RecordView;
  talk: Talk;
  chatId: MessageListProps['chatId'];
  members: MessageListProps['members'];
  photoOf: MessageListProps['photoOf'];
  now: number;
  unread: Unread;
  onDay: (day: string) => void;
  /** Nothing is on its way either. */
  empty: boolean;
  children: MessageListProps['children'];
}

function History({ view, talk, chatId, members, photoOf, now, unread, onDay, empty, children }: HistoryProps) {
  // Without reading nothing is on its way from Microsoft.
  const loaded = talk.messages ?? (view.canRead ? null : []);
  const acts = talk.acts(view.acts);
  const messages = loaded && withActs(loaded, acts, view.me.id, new Date(now).toISOString());
  // What is on its way shows whether or not Microsoft answers; why it does not stands above.
  if (!messages && empty) return view.syncProblem ? <div class="panel-grow" /> : <Loading />;
  if (messages?.length === 0 && empty)
    return (
      <EmptyState icon={MessagesSquare} title={t('chat.emptyTitle')}>
        <p>{t('chat.emptyText')}</p>
      </EmptyState>
    );
  const { more, newer, jumped, onOlder, onNewer, onNewest, onSeen, ownSends } = talk;
  const loadingOlder = talk.loadingOlder || (!messages && !view.syncProblem);
  return (
    <MessageList
      members={members}
      key={chatId}
      {...{ chatId, photoOf, now, more, newer, jumped, loadingOlder, onOlder, onNewer, onNewest, onSeen, ownSends }}
      messages={messages ?? []}
      me={view.me.id}
      sentOnly={!view.canRead}
      top={<FillingLine now={now} />}
      unread={unread}
      onDay={onDay}
      onGoTo={(time) => void talk.onFind(time).then((found) => found.ok && found.value())}
    >
      {children}
    </MessageList>
  );
}

function LinkNotices({ view, state, actions }: Pick<LinkedChatProps, 'view' | 'state' | 'actions'>) {
  const { told } = state;
  if (!told && !state.waiting && !view.syncProblem) return null;
  return (
    <div class="panel-notices">
      {told && (
        <Notice role="status" onDismiss={() => actions.resume('give-up')}>
          <p>{told}</p>
        </Notice>
      )}
      {state.waiting && (
        <Notice tone="warn" title={t('linked.waiting')} role="status">
          <p>{state.waiting.text}</p>
        </Notice>
      )}
      {view.syncProblem && <SyncProblem problem={view.syncProblem} syncedAt={view.syncedAt} onAction={actions.act} />}
    </div>
  );
}
