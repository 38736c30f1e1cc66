import { Code, IdCard, ImagePlus, Paperclip, Plus, TextQuote, Upload } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Result } from '../../lib/model/errors.ts';
import type { CardSource, RecordFile } from '../../lib/model/record-card.ts';
import type { WrittenCard } from '../../lib/model/writing.ts';
import type { Selected } from '../chat/wrap-selection.ts';
import { RecordCardPicker } from './record-card-picker.tsx';
import { RecordFiles } from './record-files.tsx';
import { ToolLine, ToolMenu } from './tool-menu.tsx';
import { toggleCode, toggleQuote } from './wrap-lines.ts';

/** What can be put in beside words, of the record on screen. */
export interface PlusProps {
  onFiles: (files: File[]) => void;
  /** Files of any kind, as files; left out where they cannot go along. */
  onUpload?: (files: File[]) => void;
  files: () => Promise<Result<RecordFile[]>>;
  card: () => Promise<Result<CardSource>>;
  onCard: (card: WrittenCard, source: CardSource, fields: string[]) => void;
  /** Somebody in the chat is from outside the organisation. */
  outsiders: boolean;
}

interface PlusMenuProps {
  onEdit: (change: (chosen: Selected) => Selected) => void;
  onInsert: (text: string) => void;
  plus: PlusProps | undefined;
}

/** What is needed less often: pictures, what the record has, code and quotes. */
export function PlusMenu({ onEdit, onInsert, plus }: PlusMenuProps) {
  const picture = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <Pick input={picture} label={t('compose.image')} accept="image/*" onFiles={plus?.onFiles} />
      <Pick input={file} label={t('upload.file')} onFiles={plus?.onUpload} />
      <ToolMenu icon={Plus} label={t('compose.more')} wide>
        {(close) => (
          <Lines
            {...{ onEdit, onInsert, plus, close }}
            onPick={() => picture.current?.click()}
            onPickFile={() => file.current?.click()}
          />
        )}
      </ToolMenu>
    </>
  );
}

interface PickProps {
  input: { current: HTMLInputElement | null };
  label: string;
  accept?: string;
  onFiles: ((files: File[]) => void) | undefined;
}

function Pick({ input, label, accept, onFiles }: PickProps) {
  return (
    <input
      ref={input}
      type="file"
      accept={accept}
      multiple
      hidden
      aria-label={label}
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        // The same file may be chosen again.
        currentTarget.value = '';
        if (files.length) onFiles?.(files);
      }}
    />
  );
}

interface LinesProps extends PlusMenuProps {
  close: () => void;
  onPick: () => void;
  onPickFile: () => void;
}

function Lines({ onEdit, onInsert, plus, close, onPick, onPickFile }: LinesProps) {
  const [page, setPage] = useState<'files' | 'card' | null>(null);
  const then = (act: () => void) => () => {
    close();
    act();
  };
  if (plus && page === 'files')
    return <RecordFiles load={plus.files} outsiders={plus.outsiders} onLink={(text) => then(() => onInsert(text))()} />;
  if (plus && page === 'card')
    return <RecordCardPicker load={plus.card} onCard={(...what) => then(() => plus.onCard(...what))()} />;
  return (
    <>
      {plus && (
        <>
          <ToolLine icon={ImagePlus} label={t('compose.image')} text={t('compose.imageText')} onClick={then(onPick)} />
          {plus.onUpload && (
            <ToolLine icon={Upload} label={t('upload.file')} text={t('upload.fileText')} onClick={then(onPickFile)} />
          )}
          <ToolLine
            icon={Paperclip}
            label={t('compose.recordFiles')}
            text={t('compose.recordFilesText')}
            onClick={() => setPage('files')}
          />
          <ToolLine
            icon={IdCard}
            label={t('compose.recordCard')}
            text={t('compose.recordCardText')}
            onClick={() => setPage('card')}
          />
        </>
      )}
      <ToolLine
        icon={Code}
        label={t('compose.code')}
        text={t('compose.codeText')}
        onClick={then(() => onEdit(toggleCode))}
      />
      <ToolLine
        icon={TextQuote}
        label={t('compose.quote')}
        text={t('compose.quoteText')}
        onClick={then(() => onEdit(toggleQuote))}
      />
    </>
  );
}
