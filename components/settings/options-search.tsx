import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Found } from '../../lib/model/doctype-meta.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';

interface SearchProps {
  label: string;
  help?: string;
  placeholder?: string;
  find: (text: string) => Promise<Result<Found[]>>;
  onChoose: (value: string) => void;
  /** Said beside a hit, e.g. that it is there already. */
  note?: (value: string) => string | null;
}

/** Milliseconds without a key until ERPNext is asked. */
const PAUSE = 200;

/** A text with a list of what ERPNext finds for it: arrows move in it, Enter takes, Escape closes. */
export function Search({ label, help, placeholder, find, onChoose, note }: SearchProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<Found[] | null>(null);
  const [at, setAt] = useState(-1);
  const [problem, setProblem] = useState<AppError | null>(null);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = (typed: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      turn.current += 1;
      const mine = turn.current;
      const answer = await find(typed.trim());
      if (mine !== turn.current) return;
      setProblem(answer.ok ? null : answer.error);
      setHits(answer.ok ? answer.value : null);
      setAt(-1);
    }, PAUSE);
  };
  const close = () => {
    clearTimeout(timer.current);
    turn.current += 1;
    setHits(null);
    setAt(-1);
  };
  const take = (value: string) => {
    setText(value);
    close();
    onChoose(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!hits?.length) {
      if (event.key === 'ArrowDown') ask(text);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + hits.length) % hits.length);
    else if (event.key === 'Enter') take((hits[at] ?? hits[0]!).value);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };

  return (
    <div
      class="ui-field options-search"
      onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && close()}
    >
      <label class="ui-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="ui-input"
        role="combobox"
        aria-expanded={!!hits}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${id}-help`}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={text}
        onFocus={() => ask(text)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          ask(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {hits && (
        <div id={`${id}-list`} class="options-hits" role="listbox" aria-label={label}>
          {hits.map(({ value, description }, index) => (
            <button
              type="button"
              tabIndex={-1}
              key={value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              class="options-hit"
              // Before the field loses the focus, which would close the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(value)}
            >
              <span dir="auto">{value}</span>
              <span class="ui-muted">{note?.(value) ?? (description !== value ? description : '')}</span>
            </button>
          ))}
          {hits.length === 0 && <p class="ui-muted options-hit">{t('options.nothingFound')}</p>}
        </div>
      )}
      <p id={`${id}-help`} class={problem ? 'popup-wrong' : 'ui-muted'} aria-live="polite">
        {problem ? `${problem.title}. ${problem.text}` : help}
      </p>
    </div>
  );
}
