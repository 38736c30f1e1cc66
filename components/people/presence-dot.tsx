import { presenceWords } from '../../lib/i18n/desk-words.ts';
import { shownLanguage } from '../../lib/i18n/translate.ts';
import { PRESENCE_SHAPES, type Presence } from '../../lib/model/presence.ts';

/** Whether somebody can be reached: a shape of its own a look, with its words as tooltip and for screen readers. */
export function PresenceDot({ presence, size = 10 }: { presence: Presence; size?: number }) {
  const { filled, line } = PRESENCE_SHAPES[presence.look];
  const words = presenceWords(presence, shownLanguage());
  return (
    <svg
      class={`presence presence-${presence.look}`}
      data-filled={filled}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <circle cx="6" cy="6" r={filled ? 6 : 5.2} />
      {line && <path d={line} />}
    </svg>
  );
}
