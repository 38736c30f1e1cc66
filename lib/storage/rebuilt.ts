import type { AppError } from '../model/errors.ts';
import type { Database } from './database.ts';

export type Rebuilt = ReturnType<typeof createRebuilt>;

/** As long as it may stand in a panel once it was said. */
const SAID_FOR_MS = 10 * 60_000;

/** That what was stored was damaged and is filled again, to be said once. */
export function createRebuilt(db: Database) {
  return {
    note: (): Promise<void> =>
      db.write(['counters'], ({ counters }) => counters.put({ name: 'rebuilt', last: 1 }), 'strict'),

    /** What is to be said now (milliseconds since 1970), or null. From the first time on it counts as said. */
    async say(now: number): Promise<AppError | null> {
      const last = (await db.read(['counters'], ({ counters }) => counters.get(['rebuilt'])))?.last ?? 0;
      if (!last || (last > 1 && now - last > SAID_FOR_MS)) return null;
      if (last === 1) await db.write(['counters'], ({ counters }) => counters.put({ name: 'rebuilt', last: now }));
      return REBUILT;
    },
  };
}

const REBUILT: AppError = {
  code: 'storage-unavailable',
  title: 'What was stored here was damaged',
  text: 'Messages load again from Microsoft, and nothing is missing in Teams. What you had written was kept as far as it could be read: look whether all that was not sent yet is still there.',
};
