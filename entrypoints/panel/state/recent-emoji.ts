import { signal } from '@preact/signals';
import type { RecentEmoji } from '../../../components/compose/recent-emoji.ts';
import type { Ask } from './session.ts';

/** The emoji picked last, read once. */
export function createRecentEmoji(ask: Ask): { value(): RecentEmoji; load(): Promise<void> } {
  const recent = signal<readonly string[]>([]);
  const hear = async (used: string | null) => {
    const answer = await ask('emoji.recent', { used });
    if (answer.ok) recent.value = answer.value;
  };
  const used = (char: string) => void hear(char);
  return { value: () => ({ recent: recent.value, used }), load: () => hear(null) };
}
