import { SmilePlus } from 'lucide';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { ownReaction, USUAL_REACTIONS } from '../../lib/model/reaction.ts';
import { EmojiPicker } from '../compose/emoji-picker.tsx';
import { IconButton } from '../ui/button.tsx';

interface ReactionPickerProps {
  message: Message;
  me: UserId;
  onPick: (reaction: string, on: boolean) => void;
}

/** The six reactions that Teams offers first, each on or off, and behind the last button every other emoji. */
export function ReactionPicker({ message, me, onPick }: ReactionPickerProps) {
  const [more, setMore] = useState(false);
  if (more) return <EmojiPicker onPick={(char) => onPick(char, true)} />;
  return (
    <div class="chat-menu-reactions" role="toolbar" aria-label={t('acts.react')}>
      {USUAL_REACTIONS.map((reaction) => {
        const on = ownReaction(message, reaction, me) !== undefined;
        const label = t(`acts.reaction.${NAMES[reaction]}`);
        return (
          <button
            key={reaction}
            type="button"
            class="chat-menu-reaction"
            title={label}
            aria-label={label}
            aria-pressed={on}
            onClick={() => onPick(reaction, !on)}
          >
            {reaction}
          </button>
        );
      })}
      <IconButton icon={SmilePlus} label={t('acts.moreReactions')} onClick={() => setMore(true)} />
    </div>
  );
}

const NAMES = {
  '👍': 'like',
  '❤️': 'heart',
  '😆': 'laugh',
  '😮': 'surprised',
  '😢': 'sad',
  '😡': 'angry',
} as const satisfies Record<(typeof USUAL_REACTIONS)[number], string>;
