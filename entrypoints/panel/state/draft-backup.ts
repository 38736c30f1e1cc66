import type { RecordKey, UserId } from '../../../lib/model/ids.ts';
import type { Writing } from '../../../lib/model/writing.ts';

export type DraftBackup = ReturnType<typeof createDraftBackup>;

/** `browser.storage.session`: in memory, and asked without the worker. A frame often has no storage of its own. */
interface SessionArea {
  get(keys: null | string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

const PREFIX = 'draft ';

/**
 * What was typed last, until the worker said that it is kept: so it outlives a worker and a tab that go in the same
 * breath. Where there is no such storage nothing is kept so.
 * @param me who writes; nothing of anybody else is kept, or given
 */
export function createDraftBackup(area: SessionArea | undefined, me: () => UserId | undefined) {
  const keyOf = (record: RecordKey) => `${PREFIX}${me()} ${record}`;
  // The worker keeps the draft as ever where this fails.
  const quietly = (work: Promise<unknown> | undefined) => void work?.catch(() => {});
  return {
    keep(record: RecordKey, writing: Writing): void {
      if (me()) quietly(area?.set({ [keyOf(record)]: writing }));
    },
    /** The worker has it. */
    saved(record: RecordKey): void {
      quietly(area?.remove(keyOf(record)));
    },
    /** What the worker was never heard to have kept; null where it has all. */
    async left(record: RecordKey): Promise<Writing | null> {
      const key = keyOf(record);
      const found = me() ? await area?.get(key).catch(() => null) : null;
      return (found?.[key] as Writing | undefined) ?? null;
    },
    /** Nobody's is kept any more. */
    async forgetAll(): Promise<void> {
      const all = (await area?.get(null).catch(() => null)) ?? {};
      const mine = Object.keys(all).filter((key) => key.startsWith(PREFIX));
      if (mine.length) quietly(area?.remove(mine));
    },
  };
}
