import { createContext } from 'preact';

/** The emoji this person picked last, newest first. A context, since pickers stand in several corners of the panel. */
export interface RecentEmoji {
  recent: readonly string[];
  used(char: string): void;
}

export const RecentEmojiContext = createContext<RecentEmoji>({ recent: [], used() {} });
