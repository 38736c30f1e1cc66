import { Search } from 'lucide';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Icon } from '../ui/icon.tsx';
import { useSlash } from '../ui/use-slash.ts';
import { begin, FILTERS, type Known, type Suggestion, suggest, take } from './suggest.ts';

interface QueryBoxProps {
  query: string;
  known: Known;
  onQuery: (query: string) => void;
  /** Down, to what was found. */
  onDown: () => void;
}

/** The search box, what narrows a search as buttons below it, and while one of those is typed what could stand there. */
export function QueryBox({ query, known, onQuery, onDown }: QueryBoxProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => field.current?.focus(), []);
  useSlash(() => field.current?.focus());
  const offered = caret === null ? null : suggest(query, caret, known);
  const options = offered?.options ?? [];
  const current = options[Math.min(at, options.length - 1)];

  const put = (next: string, place: number) => {
    onQuery(next);
    setAt(0);
    // The field has the new words after the next drawing.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(place, place);
      setCaret(place);
    });
  };
  const pick = (option: Suggestion | undefined) => {
    if (!offered || !option) return;
    const taken = take(query, offered, option.value);
    put(taken.query, taken.caret);
    setCaret(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) setAt((Math.min(at, options.length - 1) + step + options.length) % options.length);
    else if (event.key === 'ArrowDown') onDown();
    else if ((event.key === 'Enter' || event.key === 'Tab') && current && !event.shiftKey) pick(current);
    else if (event.key === 'Escape' && offered) setCaret(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const follow = (input: HTMLInputElement) => setCaret(input.selectionStart);

  return (
    <search class="archive-search">
      <div class="archive-box">
        <Icon icon={Search} />
        <input
          ref={field}
          type="text"
          role="combobox"
          class="ui-input"
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          value={query}
          aria-label={t('archive.search')}
          placeholder={t('archive.placeholder')}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current ? `${id}-${options.indexOf(current)}` : undefined}
          onInput={(event) => {
            onQuery(event.currentTarget.value);
            setAt(0);
            follow(event.currentTarget);
          }}
          onClick={(event) => follow(event.currentTarget)}
          onBlur={() => setCaret(null)}
          onKeyDown={onKeyDown}
        />
        <div
          id={`${id}-list`}
          role="listbox"
          class="archive-options"
          aria-label={t('archive.offered')}
          hidden={!offered}
        >
          {options.map((option, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field keeps the focus and hears the keys
            <div
              key={option.value}
              id={`${id}-${i}`}
              role="option"
              class="archive-option"
              aria-selected={option === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <bdi>{option.value}</bdi>
              <bdi class="ui-muted">{option.says ? t(option.says) : option.note}</bdi>
            </div>
          ))}
        </div>
      </div>
      <fieldset class="archive-filters">
        <legend class="ui-visually-hidden">{t('archive.narrow')}</legend>
        {FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            class="archive-filter"
            title={t(`archive.filterHelp.${filter}`)}
            onClick={() => {
              const next = begin(query, filter);
              put(next, next.length);
            }}
          >
            <bdi dir="ltr">{filter}:</bdi> <span>{t(`archive.filter.${filter}`)}</span>
          </button>
        ))}
      </fieldset>
    </search>
  );
}
