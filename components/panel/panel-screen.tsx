import { useContext, useEffect, useState } from 'preact/hooks';
import { dayKey } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../lib/model/ids.ts';
import { joined, NOTHING_WRITTEN } from '../../lib/model/writing.ts';
import type { MembersView, PanelView, RecordView } from '../../lib/rpc/contract.ts';
import { ChannelHead } from '../channels/channel-head.tsx';
import { ChannelButton } from '../channels/channel-item.tsx';
import { ChannelContext } from '../channels/channel-side.ts';
import { ChannelSwitch } from '../channels/channel-switch.tsx';
import { ChannelTab } from '../channels/channel-tab.tsx';
import { ChooseChannel } from '../channels/choose-channel.tsx';
import { DateDialog } from '../chat/date-dialog.tsx';
import { SearchPage } from '../chat/search-page.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { Claimed } from './claimed.tsx';
import { Closed } from './closed.tsx';
import { CommentsPage } from './comments-page.tsx';
import { Creating } from './creating.tsx';
import { Discarded, type DiscardedProps } from './discarded.tsx';
import { LinkedChat, type Talk } from './linked-chat.tsx';
import { LinkedHeader } from './linked-header.tsx';
import { Loading } from './loading.tsx';
import { MembersPage } from './members-page.tsx';
import { NoChat } from './no-chat.tsx';
import { NotePage, type Taken } from './note-page.tsx';
import { Notices } from './notices.tsx';
import { Over } from './over.tsx';
import { PanelHeader } from './panel-header.tsx';
import { NoRecord, NotConfigured, SignedOut, Trouble, Unsaved } from './simple-states.tsx';
import { SpeakerNotice } from './speaker-notice.tsx';
import { Unconfirmed } from './unconfirmed.tsx';

export interface PanelScreenProps {
  /** Null until the worker has answered for the first time. */
  view: PanelView | null;
  /** Why an act of the person just failed, or why nothing could be read. */
  problem: AppError | null;
  onProblemSeen: () => void;
  actions: PanelActions;
  talk: Talk;
  photoOf: PhotoOf;
  /** A message that was given up a moment ago and can be had back. */
  discarded: DiscardedProps | null;
  /** The chat that was taken out of the record on screen a moment ago. */
  unlinked: ChatId | null;
  /** The record's people beside the chat's members; null while nobody has compared them. */
  compared: MembersView | null;
  /** Milliseconds since 1970. */
  now: number;
}

/** All that stands in the panel, chosen by the view's kind: props in, callbacks out. */
export function PanelScreen(screen: PanelScreenProps) {
  const { view, problem, actions } = screen;
  // What stands in the place of a record's talk.
  const [beside, setBeside] = useState<{ record: RecordKey; page: BesidePage } | null>(null);
  const [searched, setSearched] = useState<{ record: RecordKey; text: string } | null>(null);
  // Of records that are over: which one's chat the person wants to see all the same.
  const [opened, setOpened] = useState<RecordKey | null>(null);
  const [dating, setDating] = useState<{ record: RecordKey; day: string } | null>(null);
  const key = view?.kind === 'record' ? view.key : null;
  const props: Shown = {
    ...screen,
    page: key !== null && beside?.record === key ? beside.page : null,
    onPage: (page) => {
      setBeside(key && page ? { record: key, page } : null);
      if (page) setOpened(key);
    },
    searched: key !== null && searched?.record === key ? searched.text : '',
    onSearched: (text) => key && setSearched({ record: key, text }),
    shownAnyway: opened === key,
    onShowAnyway: () => setOpened(key),
    onDay: (day) => key && setDating({ record: key, day }),
  };
  // Whoever is led to a message sees it, whatever stood in its place.
  useEffect(() => {
    if (screen.talk.jumped) setBeside(null);
  }, [screen.talk.jumped]);
  const side = useContext(ChannelContext);
  const record = view?.kind === 'record' ? view : null;
  const inChannel = record && side?.shown === 'channel' && side.view?.channel ? side.view : null;
  return (
    <div class="panel">
      {record && inChannel ? (
        <ChannelHead key={record.key} title={record.title} view={inChannel} onClose={actions.close} />
      ) : (
        <Head {...props} />
      )}
      {record && <ChannelSwitch record={record} />}
      {view && <Notices notices={view.notices} onAction={actions.act} />}
      {problem && view && (
        <div class="panel-notices">
          <Problem problem={problem} tone="bad" role="alert" onAction={actions.act} onDismiss={props.onProblemSeen} />
        </div>
      )}
      {screen.discarded && <Discarded {...screen.discarded} />}
      {view?.kind === 'record' && view.speaker && (
        <SpeakerNotice speaker={view.speaker} others={view.others} actions={actions} />
      )}
      <main class="panel-main">
        {record && side?.shown === 'choosing' ? (
          <ChooseChannel key={record.key} onBack={() => side.show(side.view?.channel ? 'channel' : 'chat')} />
        ) : record && inChannel ? (
          <ChannelTab
            key={`${record.key} ${inChannel.channel?.id}`}
            {...{ record, photoOf: props.photoOf, now: props.now }}
            view={inChannel}
          />
        ) : view || !problem ? (
          <State {...props} />
        ) : (
          <Trouble problem={problem} onAction={actions.act} />
        )}
      </main>
      {view?.kind === 'record' && view.chat.kind === 'linked' && dating?.record === view.key && (
        <DateDialog
          day={dating.day}
          createdAt={view.chat.chat.createdAt}
          now={screen.now}
          onGo={async (time) => {
            const found = await screen.talk.onFind(time);
            if (found.ok) setBeside(null);
            return found;
          }}
          onClose={() => setDating(null)}
        />
      )}
    </div>
  );
}

interface Shown extends PanelScreenProps {
  page: BesidePage | null;
  onPage: (page: BesidePage | null) => void;
  /** What was searched for last in this record's chat. */
  searched: string;
  onSearched: (text: string) => void;
  /** The chat of a record that is over is looked at. */
  shownAnyway: boolean;
  onShowAnyway: () => void;
  /** Which day of the chat to go to is asked for. */
  onDay: (day: string) => void;
}

/** What can stand in the place of a record's talk. */
type BesidePage = 'members' | 'search' | 'comments' | Taken;

function Head({ view, actions, photoOf, compared, onPage, onDay, now }: Shown) {
  if (view?.kind === 'record' && view.chat.kind === 'linked') {
    const chatId = view.chat.chat.id;
    return (
      <LinkedHeader
        // What is open in it belongs to one record.
        key={view.key}
        chat={view.chat.chat}
        care={view.chat.care}
        title={view.title}
        me={view.me.id}
        notify={view.notify}
        photoOf={photoOf}
        onNotify={actions.setNotify}
        onMute={(on) => actions.mute(chatId, on)}
        onLeave={() => actions.leave(chatId)}
        onAskMembers={actions.askMembers}
        onReview={compared ? () => onPage('members') : null}
        onSearch={() => onPage('search')}
        onComments={() => onPage('comments')}
        onDate={() => onDay(dayKey(now))}
        onClose={actions.close}
      />
    );
  }
  return (
    <PanelHeader
      title={view?.kind === 'record' ? view.title : t('panel.title')}
      sub={view?.kind === 'record' ? t('panel.sub') : undefined}
      onClose={actions.close}
    >
      {view?.kind === 'record' && <ChannelButton />}
    </PanelHeader>
  );
}

function State(props: Shown) {
  const { view, actions } = props;
  if (!view) return <Loading />;
  switch (view.kind) {
    case 'no-record':
      return <NoRecord />;
    case 'unsaved':
      return <Unsaved doctype={view.doctype} />;
    case 'not-configured':
      return <NotConfigured redirectUri={view.redirectUri} />;
    case 'signed-out':
      return <SignedOut {...view} onSignIn={actions.signIn} onUse={actions.useAccount} onAction={actions.act} />;
    case 'trouble':
      return <Trouble problem={view.problem} onAction={actions.act} />;
    case 'record':
      return <ChatOf {...props} view={view} />;
  }
}

function ChatOf(props: Shown & { view: RecordView }) {
  const { view, actions, talk, photoOf, now, compared } = props;
  const { chat } = view;
  switch (chat.kind) {
    case 'none':
      return (
        <NoChat
          key={view.key}
          title={view.title}
          me={view.me.id}
          unlinked={props.unlinked}
          refusal={chat.refusal}
          amends={chat.amends}
          kept={chat.kept}
          doctype={view.ref.doctype}
          actions={actions}
          photoOf={photoOf}
        />
      );
    case 'claimed':
      return <Claimed staleAt={chat.staleAt} />;
    case 'creating':
      return <Creating state={chat} actions={actions} />;
    case 'unconfirmed':
      return (
        <Unconfirmed
          chat={chat.chat}
          me={view.me.id}
          recordTitle={view.title}
          amends={chat.amends}
          photoOf={photoOf}
          namedBy={chat.namedBy}
          onConfirm={() => actions.confirm(chat.chat.id)}
          onIgnore={() => (chat.namedBy?.mayTake ? actions.takeChat : actions.ignoreChat)(chat.chat.id)}
        />
      );
    case 'linked':
      if (chat.care.over && !props.shownAnyway && !talk.jumped)
        return (
          <Over
            key={view.key}
            title={view.title}
            over={chat.care.over}
            unread={chat.unread}
            actions={actions}
            onFarewell={(html) => actions.farewell(chat.chat.id, html)}
            onShow={props.onShowAnyway}
          />
        );
      if (props.page === 'members' && compared)
        return (
          <MembersPage
            // Who was chosen belongs to one comparison.
            key={JSON.stringify([view.key, compared.missing, compared.unresolved])}
            {...{ view, compared, actions, photoOf }}
            chat={chat.chat}
            kept={chat.kept}
            onBack={() => props.onPage(null)}
          />
        );
      if (props.page === 'search')
        return (
          <SearchPage
            key={view.key}
            chatId={chat.chat.id}
            me={view.me.id}
            now={now}
            text={props.searched}
            onText={props.onSearched}
            find={actions.search}
            onJump={(id) => {
              props.onPage(null);
              talk.onJump(id);
            }}
            onBack={() => props.onPage(null)}
            narrow={`record:"${view.ref.name}"`}
            onEverywhere={actions.searchEverywhere}
          />
        );
      if (props.page === 'comments')
        return (
          <CommentsPage
            key={view.key}
            actions={actions}
            onTake={(text) => {
              const { writing, onWriting } = talk.compose;
              onWriting(view.key, joined(writing, { ...NOTHING_WRITTEN, text }));
              props.onPage(null);
            }}
            onBack={() => props.onPage(null)}
          />
        );
      if (props.page && typeof props.page === 'object')
        return (
          <NotePage
            key={view.key}
            chatId={chat.chat.id}
            taken={props.page}
            {...{ view, actions }}
            onBack={() => props.onPage(null)}
          />
        );
      return (
        <LinkedChat
          {...{ view, talk, actions, photoOf, now, compared }}
          state={chat}
          onReview={() => props.onPage('members')}
          onDay={props.onDay}
          onTake={props.onPage}
        />
      );
    case 'closed':
      return (
        <Closed key={view.key} state={chat} title={view.title} me={view.me} others={view.others} actions={actions} />
      );
  }
}
