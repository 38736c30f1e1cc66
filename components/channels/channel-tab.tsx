import { Hash } from 'lucide';
import { useContext, useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { channelName } from '../../lib/model/channel.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { ChannelView, ThreadPage } from '../../lib/rpc/contract/channels.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { OutgoingRow } from '../chat/outgoing-row.tsx';
import { SearchPage } from '../chat/search-page.tsx';
import { Loading } from '../panel/loading.tsx';
import { SyncProblem } from '../panel/sync-problem.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ChannelContext } from './channel-side.ts';
import { AllowPosting } from './choose-channel.tsx';
import { NewPost } from './new-post.tsx';
import { ReadingMissing } from './reading-missing.tsx';
import { Thread } from './thread.tsx';
import { ThreadAlone } from './thread-alone.tsx';

interface ChannelTabProps {
  view: ChannelView;
  record: RecordView;
  photoOf: PhotoOf;
  now: number;
}

/** The record's channel: its threads, the one written in last on top, and where a new one is begun. */
export function ChannelTab(props: ChannelTabProps) {
  const { view, record, photoOf, now } = props;
  const side = useContext(ChannelContext)!;
  const people = useMemo(() => writersOf(side.threads), [side.threads]);
  const { page } = side;
  if (page?.kind === 'search')
    return (
      <SearchPage
        chatId={view.channel!.id}
        me={record.me.id}
        now={now}
        text={page.text}
        onText={(text) => side.turn({ kind: 'search', text })}
        find={side.search}
        onJump={(id) => side.turn({ kind: 'thread', id, from: page.text })}
        onBack={() => side.turn(null)}
        narrow={`in:"${channelName(view.channel!)}"`}
        onEverywhere={side.everywhere}
      />
    );
  if (page?.kind === 'thread') return <ThreadAlone {...props} page={page} people={people} />;
  return (
    <>
      {!view.mayRead && <ReadingMissing view={view} />}
      {view.syncProblem && view.mayRead && (
        <div class="panel-notices">
          <SyncProblem problem={view.syncProblem} syncedAt={view.syncedAt} onAction={side.act} />
        </div>
      )}
      <Threads {...props} people={people} />
      {view.mayPost ? (
        <NewPost {...{ view, record, people, photoOf }} />
      ) : (
        <AllowPosting view={view} allow={side.allow} act={side.act} />
      )}
    </>
  );
}

function Threads(props: ChannelTabProps & { people: readonly Member[] }) {
  const { view } = props;
  const side = useContext(ChannelContext)!;
  const box = useRef<HTMLDivElement>(null);
  const { threads } = side;
  const fresh = view.outbox.filter((row) => row.channel?.threadId === null).reverse();
  // An own post brings its writer to where it stands, nothing else does
  useEffect(() => {
    if (side.ownSends > 0 && fresh.length > 0) box.current?.scrollTo({ top: 0 });
  }, [side.ownSends]);
  const none = !threads?.threads.length && !fresh.length;
  if (none && (!threads || threads.filling) && !view.syncProblem) return <Loading />;
  if (none && view.syncProblem) return <div class="panel-grow" />;
  if (none)
    return (
      <EmptyState icon={Hash} title={t(view.mayRead ? 'channel.emptyTitle' : 'channel.keptTitle')}>
        <p>{t(view.mayRead ? 'channel.emptyText' : 'channel.keptText')}</p>
      </EmptyState>
    );
  return (
    <section
      ref={box}
      class="channel-threads"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={t(view.mayRead ? 'channel.threads' : 'channel.kept')}
    >
      {!view.mayRead && <p class="chat-top">{t('channel.kept')}</p>}
      {fresh.map((row) => (
        <OutgoingRow key={row.localId} row={row} onResend={side.resend} onDiscard={side.discard} />
      ))}
      {threads?.threads.map((thread) => (
        <Thread key={thread.id} {...props} thread={thread} />
      ))}
      {threads?.more && (
        <Button busy={side.loadingOlder} onClick={side.older}>
          {t('channel.older')}
        </Button>
      )}
      {threads && !threads.more && view.mayRead && <p class="chat-top">{t('channel.start')}</p>}
    </section>
  );
}

/** Who wrote there is in the channel, or was: nobody else is known to be. */
function writersOf(page: ThreadPage | null): Member[] {
  const found = new Map<UserId, Member>();
  for (const { root, replies } of page?.threads ?? [])
    for (const { from } of root ? [root, ...replies] : replies)
      if (from?.userId && from.name)
        found.set(from.userId, { userId: from.userId, displayName: from.name, email: null, role: 'member' });
  return [...found.values()];
}
