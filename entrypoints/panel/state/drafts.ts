import { signal } from '@preact/signals';
import type { RecordKey } from '../../../lib/model/ids.ts';
import type { Ask } from './session.ts';

const SAVE_MS = 400;

export interface Drafts {
  /** What stands in the composer of this record; read inside a component it follows every change. */
  text(record: RecordKey): string;
  set(record: RecordKey, text: string): void;
  /** Fetch what was kept for this record, once; never over something typed meanwhile. */
  load(record: RecordKey): Promise<void>;
  /** The text went off as a message. */
  taken(record: RecordKey): void;
  /** It did not go after all: back into its own record's composer, before what was typed since. */
  giveBack(record: RecordKey, text: string): void;
  /** Write down at once whatever still waits. */
  flush(): void;
  /** Another person writes here now: nothing of the one before may be seen, or saved as theirs. */
  forget(): void;
}

/** Texts being written, each bound to its record; kept by the worker so that they survive a reload. */
export function createDrafts(ask: Ask): Drafts {
  const texts = signal<ReadonlyMap<RecordKey, string>>(new Map());
  const asked = new Set<RecordKey>();
  const timers = new Map<RecordKey, ReturnType<typeof setTimeout>>();

  const put = (record: RecordKey, text: string) => {
    texts.value = new Map(texts.value).set(record, text);
  };
  const cancel = (record: RecordKey) => {
    clearTimeout(timers.get(record));
    timers.delete(record);
  };
  const save = (record: RecordKey) => {
    cancel(record);
    void ask('draft.save', { shown: record, text: texts.value.get(record) || null });
  };
  const set = (record: RecordKey, text: string) => {
    put(record, text);
    // From the first key not yet written down, not from the last: who types without a pause may lose the tab too.
    if (!timers.has(record))
      timers.set(
        record,
        setTimeout(() => save(record), SAVE_MS),
      );
  };
  return {
    text: (record) => texts.value.get(record) ?? '',
    set,
    async load(record) {
      if (asked.has(record)) return;
      asked.add(record);
      const kept = await ask('draft.load', { shown: record });
      if (!kept.ok) asked.delete(record);
      else if (kept.value && !texts.value.has(record)) put(record, kept.value);
    },
    taken(record) {
      cancel(record);
      put(record, '');
    },
    giveBack(record, text) {
      const since = texts.value.get(record) ?? '';
      set(record, since ? `${text}\n${since}` : text);
    },
    flush() {
      for (const record of [...timers.keys()]) save(record);
    },
    forget() {
      for (const record of [...timers.keys()]) cancel(record);
      asked.clear();
      texts.value = new Map();
    },
  };
}
