import { AtSign, Bold, Italic, Link, List, Smile } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Message } from '../../lib/model/message.ts';
import { insertLink, type Selected, toggleList, toggleMark } from '../chat/wrap-selection.ts';
import { IconButton } from '../ui/button.tsx';
import { EmojiPicker } from './emoji-picker.tsx';
import { ImportanceMenu } from './importance-menu.tsx';
import { PlusMenu, type PlusProps } from './plus-menu.tsx';
import { ToolMenu } from './tool-menu.tsx';

interface ToolbarProps {
  importance: Message['importance'];
  onImportance: (importance: Message['importance']) => void;
  /** Changes the text as these say of what is chosen in it. */
  onEdit: (change: (chosen: Selected) => Selected) => void;
  /** Puts this in place of what is chosen. */
  onInsert: (text: string) => void;
  plus: PlusProps | undefined;
}

/** What can be done to the text, one row; what is needed less often stands behind the plus. */
export function Toolbar({ importance, onImportance, onEdit, onInsert, plus }: ToolbarProps) {
  return (
    <div class="composer-tools" role="toolbar" aria-label={t('composer.tools')}>
      <PlusMenu {...{ onEdit, onInsert, plus }} />
      <IconButton icon={Bold} label={t('composer.bold')} onClick={() => onEdit((s) => toggleMark(s, '**'))} />
      <IconButton icon={Italic} label={t('composer.italic')} onClick={() => onEdit((s) => toggleMark(s, '*'))} />
      <IconButton icon={List} label={t('composer.list')} onClick={() => onEdit(toggleList)} />
      <IconButton
        icon={Link}
        label={t('composer.link')}
        onClick={() => onEdit((s) => insertLink(s, t('composer.linkText')))}
      />
      <IconButton icon={AtSign} label={t('compose.mention')} onClick={() => onEdit(beginMention)} />
      <ToolMenu icon={Smile} label={t('compose.emoji')} wide>
        {(close) => (
          <EmojiPicker
            onPick={(char) => {
              close();
              onInsert(char);
            }}
          />
        )}
      </ToolMenu>
      <ImportanceMenu importance={importance} onImportance={onImportance} />
    </div>
  );
}

/** The sign that offers the members, apart from the word before it. */
function beginMention({ text, start }: Selected): Selected {
  const sign = /\S$/.test(text.slice(0, start)) ? ' @' : '@';
  const at = start + sign.length;
  return { text: text.slice(0, start) + sign + text.slice(start), start: at, end: at };
}
