import { ArrowLeft, Search } from 'lucide';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { formatDay, formatFull, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { ChatId, MessageId, UserId } from '../../lib/model/ids.ts';
import type { SearchLine, SearchView } from '../../lib/rpc/contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { messageLink } from './deep-links.ts';

interface SearchPageProps {
  chatId: ChatId;
  me: UserId;
  /** Milliseconds since 1970, for "today". */
  now: number;
  /** What was searched for the last time, so that going back to it costs nothing. */
  text: string;
  onText: (text: string) => void;
  find: (text: string, from: MessageId | null) => Promise<Result<SearchView>>;
  onJump: (id: MessageId) => void;
  onBack: () => void;
  /** What names this chat or channel in a search over all of them. */
  narrow: string;
  /** To the search over all that is stored, and with `teams` at Microsoft too, in a tab of its own. */
  onEverywhere: (query: string, teams: boolean) => void;
}

/** Milliseconds without a key until it is searched. */
const PAUSE = 150;

/** Search in one chat, in the place of its talk: the words, and what was found for them, newest first. */
export function SearchPage(props: SearchPageProps) {
  const { text, onText, find } = props;
  const helpId = useId();
  const [found, setFound] = useState<SearchView | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [loading, setLoading] = useState(false);
  const turn = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  useEscape(props.onBack);
  useEffect(() => input.current?.focus(), []);

  const ask = async (from: MessageId | null) => {
    turn.current += 1;
    const mine = turn.current;
    setLoading(true);
    const answer = await find(text, from);
    if (mine !== turn.current) return;
    setLoading(false);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setFound((before) =>
      from && before ? { ...answer.value, hits: [...before.hits, ...answer.value.hits] } : answer.value,
    );
  };
  useEffect(() => {
    if (!text.trim()) {
      turn.current += 1;
      setFound(null);
      setLoading(false);
      return;
    }
    const timer = setTimeout(() => void ask(null), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input.current, ...(list.current?.querySelectorAll<HTMLElement>('.chat-hit') ?? [])];
    const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const hits = found?.hits ?? [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the controls in it
    <div class="chat-search" onKeyDown={onKeyDown}>
      <div class="chat-search-bar">
        <IconButton icon={ArrowLeft} flip label={t('search.back')} onClick={props.onBack} />
        <input
          ref={input}
          type="search"
          class="ui-input"
          dir="auto"
          value={text}
          aria-label={t('search.label')}
          aria-describedby={helpId}
          placeholder={t('search.placeholder')}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <p class="chat-search-count ui-muted" role="status">
        {loading ? <Spinner size={14} /> : null}
        {found && !loading && countWords(found)}
      </p>
      {problem && <Problem problem={problem} onAction={() => void ask(null)} />}
      {hits.length > 0 && (
        <ol ref={list} class="chat-hits" aria-label={t('search.found')}>
          {hits.map((hit) => (
            <li key={hit.id}>
              <Hit {...props} hit={hit} />
            </li>
          ))}
        </ol>
      )}
      {found?.more && (
        <div class="panel-row">
          <Button busy={loading} onClick={() => void ask(hits[hits.length - 1]!.id)}>
            {t('search.more')}
          </Button>
        </div>
      )}
      {found?.since && <p class="ui-muted chat-search-since">{t('search.since', { date: formatFull(found.since) })}</p>}
      {found?.elsewhere && (
        <Notice role="status">
          <p>
            {found.elsewhere.length
              ? t('archive.elsewhereNamed', { places: found.elsewhere.join(', ') })
              : t('archive.elsewhereUnknown')}
          </p>
        </Notice>
      )}
      {found && (
        <div class="panel-row">
          <Button icon={Search} onClick={() => props.onEverywhere(text, false)}>
            {t('archive.everywhere')}
          </Button>
          {found.since && (
            <Button look="quiet" onClick={() => props.onEverywhere(`${text.trim()} ${props.narrow}`, true)}>
              {t('archive.olderInTeams')}
            </Button>
          )}
        </div>
      )}
      <div hidden={text.trim() !== ''}>
        <EmptyState icon={Search} title={t('search.title')}>
          <p id={helpId}>{t('search.help')}</p>
          <ul class="chat-search-examples">
            {EXAMPLES.map(([example, meaning]) => (
              <li key={example}>
                <button type="button" class="chat-search-example" onClick={() => onText(example)}>
                  <bdi dir="ltr">{example}</bdi>
                </button>
                <span>{t(meaning)}</span>
              </li>
            ))}
          </ul>
          <Button look="quiet" onClick={() => props.onEverywhere('', false)}>
            {t('archive.everywhere')}
          </Button>
        </EmptyState>
      </div>
    </div>
  );
}

const EXAMPLES = [
  ['"delivery note"', 'search.phrase'],
  ['from:anna', 'search.from'],
  ['has:file', 'search.has'],
  ['after:7d', 'search.after'],
  ['price -offer', 'search.without'],
] as const;

function Hit({ hit, chatId, me, now, onJump }: SearchPageProps & { hit: SearchLine }) {
  const name = hit.from?.userId === me ? t('chat.you') : hit.from?.name || t('chat.unknownPerson');
  const content = (
    <>
      <span class="chat-hit-head">
        <bdi class="chat-name">{name}</bdi>
        <time dateTime={hit.createdAt} title={formatFull(hit.createdAt)}>
          {formatDay(hit.createdAt, now)}, {formatTime(hit.createdAt)}
        </time>
      </span>
      <span class="chat-hit-words" dir="auto">
        {hit.words.map((part, i) =>
          // Parts of one version of a text never move
          part.mark ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
        )}
      </span>
    </>
  );
  if (hit.inPlace)
    return (
      <button type="button" class="chat-hit" onClick={() => onJump(hit.id)}>
        {content}
      </button>
    );
  return (
    <div class="chat-hit" tabIndex={-1}>
      {content}
      <ExternalLink href={messageLink(chatId, hit.id)}>{t('chat.openMessage')}</ExternalLink>
    </div>
  );
}

function countWords({ hits, more }: SearchView): string {
  if (hits.length === 0) return t('search.nothing');
  return t(more ? 'search.countMore' : 'search.count', { count: hits.length });
}
