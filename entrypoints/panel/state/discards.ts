import { signal } from '@preact/signals';
import type { DiscardedKind } from '../../../components/chat/outgoing-row.tsx';
import type { AppError } from '../../../lib/model/errors.ts';
import type { RecordKey } from '../../../lib/model/ids.ts';
import type { Ask } from './session.ts';

interface DiscardsDeps {
  ask: Ask;
  refresh: (record: RecordKey) => void;
  onProblem: (problem: AppError) => void;
}

/** As long as the worker can undo it; a little less, so that the button never comes too late. */
const UNDO_MS = 50_000;

/** Messages on their way that are given up, and had back: the last one of the record on screen. */
export function createDiscards({ ask, refresh, onProblem }: DiscardsDeps) {
  const last = signal<{ record: RecordKey; localId: string; what: DiscardedKind } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    clearTimeout(timer);
    last.value = null;
  };
  return {
    /** Of this record's; null where there is none to be had back. */
    of: (record: RecordKey | null) => (last.value?.record === record ? last.value : null),
    forget,
    async discard(record: RecordKey, localId: string, what: DiscardedKind): Promise<void> {
      const answer = await ask('messages.discard', { shown: record, localId });
      if (!answer.ok) return onProblem(answer.error);
      forget();
      last.value = { record, localId, what };
      timer = setTimeout(forget, UNDO_MS);
      refresh(record);
    },
    async undo(): Promise<void> {
      const was = last.peek();
      if (!was) return;
      forget();
      const answer = await ask('messages.restore', { shown: was.record, localId: was.localId });
      if (!answer.ok) onProblem(answer.error);
      refresh(was.record);
    },
  };
}
