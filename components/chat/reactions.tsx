import type { Message } from '../../lib/model/message.ts';

/** Graph names the six old reactions and gives the character itself for all others. */
const SIGNS: Record<string, string> = {
  like: '👍',
  heart: '❤️',
  laugh: '😆',
  surprised: '😮',
  sad: '😢',
  angry: '😡',
};

/** How often each reaction was given, in the order of the first of each. */
export function Reactions({ reactions }: { reactions: Message['reactions'] }) {
  if (!reactions.length) return null;
  const counts = new Map<string, number>();
  for (const { type } of reactions) {
    const sign = SIGNS[type] ?? type;
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return (
    <ul class="chat-reactions">
      {[...counts].map(([sign, count]) => (
        <li key={sign}>
          {sign} {count > 1 && count}
        </li>
      ))}
    </ul>
  );
}
