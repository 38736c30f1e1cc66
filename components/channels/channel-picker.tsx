import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { type Channel, channelName } from '../../lib/model/channel.ts';
import type { AppError, ErrorAction, Result } from '../../lib/model/errors.ts';
import type { FoundChannels } from '../../lib/rpc/contract/channels.ts';
import { Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { ChannelName } from './channel-name.tsx';

interface ChannelPickerProps {
  find: (text: string) => Promise<Result<FoundChannels>>;
  onPick: (channel: Channel) => Promise<Result<void>>;
  onAction: (action: ErrorAction) => void;
}

const PAUSE_MS = 200;

/** One of the person's channels: searched for by team and name, recent ones first, or by a link out of Teams. */
export function ChannelPicker({ find, onPick, onAction }: ChannelPickerProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState<FoundChannels | null>(null);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let gone = false;
    setLoading(true);
    const timer = setTimeout(
      async () => {
        const answer = await find(text);
        if (gone) return;
        setLoading(false);
        setProblem(answer.ok ? null : answer.error);
        setFound(answer.ok ? answer.value : null);
        setAt(0);
      },
      text ? PAUSE_MS : 0,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text, find, tries]);

  const all = found ? [...found.recent, ...found.others] : [];
  const current = all[Math.min(at, all.length - 1)];
  const pick = async (channel: Channel | undefined) => {
    if (!channel || busy) return;
    setBusy(true);
    const result = await onPick(channel);
    setBusy(false);
    setProblem(result.ok ? null : result.error);
  };
  const go = (to: number) => {
    const next = Math.max(0, Math.min(all.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (to !== undefined) go(to);
    else if (event.key === 'Enter') void pick(loading ? undefined : current);
    else return;
    event.preventDefault();
  };
  const group = (title: string, channels: readonly Channel[], from: number) =>
    channels.length > 0 && (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a listbox's children
      <div role="group" aria-labelledby={`${id}-${from}`}>
        <div id={`${id}-${from}`} class="channel-group ui-muted">
          {title}
        </div>
        {channels.map((channel, i) => (
          <Option
            key={channel.id}
            id={`${id}-o${from + i}`}
            channel={channel}
            on={channel === current}
            onPick={() => void pick(channel)}
          />
        ))}
      </div>
    );

  return (
    <div class="channel-picker">
      <input
        ref={field}
        type="text"
        role="combobox"
        class="ui-input"
        dir="auto"
        autocomplete="off"
        aria-label={t('channel.search')}
        placeholder={t('channel.search')}
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-o${all.indexOf(current)}` : undefined}
        aria-describedby={`${id}-help`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p id={`${id}-help`} class="ui-muted">
        {t('channel.searchHelp')}
      </p>
      {problem && (
        <Problem
          problem={problem}
          role="alert"
          onAction={(action) => (action.kind === 'retry' ? setTries(tries + 1) : onAction(action))}
        />
      )}
      <p class="channel-count ui-muted" role="status">
        {loading ? (
          <>
            <Spinner size={14} /> {t('channel.looking')}
          </>
        ) : (
          found && words(found, text)
        )}
      </p>
      <div ref={list} id={`${id}-list`} role="listbox" class="channel-options" aria-label={t('channel.list')}>
        {found && group(t('channel.recent'), found.recent, 0)}
        {found && group(t('channel.all'), found.others, found.recent.length)}
      </div>
    </div>
  );
}

interface OptionProps {
  id: string;
  channel: Channel;
  on: boolean;
  onPick: () => void;
}

/** The keys are heard by the field, which keeps the focus. */
function Option({ id, channel, on, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: as above
    <div
      id={id}
      role="option"
      class="channel-option"
      title={channelName(channel)}
      aria-selected={on}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <ChannelName channel={channel} />
    </div>
  );
}

function words({ recent, others, more }: FoundChannels, text: string): string {
  const count = recent.length + others.length;
  if (count === 0) return t(text.trim() ? 'channel.nothing' : 'channel.none');
  return more > 0 ? t('channel.countMore', { count, more }) : t('channel.count', { count });
}
