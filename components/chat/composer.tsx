import { Bold, Italic, Link, List, SendHorizontal } from 'lucide';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId, RecordKey } from '../../lib/model/ids.ts';
import { IconButton } from '../ui/button.tsx';
import { ComposerFooter } from './composer-footer.tsx';
import { insertLink, type Selected, toggleList, toggleMark } from './wrap-selection.ts';

export interface ComposerProps {
  /** Whose text this is: text and chat belong to this record and go nowhere else. */
  record: RecordKey;
  chatId: ChatId;
  text: string;
  /** As whom it is written. */
  meName: string;
  /** Why nothing can be sent now, or null. Writing is still possible: the text is kept. */
  offReason: string | null;
  /** Bytes the text will take as a message, and how many it may. */
  size: number;
  limit: number;
  onText: (record: RecordKey, text: string) => void;
  onSend: (record: RecordKey, chatId: ChatId, text: string) => void;
}

/** Where a message is written. Holds no text of its own, so that it can never carry one record's text to another. */
export function Composer(props: ComposerProps) {
  const { record, text } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLong = props.size > props.limit;
  const mayOff = props.offReason !== null || tooLong;

  // The height follows the text, and the record's other text
  useLayoutEffect(() => {
    if (field.current) growWithText(field.current);
  }, [text, record]);

  const send = () => {
    const now = field.current?.value ?? text;
    if (mayOff || !now.trim()) return;
    props.onSend(record, props.chatId, now);
  };

  const edit = (change: (s: Selected) => Selected) => {
    const el = field.current;
    if (!el) return;
    const next = change({ text: el.value, start: el.selectionStart, end: el.selectionEnd });
    el.value = next.text;
    el.focus();
    el.setSelectionRange(next.start, next.end);
    props.onText(record, next.text);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // 229: the key was taken by an input method that does not say so otherwise.
    if (event.isComposing || event.keyCode === 229) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (command && event.key.toLowerCase() === 'b') {
      event.preventDefault();
      edit((s) => toggleMark(s, '**'));
    } else if (command && event.key.toLowerCase() === 'i') {
      event.preventDefault();
      edit((s) => toggleMark(s, '*'));
    }
  };

  return (
    <form
      class="composer"
      aria-label={t('composer.form')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          dir="auto"
          value={text}
          placeholder={t('composer.placeholder')}
          aria-label={t('composer.label')}
          aria-describedby={`${id}-hint`}
          aria-invalid={tooLong}
          onInput={(event) => props.onText(record, event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div class="composer-bar">
          <div class="composer-tools" role="toolbar" aria-label={t('composer.tools')}>
            <IconButton icon={Bold} label={t('composer.bold')} onClick={() => edit((s) => toggleMark(s, '**'))} />
            <IconButton icon={Italic} label={t('composer.italic')} onClick={() => edit((s) => toggleMark(s, '*'))} />
            <IconButton icon={List} label={t('composer.list')} onClick={() => edit(toggleList)} />
            <IconButton
              icon={Link}
              label={t('composer.link')}
              onClick={() => edit((s) => insertLink(s, t('composer.linkText')))}
            />
          </div>
          <IconButton
            icon={SendHorizontal}
            flip
            label={t('composer.send')}
            disabled={mayOff || !text.trim()}
            onClick={send}
          />
        </div>
      </div>
      <ComposerFooter {...props} id={`${id}-hint`} />
    </form>
  );
}

/** As high as its text, up to what the style allows. */
function growWithText(field: HTMLTextAreaElement): void {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
