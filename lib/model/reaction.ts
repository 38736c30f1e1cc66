import type { UserId } from './ids.ts';
import type { Message } from './message.ts';

/** The six that Teams offers first. */
export const USUAL_REACTIONS = ['👍', '❤️', '😆', '😮', '😢', '😡'] as const;

/** Graph names the six old ones, and gives the character itself for all others. Docs: resources/chatmessagereaction. */
const NAMED: Record<string, (typeof USUAL_REACTIONS)[number]> = {
  like: '👍',
  heart: '❤️',
  laugh: '😆',
  surprised: '😮',
  sad: '😢',
  angry: '😡',
};

/** The character of a reaction, however Graph gives it. */
export function signOf(type: string): string {
  return NAMED[type] ?? type;
}

/** Whether two are the same reaction: the sign that asks for a picture comes and goes. */
export function isSameReaction(one: string, other: string): boolean {
  const bare = (type: string) => signOf(type).replaceAll('\ufe0f', '');
  return bare(one) === bare(other);
}

/** This person's reaction of that kind to a message, as Graph gives it; undefined where there is none. */
export function ownReaction({ reactions }: Message, reaction: string, me: UserId): string | undefined {
  return reactions.find(({ type, userId }) => userId === me && isSameReaction(type, reaction))?.type;
}
