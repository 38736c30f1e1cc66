import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { shownLanguage, t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { RecordKey, UserId } from '../../lib/model/ids.ts';
import type { Writing } from '../../lib/model/writing.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { emojiNamed, loadEmoji } from './emoji.ts';
import { followEdit, putMention } from './mentions.ts';
import { RecentEmojiContext } from './recent-emoji.ts';
import { replaceIn } from './replace-in.ts';
import { type Suggestion, Suggestions } from './suggestions.tsx';
import { closedName } from './trigger.ts';
import { useSuggestions } from './use-suggestions.ts';

export interface FieldProps {
  record: RecordKey;
  writing: Writing;
  members: readonly Member[];
  me: UserId;
  photoOf: PhotoOf;
  invalid: boolean;
  describedBy: string;
  label: string;
  placeholder: string;
  /** The textarea, for the buttons beside it. */
  field: { current: HTMLTextAreaElement | null };
  onWriting: (record: RecordKey, writing: Writing) => void;
  /** Pictures and files that were pasted. */
  onFiles?: (files: File[]) => void;
  /** Keys that no list took, with what is written at that moment. */
  onKeyDown: (event: KeyboardEvent, writing: Writing) => void;
}

/**
 * Where the text is written. Mentions are words of it whose places are followed through every edit; behind the textarea
 * the same text marks them. "@" and ":" offer people and emoji.
 */
export function Field(props: FieldProps) {
  const { record, writing, field, onWriting } = props;
  const id = useId();
  const mirror = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const { used } = useContext(RecentEmojiContext);
  const latest = useRef({ record, writing });
  latest.current = { record, writing };
  const { suggested, move } = useSuggestions({ writing, caret, members: props.members, me: props.me });

  // The height follows the text, and the record's other text
  useLayoutEffect(() => {
    if (field.current) growWithText(field.current, mirror.current);
  }, [writing.text, record, writing.mentions.length > 0]);

  const tell = (next: Writing) => {
    // Several edits may come before the next painting, each upon the one before.
    latest.current = { record, writing: next };
    onWriting(record, next);
  };
  const onInput = (el: HTMLTextAreaElement) => {
    const { text, mentions } = latest.current.writing;
    const now = { ...latest.current.writing, text: el.value };
    tell({ ...now, mentions: followEdit(mentions, text, el.value, el.selectionEnd) });
    setCaret(caretOf(el));
    const closed = closedName(el.value, el.selectionEnd);
    if (!closed) return;
    const typed = el.value.slice(closed.from, closed.to);
    void loadEmoji(shownLanguage()).then((all) => {
      const char = emojiNamed(all, closed.query)?.char;
      const same = latest.current.record === record && el.value.slice(closed.from, closed.to) === typed;
      if (!char || !same) return;
      const at = el.selectionEnd;
      replaceIn(el, { ...closed, text: char });
      // Who typed on meanwhile goes on where they are.
      if (at > closed.to) el.setSelectionRange(at - typed.length + char.length, at - typed.length + char.length);
    });
  };
  const choose = (chosen: Suggestion) => {
    const el = field.current;
    if (!el || !suggested) return;
    const { trigger } = suggested;
    if (chosen.kind === 'emoji') {
      used(chosen.emoji.char);
      return replaceIn(el, { ...trigger, text: chosen.emoji.char });
    }
    const { userId, displayName } = chosen.person;
    const person = { userId, name: displayName.replace(/\s+/g, ' ').trim() };
    const { text, mentions } = latest.current.writing;
    const next = putMention(text, mentions, trigger, person);
    replaceIn(el, { ...trigger, text: next.text.slice(trigger.from, next.text.length - (text.length - trigger.to)) });
    el.setSelectionRange(next.caret, next.caret);
    tell({ ...latest.current.writing, text: next.text, mentions: next.mentions });
    setCaret(next.caret);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: the key was taken by an input method that does not say so otherwise.
    const typing = event.isComposing || event.keyCode === 229;
    if (typing || !suggested || !takes(event)) return props.onKeyDown(event, latest.current.writing);
    event.preventDefault();
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else choose(suggested.all[suggested.active]!);
  };

  return (
    <div class="compose-text">
      {writing.mentions.length > 0 && <Mirror box={mirror} writing={writing} />}
      <textarea
        ref={field}
        class="composer-field"
        rows={1}
        dir="auto"
        value={writing.text}
        placeholder={props.placeholder}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid}
        aria-autocomplete="list"
        aria-controls={suggested ? `${id}-list` : undefined}
        aria-activedescendant={suggested ? `${id}-list-${suggested.active}` : undefined}
        onInput={(event) => onInput(event.currentTarget)}
        onSelect={(event) => setCaret(caretOf(event.currentTarget))}
        onBlur={() => setCaret(null)}
        onFocus={(event) => setCaret(caretOf(event.currentTarget))}
        onScroll={(event) => mirror.current?.scrollTo(0, event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          // Office puts a picture of the words beside the words.
          if (!props.onFiles || files.length === 0 || event.clipboardData?.getData('text/plain')) return;
          event.preventDefault();
          props.onFiles(files);
        }}
      />
      {suggested && (
        <Suggestions
          id={`${id}-list`}
          all={suggested.all}
          active={suggested.active}
          photoOf={props.photoOf}
          onChoose={choose}
        />
      )}
      <p class="ui-visually-hidden" role="status">
        {suggested && t('compose.found', { count: suggested.all.length })}
      </p>
    </div>
  );
}

/** The same words in the same places, to be seen only where they are mentions. */
function Mirror({ box, writing: { text, mentions } }: { box: { current: HTMLDivElement | null }; writing: Writing }) {
  let at = 0;
  return (
    <div ref={box} class="compose-mirror" dir="auto" aria-hidden="true">
      {mentions.map(({ start, end }) => {
        const before = text.slice(at, start);
        at = end;
        return (
          <>
            {before}
            <mark>{text.slice(start, end)}</mark>
          </>
        );
      })}
      {text.slice(at)}
    </div>
  );
}

function takes({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !(shiftKey || ctrlKey || metaKey || altKey) && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab'].includes(key);
}

/** Null where a stretch is chosen: nothing is being typed there. */
function caretOf(el: HTMLTextAreaElement): number | null {
  return el.selectionStart === el.selectionEnd ? el.selectionEnd : null;
}

/** As high as its text, up to what the style allows. Where it scrolls, the mirror leaves room for the bar too. */
function growWithText(field: HTMLTextAreaElement, mirror: HTMLElement | null): void {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
  if (!mirror) return;
  mirror.style.inlineSize = `${field.clientWidth}px`;
  mirror.scrollTop = field.scrollTop;
}
