import { SendHorizontal } from 'lucide';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { ChatId, RecordKey, UserId } from '../../lib/model/ids.ts';
import { isBlank, type Writing } from '../../lib/model/writing.ts';
import { Cards } from '../compose/cards.tsx';
import { Field } from '../compose/field.tsx';
import { FileStrip, type FilesProps } from '../compose/files.tsx';
import { PictureStrip, type PicturesProps } from '../compose/pictures.tsx';
import type { PlusProps } from '../compose/plus-menu.tsx';
import { rewrite } from '../compose/replace-in.ts';
import { Toolbar } from '../compose/toolbar.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { IconButton } from '../ui/button.tsx';
import { type BannerProps, ComposerBanner } from './composer-banner.tsx';
import { ComposerFooter } from './composer-footer.tsx';
import { type Selected, toggleMark } from './wrap-selection.ts';

export interface ComposerProps {
  /** Whose text this is: text and chat belong to this record and go nowhere else. */
  record: RecordKey;
  chatId: ChatId;
  writing: Writing;
  /** As whom it is written. */
  me: UserId;
  meName: string;
  /** Who can be mentioned. */
  members: readonly Member[];
  photoOf: PhotoOf;
  /** Why nothing can be sent now, or null. Writing is still possible: the text is kept. */
  offReason: string | null;
  /** Bytes the text will take as a message, and how many it may. */
  size: number;
  limit: number;
  /** What else can be put in; without it only text is written here. */
  put?: Putting;
  /** What the field is used for besides a new message. */
  banner?: BannerProps;
  /** The arrow up in an empty field. */
  onLast?: (() => void) | undefined;
  /** Its name and what stands in it while it is empty, where it is not the chat's. */
  label?: string;
  placeholder?: string;
  /** People from outside read along, where `members` does not tell. */
  outsiders?: boolean;
  /** It was opened to be written in. */
  focus?: boolean;
  onWriting: (record: RecordKey, writing: Writing) => void;
  onSend: (record: RecordKey, chatId: ChatId, writing: Writing) => void;
}

/** For the record whose text it is. */
export interface Putting {
  onFiles: PlusProps['onFiles'];
  files: PlusProps['files'];
  card: PlusProps['card'];
  /** These fields of the doctype went onto a card. */
  onCard: (doctype: string, fields: string[]) => void;
  pictures: Omit<PicturesProps, 'images'>;
  /** Files by the person's OneDrive; left out where there are none. */
  upload?: FilesProps & { onUpload: (files: File[]) => void };
}

/** Where a message is written. Holds no text of its own, so that it can never carry one record's text to another. */
export function Composer(props: ComposerProps) {
  const { record, writing, put } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLong = props.size > props.limit;
  const { upload } = put ?? {};
  const filesWait = upload && (upload.keeping.length > 0 || (writing.files.length > 0 && !upload.upload.allowed));
  const picturesWait = put && (put.pictures.busy || writing.images.some((image) => !put.pictures.bytesOf(image)));
  const outsiders = props.outsiders ?? props.members.some(({ role, userId }) => role === 'guest' || !userId);
  const mayOff = props.offReason !== null || tooLong || filesWait === true || picturesWait === true;

  useEffect(() => {
    if (props.focus) field.current?.focus();
  }, []);

  const send = (what = writing) => {
    if (!mayOff && !isBlank(what)) props.onSend(record, props.chatId, what);
  };
  const edit = (change: (s: Selected) => Selected) => {
    const el = field.current;
    if (el) rewrite(el, change({ text: el.value, start: el.selectionStart, end: el.selectionEnd }));
  };
  const insert = (put: string) =>
    edit(({ text, start, end }) => {
      const at = start + put.length;
      return { text: text.slice(0, start) + put + text.slice(end), start: at, end: at };
    });

  // To the field when something is answered or edited in it
  useEffect(() => {
    if (props.banner && document.hasFocus()) field.current?.focus();
  }, [props.banner?.title, props.banner?.text]);

  // What was typed a moment ago may not have come round to `writing` yet
  const onKeyDown = (event: KeyboardEvent, now: Writing) => {
    // 229: the key was taken by an input method that does not say so otherwise.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowUp' && props.onLast && !props.banner && isBlank(now)) {
      event.preventDefault();
      return props.onLast();
    }
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send(now);
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
      aria-label={props.label ?? t('composer.form')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        if (put && event.dataTransfer?.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (!put || files.length === 0) return;
        event.preventDefault();
        put.onFiles(files);
      }}
    >
      {props.banner && <ComposerBanner {...props.banner} />}
      <div class={`composer-box ${writing.importance === 'normal' ? '' : 'composer-important'}`}>
        <Field
          {...{ record, writing, field, onKeyDown }}
          members={props.members}
          me={props.me}
          photoOf={props.photoOf}
          invalid={tooLong}
          describedBy={`${id}-hint`}
          label={props.label ?? t('composer.label')}
          placeholder={props.placeholder ?? t('composer.placeholder')}
          onWriting={props.onWriting}
          {...(put ? { onFiles: put.onFiles } : {})}
        />
        {put && <PictureStrip images={writing.images} {...put.pictures} />}
        {upload && <FileStrip files={writing.files} outsiders={outsiders} {...upload} />}
        <Cards
          cards={writing.cards}
          onRemove={(gone) => {
            props.onWriting(record, { ...writing, cards: writing.cards.filter(({ id }) => id !== gone) });
            field.current?.focus();
          }}
        />
        <div class="composer-bar">
          <Toolbar
            importance={writing.importance}
            onImportance={(importance) => props.onWriting(record, { ...writing, importance })}
            onEdit={edit}
            onInsert={insert}
            plus={
              put && {
                onFiles: put.onFiles,
                files: put.files,
                card: put.card,
                outsiders,
                ...(upload ? { onUpload: upload.onUpload } : {}),
                onCard(card, { doctype }, fields) {
                  props.onWriting(record, { ...writing, cards: [...writing.cards, card] });
                  put.onCard(doctype, fields);
                },
              }
            }
          />
          <IconButton
            icon={SendHorizontal}
            flip
            label={t('composer.send')}
            disabled={mayOff || isBlank(writing)}
            onClick={() => send()}
          />
        </div>
      </div>
      <ComposerFooter {...props} importance={writing.importance} id={`${id}-hint`} />
    </form>
  );
}
