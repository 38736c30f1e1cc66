import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Spinner } from '../ui/spinner.tsx';
import { EMOJI_GROUPS, type Emoji, findEmoji } from './emoji.ts';
import { RecentEmojiContext } from './recent-emoji.ts';
import { useEmoji } from './use-suggestions.ts';

interface EmojiPickerProps {
  onPick: (char: string) => void;
}

type Shelf = 'recent' | (typeof EMOJI_GROUPS)[number];

/** A sign for each group's button. */
const SIGNS: Record<Shelf, string> = {
  recent: '🕘',
  0: '😀',
  1: '👋',
  3: '🐻',
  4: '🍎',
  5: '🚗',
  6: '⚽',
  7: '💡',
  8: '❤️',
  9: '🏁',
};

/** Columns of the grid, for the keys up and down. The style has the same. */
const COLUMNS = 8;
const MOST_FOUND = 160;

/**
 * Emoji to pick from: those picked last, by groups, or by words. The field keeps the focus; its arrow keys move in the
 * grid, Enter picks. Whoever shows it closes it.
 */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const id = useId();
  const all = useEmoji(true);
  const { recent, used } = useContext(RecentEmojiContext);
  const [query, setQuery] = useState('');
  const [shelf, setShelf] = useState<Shelf>(recent.length ? 'recent' : 0);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const shown = query.trim() ? findEmoji(all, query, MOST_FOUND, recent) : onShelf(all, shelf, recent);
  const pick = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    used(emoji.char);
    onPick(emoji.char);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(shown[Math.max(0, active)]);
      return;
    }
    const by = stepOf(event.key, event.currentTarget as HTMLElement);
    // To the sides the caret moves, until the grid was entered.
    if (!by || (Math.abs(by) === 1 && active < 0 && query)) return;
    event.preventDefault();
    setActive(Math.min(shown.length - 1, Math.max(-1, active < 0 ? (by > 0 ? 0 : -1) : active + by)));
  };

  return (
    <div class="compose-emoji">
      <input
        ref={input}
        class="ui-input"
        type="search"
        aria-label={t('compose.emojiSearch')}
        placeholder={t('compose.emojiSearch')}
        aria-autocomplete="list"
        aria-controls={`${id}-grid`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      {!query.trim() && (
        <div class="compose-emoji-shelves" role="toolbar" aria-label={t('compose.emojiGroups')}>
          {(['recent', ...EMOJI_GROUPS] as const)
            .filter((one) => one !== 'recent' || recent.length)
            .map((one) => (
              <button
                key={one}
                type="button"
                class="compose-emoji-shelf"
                title={t(`compose.emojiGroup.${one}`)}
                aria-label={t(`compose.emojiGroup.${one}`)}
                aria-pressed={one === shelf}
                onClick={() => {
                  setShelf(one);
                  setActive(-1);
                  input.current?.focus();
                }}
              >
                {SIGNS[one]}
              </button>
            ))}
        </div>
      )}
      {all.length === 0 && <Spinner size={16} />}
      <div ref={grid} id={`${id}-grid`} class="compose-emoji-grid" role="listbox" aria-label={t('compose.emojiFound')}>
        {shown.map((emoji, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: and takes the keys
          <div
            key={emoji.char}
            id={`${id}-${i}`}
            class="compose-emoji-one"
            role="option"
            aria-selected={i === active}
            aria-label={emoji.label}
            title={emoji.names[0] ? `${emoji.label} :${emoji.names[0]}:` : emoji.label}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(emoji)}
          >
            {emoji.char}
          </div>
        ))}
      </div>
      <p class="ui-muted" role="status">
        {all.length > 0 && shown.length === 0 ? t('compose.emojiNone') : (shown[active]?.label ?? '')}
      </p>
    </div>
  );
}

function onShelf(all: readonly Emoji[], shelf: Shelf, recent: readonly string[]): Emoji[] {
  if (shelf !== 'recent') return all.filter(({ group }) => group === shelf);
  return recent.flatMap((char) => all.find((emoji) => emoji.char === char) ?? []);
}

function stepOf(key: string, field: HTMLElement): number {
  const forward = getComputedStyle(field).direction === 'rtl' ? -1 : 1;
  return { ArrowDown: COLUMNS, ArrowUp: -COLUMNS, ArrowRight: forward, ArrowLeft: -forward }[key] ?? 0;
}
