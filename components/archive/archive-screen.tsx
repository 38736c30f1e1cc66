import { useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { ArchiveView } from '../../lib/rpc/contract/archive.ts';
import { Loading } from '../panel/loading.tsx';
import { Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { type ArchiveActions, type Found, keyOf, type Latest, type OpenMessage, type TeamsPart } from './actions.ts';
import { ConversationList } from './conversation-list.tsx';
import { FoundList } from './found-list.tsx';
import { QueryBox } from './query-box.tsx';
import { Reader, type ReaderProps } from './reader.tsx';
import { knownIn } from './suggest.ts';
import { TeamsSearch } from './teams-search.tsx';

export interface ArchiveScreenProps {
  /** Null before the first answer. */
  view: ArchiveView | null;
  query: string;
  found: Found | null;
  loading: boolean;
  problem: AppError | null;
  teams: ReadonlyMap<AccountId, TeamsPart> | null;
  latest: Latest;
  open: OpenMessage | null;
  /** What is read; null: nothing, or it is not known any more. */
  reader: ReaderProps | null;
  /** Milliseconds since 1970. */
  now: number;
  actions: ArchiveActions;
}

/** Search over everything that is stored: the box on top, what was found, and beside it the message in its place. */
export function ArchiveScreen(props: ArchiveScreenProps) {
  const { view, query, found, loading, problem, open, reader, now, actions } = props;
  const list = useRef<HTMLDivElement>(null);
  const byId = useMemo(
    () => new Map(view?.conversations.map((one) => [keyOf({ account: one.account, chatId: one.chatId }), one])),
    [view],
  );
  const known = useMemo(() => (view ? knownIn(view) : NOTHING), [view]);
  const searching = query.trim() !== '';
  const lines = () => [...(list.current?.querySelectorAll<HTMLElement>('.archive-line') ?? [])];

  // Whoever comes back from a message stands again on the line that led there.
  const left = useRef<string | null>(null);
  useEffect(() => {
    const line = left.current && lines().find(({ dataset }) => dataset.lineOf === left.current);
    if (!open && line) line.focus();
    left.current = open && keyOf(open);
  }, [open && keyOf(open)]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = lines();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = all[at + step];
    if (next) next.focus();
    else if (step < 0) document.querySelector<HTMLElement>('.archive-search input')?.focus();
  };

  return (
    <div class={`archive ${reader ? 'archive-reading' : ''}`}>
      <header class="archive-head">
        <img src="/icon/48.png" alt="" />
        <h1>{t('archive.title')}</h1>
      </header>
      <main class="archive-main">
        <div class="archive-left">
          <QueryBox query={query} known={known} onQuery={actions.type} onDown={() => lines()[0]?.focus()} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the controls in it */}
          <div ref={list} class="archive-list" onKeyDown={onKeyDown}>
            <p class="archive-count ui-muted" role="status">
              {loading && <Spinner size={14} />}
              {searching ? !loading && found && countWords(found) : t('archive.help')}
            </p>
            {view?.problem && <Problem problem={view.problem} onAction={actions.act} />}
            {problem && <Problem problem={problem} tone="bad" role="alert" onAction={actions.act} />}
            {!view && !problem && <Loading />}
            {view && !searching && <ConversationList {...{ view, open, now, actions }} latest={props.latest} />}
            {view && searching && found && (
              <>
                <FoundList {...{ view, byId, open, now, actions, found, loading }} />
                {!loading && <TeamsSearch {...{ view, byId, open, now, actions }} teams={props.teams} />}
              </>
            )}
          </div>
        </div>
        {reader && open ? (
          <Reader {...{ reader, open, now, actions }} />
        ) : (
          <div class="archive-blank ui-muted">{t('archive.blank')}</div>
        )}
      </main>
    </div>
  );
}

const NOTHING = { people: [], places: [], records: [] };

function countWords({ hits, more }: Found): string {
  if (hits.length === 0) return t('search.nothing');
  return t(more ? 'search.countMore' : 'search.count', { count: hits.length });
}
