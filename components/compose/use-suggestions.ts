import { useContext, useEffect, useState } from 'preact/hooks';
import { shownLanguage } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { Writing } from '../../lib/model/writing.ts';
import { useEscape } from '../ui/use-escape.ts';
import { type Emoji, findEmoji, loadEmoji } from './emoji.ts';
import { matchPeople } from './match-people.ts';
import { RecentEmojiContext } from './recent-emoji.ts';
import type { Suggestion } from './suggestions.tsx';
import { type Trigger, triggerAt } from './trigger.ts';

interface SuggestionsDeps {
  writing: Pick<Writing, 'text' | 'mentions'>;
  /** Where the caret stands; null where something is chosen, or the field has not the focus. */
  caret: number | null;
  members: readonly Member[];
  me: UserId;
}

export interface Suggested {
  trigger: Trigger;
  all: Suggestion[];
  active: number;
}

const MOST_EMOJI = 8;
const MOST_PEOPLE = 50;

/** What the list shows for what is typed before the caret, and how its keys move. Escape puts it away for this word. */
export function useSuggestions({ writing: { text, mentions }, caret, members, me }: SuggestionsDeps) {
  const [put, setPut] = useState<{ key: string; active: number } | null>(null);
  const [away, setAway] = useState<number | null>(null);
  const settled = Math.max(0, ...mentions.filter((m) => caret !== null && m.end <= caret).map((m) => m.end));
  const trigger = caret === null ? null : triggerAt(text, caret, settled);
  const emoji = useEmoji(trigger?.kind === 'emoji');
  const { recent } = useContext(RecentEmojiContext);
  const open = trigger && trigger.from !== away ? trigger : null;
  const all: Suggestion[] = !open
    ? []
    : open.kind === 'mention'
      ? matchPeople(members, me, open.query)
          .slice(0, MOST_PEOPLE)
          .map((person) => ({ kind: 'person', person }))
      : findEmoji(emoji, open.query, MOST_EMOJI, recent).map((found) => ({
          kind: 'emoji',
          emoji: found,
          name: found.names.find((name) => name.startsWith(open.query.toLowerCase())) ?? found.names[0] ?? found.label,
        }));
  // The active line is that of this very question; another one begins at the first again.
  const key = `${open?.from} ${open?.query}`;
  const active = put?.key === key && put.active < all.length ? put.active : 0;
  const suggested: Suggested | null = open && all.length ? { trigger: open, all, active } : null;

  useEscape(suggested ? () => setAway(suggested.trigger.from) : null);
  // What was put away is asked for again once its sign is gone
  useEffect(() => {
    if (!trigger) setAway(null);
  }, [!trigger]);

  return {
    suggested,
    /** Up and down go round. */
    move: (by: 1 | -1) => setPut({ key, active: (active + by + all.length) % all.length }),
  };
}

const NONE: readonly Emoji[] = [];

/** All emoji once they are needed and here. */
export function useEmoji(needed: boolean): readonly Emoji[] {
  const [all, setAll] = useState(NONE);
  useEffect(() => {
    let gone = false;
    // A chunk that does not load offers nothing; the next need tries again.
    if (needed && all === NONE)
      void loadEmoji(shownLanguage()).then(
        (loaded) => gone || setAll(loaded),
        () => {},
      );
    return () => {
      gone = true;
    };
  }, [needed]);
  return all;
}
