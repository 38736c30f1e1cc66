import type { Clock } from '../model/clock.ts';
import type { ChatId } from '../model/ids.ts';

/** A bell within so long of another brings one read for both: the site rings at most once a second. */
const GATHER_MS = 1_100;
/** Bells that bring nothing are another chat's, or forged: each makes the next wait longer, up to the usual rest. */
const LONGEST_MS = 15_000;

/** What a bell makes of a chat: one read a little later, however many bells come till then. */
export function createRinger(clock: Clock, read: (chatId: ChatId) => Promise<boolean>) {
  const waiting = new Map<ChatId, Promise<void>>();
  const gaps = new Map<ChatId, { gap: number; readAt: number }>();

  async function once(chatId: ChatId): Promise<void> {
    const { gap, readAt } = gaps.get(chatId) ?? { gap: GATHER_MS, readAt: 0 };
    await clock.sleep(Math.max(GATHER_MS, readAt + gap - clock.now()));
    waiting.delete(chatId);
    const brought = await read(chatId);
    gaps.set(chatId, { gap: brought ? GATHER_MS : Math.min(gap * 2, LONGEST_MS), readAt: clock.now() });
  }

  return {
    /** Resolves when the read that this bell counts for is over. */
    rang(chatId: ChatId): Promise<void> {
      const there = waiting.get(chatId);
      if (there) return there;
      const run = once(chatId);
      waiting.set(chatId, run);
      return run;
    },
  };
}
