import type { RecordKey, UserId } from '../../../lib/model/ids.ts';
import type { Writing } from '../../../lib/model/writing.ts';

export type DraftBackup = ReturnType<typeof createDraftBackup>;

const PREFIX = 'draft ';

/**
 * What was typed last, in the frame's own storage until the worker said that it is kept: so it outlives a worker and a
 * tab that go in the same breath. Where the frame has no storage (Firefox in a private window) nothing is kept so.
 * @param me who writes; nothing of anybody else is kept, or given
 */
export function createDraftBackup(storage: () => Storage, me: () => UserId | undefined) {
  const quietly = <T>(work: (store: Storage) => T): T | null => {
    try {
      return work(storage());
    } catch {
      // No storage here, or no room in it: the worker keeps the draft as ever.
      return null;
    }
  };
  const keyOf = (record: RecordKey) => `${PREFIX}${me()} ${record}`;
  return {
    keep(record: RecordKey, writing: Writing): void {
      if (me()) quietly((store) => store.setItem(keyOf(record), JSON.stringify(writing)));
    },
    /** The worker has it. */
    saved(record: RecordKey): void {
      quietly((store) => store.removeItem(keyOf(record)));
    },
    /** What the worker was never heard to have kept; null where it has all. */
    left(record: RecordKey): Writing | null {
      const text = me() ? quietly((store) => store.getItem(keyOf(record))) : null;
      return text ? quietly(() => JSON.parse(text) as Writing) : null;
    },
    /** Of everybody but this person; of all where nobody is named. */
    forgetOthers(keep: UserId | null): void {
      quietly((store) => {
        for (const key of Object.keys(store))
          if (key.startsWith(PREFIX) && !(keep && key.startsWith(`${PREFIX}${keep} `))) store.removeItem(key);
      });
    },
  };
}
