import { signal } from '@preact/signals';
import type { RecordKey } from '../../../lib/model/ids.ts';
import { isNothing, joined, NOTHING_WRITTEN, rewritten, type Writing } from '../../../lib/model/writing.ts';
import type { DraftBackup } from './draft-backup.ts';
import type { Ask } from './session.ts';

const SAVE_MS = 400;
/** After a save that failed: a worker that died in it is there again with the next message. */
const RETRY_MS = 2000;

export interface Drafts {
  /** What stands in the composer of this record; read inside a component it follows every change. */
  writing(record: RecordKey): Writing;
  set(record: RecordKey, writing: Writing): void;
  /** Fetch what was kept for this record, once; never over something typed meanwhile. */
  load(record: RecordKey): Promise<void>;
  /** It went off as a message. */
  taken(record: RecordKey): void;
  /** It did not go after all: back into its own record's composer, before what was typed since. */
  giveBack(record: RecordKey, writing: Writing): void;
  /** Write down at once whatever still waits, or may not have arrived. */
  flush(): void;
  /** Another person writes here now: nothing of the one before may be seen, or saved as theirs. */
  forget(): void;
}

/** What is being written, each bound to its record; kept by the worker so that they survive a reload. */
export function createDrafts(ask: Ask, backup?: DraftBackup): Drafts {
  const writings = signal<ReadonlyMap<RecordKey, Writing>>(new Map());
  const asked = new Set<RecordKey>();
  const timers = new Map<RecordKey, ReturnType<typeof setTimeout>>();
  /** On their way to the worker, which may have died: not written down before it said so. */
  const saving = new Map<RecordKey, symbol>();

  const put = (record: RecordKey, writing: Writing) => {
    writings.value = new Map(writings.value).set(record, writing);
  };
  const of = (record: RecordKey) => writings.value.get(record) ?? NOTHING_WRITTEN;
  const cancel = (record: RecordKey) => {
    clearTimeout(timers.get(record));
    timers.delete(record);
  };
  const saveIn = (record: RecordKey, ms: number) => {
    if (!timers.has(record))
      timers.set(
        record,
        setTimeout(() => void save(record), ms),
      );
  };
  const save = async (record: RecordKey) => {
    cancel(record);
    const turn = Symbol();
    saving.set(record, turn);
    const saved = await ask('draft.save', { shown: record, writing: isNothing(of(record)) ? null : of(record) });
    // A later save of this record answers for itself.
    if (saving.get(record) !== turn) return;
    saving.delete(record);
    if (!saved.ok) saveIn(record, RETRY_MS);
    // Typed on meanwhile: that is still to be saved.
    else if (!timers.has(record)) backup?.saved(record);
  };
  const set = (record: RecordKey, writing: Writing) => {
    put(record, writing);
    backup?.keep(record, writing);
    // From the first key not yet written down, not from the last: who types without a pause may lose the tab too.
    saveIn(record, SAVE_MS);
  };
  return {
    writing: of,
    set,
    async load(record) {
      if (asked.has(record)) return;
      asked.add(record);
      // Never confirmed, so newer than what the worker has.
      const left = backup ? await backup.left(record) : null;
      if (left && !writings.value.has(record)) return set(record, rewritten(left));
      const kept = await ask('draft.load', { shown: record });
      if (!kept.ok) asked.delete(record);
      else if (kept.value && !writings.value.has(record)) put(record, rewritten(kept.value));
    },
    taken(record) {
      cancel(record);
      backup?.saved(record);
      put(record, NOTHING_WRITTEN);
    },
    giveBack(record, writing) {
      set(record, joined(writing, of(record)));
    },
    flush() {
      for (const record of new Set([...timers.keys(), ...saving.keys()])) void save(record);
    },
    forget() {
      for (const record of [...timers.keys()]) cancel(record);
      saving.clear();
      asked.clear();
      writings.value = new Map();
      void backup?.forgetAll();
    },
  };
}
