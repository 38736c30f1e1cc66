import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Face } from '../people/face.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import type { Emoji } from './emoji.ts';
import type { Mentionable } from './match-people.ts';

export type Suggestion = { kind: 'person'; person: Mentionable } | { kind: 'emoji'; emoji: Emoji; name: string };

interface SuggestionsProps {
  /** The field names it by this while it shows, and the active line by `${id}-${i}`. */
  id: string;
  all: readonly Suggestion[];
  active: number;
  photoOf: PhotoOf;
  onChoose: (chosen: Suggestion) => void;
}

/** What can stand for what is being typed. The focus stays in the field, which says by its own keys what is chosen. */
export function Suggestions({ id, all, active, photoOf, onChoose }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, all]);
  const names = all.map((s) => (s.kind === 'person' ? s.person.displayName : ''));
  return (
    <div
      ref={list}
      id={id}
      class="compose-suggestions"
      role="listbox"
      aria-label={t(all[0]?.kind === 'emoji' ? 'compose.emojiFound' : 'compose.peopleFound')}
      // A press takes the focus, and a field without it closes the list before the click.
      onMouseDown={(event) => event.preventDefault()}
    >
      {all.map((suggestion, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: and takes the keys
        <div
          key={suggestion.kind === 'person' ? suggestion.person.userId : suggestion.emoji.char}
          id={`${id}-${i}`}
          class="compose-suggestion"
          role="option"
          aria-selected={i === active}
          onClick={() => onChoose(suggestion)}
        >
          {suggestion.kind === 'person' ? (
            <Person person={suggestion.person} photoOf={photoOf} like={names} />
          ) : (
            <>
              <span class="compose-char">{suggestion.emoji.char}</span>
              <span class="compose-name">:{suggestion.name}:</span>
            </>
          )}
        </div>
      ))}
    </div>
  );
}

/** The address tells people of one name apart; who is from outside is said. */
function Person({ person, photoOf, like }: { person: Mentionable; photoOf: PhotoOf; like: string[] }) {
  const { userId, displayName, email, role } = person;
  const shared = like.filter((name) => name === displayName).length > 1;
  return (
    <>
      <Face userId={userId} name={displayName} src={photoOf(userId)} size={24} />
      <span class="compose-name" dir="auto">
        {displayName}
        {shared && email && <span class="ui-muted"> {email}</span>}
      </span>
      {role === 'guest' && <span class="ui-badge ui-badge-info">{t('people.guest')}</span>}
    </>
  );
}
