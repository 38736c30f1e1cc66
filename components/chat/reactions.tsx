import { useContext } from 'preact/hooks';
import { formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { isSameReaction, signOf } from '../../lib/model/reaction.ts';
import { ActingContext } from './acting.ts';

/** Each reaction with how often it was given, in the order of the first of each; a click gives one's own, or takes it back. */
export function Reactions({ message }: { message: Message }) {
  const acting = useContext(ActingContext);
  if (!message.reactions.length) return null;
  const pending = acting?.pending.get(message.id)?.filter(({ state }) => state !== 'failed') ?? [];
  return (
    <ul class="chat-reactions" aria-label={t('acts.reactions')}>
      {groups(message).map(({ sign, people }) => {
        const names = formatList(people.map((id) => acting?.nameOf(id) ?? t('chat.unknownPerson')));
        const count = people.length > 1 && <span>{people.length}</span>;
        const on = !!acting && people.includes(acting.me);
        const waits = pending.some((one) => one.act.kind === 'react' && isSameReaction(one.act.reaction, sign));
        return (
          <li key={sign}>
            {acting?.mayReact ? (
              <button
                type="button"
                class={`chat-reaction ${waits ? 'chat-reaction-waits' : ''}`}
                title={names}
                aria-label={t('acts.reactionBy', { sign, names })}
                aria-pressed={on}
                onClick={() => acting.onReact(message, sign, !on)}
              >
                {sign} {count}
              </button>
            ) : (
              <span class="chat-reaction" title={acting ? names : undefined}>
                {sign} {count}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function groups({ reactions }: Message): { sign: string; people: (UserId | null)[] }[] {
  const found: { sign: string; people: (UserId | null)[] }[] = [];
  for (const { type, userId } of reactions) {
    const there = found.find(({ sign }) => isSameReaction(sign, type));
    if (there) there.people.push(userId);
    else found.push({ sign: signOf(type), people: [userId] });
  }
  return found;
}
