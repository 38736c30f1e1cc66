import { signal } from '@preact/signals';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../../lib/model/ids.ts';
import type { MessageAct, PendingAct } from '../../../lib/model/message-act.ts';
import type { Ask } from './session.ts';

interface ActsDeps {
  ask: Ask;
  newId: () => string;
  /** Reads the view again: what the worker holds of it by then stands there. */
  refresh: () => Promise<void>;
  onProblem: (problem: AppError) => void;
}

/** What is done to messages: shown as done from the click on, and put back where the worker refused it. */
export function createActs({ ask, newId, refresh, onProblem }: ActsDeps) {
  /** Not in the view yet. */
  const begun = signal<readonly PendingAct[]>([]);

  /** Resolves once the worker holds it, or did not take it (false). */
  async function act(record: RecordKey, chatId: ChatId, what: MessageAct): Promise<boolean> {
    const localId = newId();
    begun.value = [...begun.value, { localId, act: what, state: 'queued', problem: null }];
    const call = () => ask('messages.act', { shown: record, chatId, localId, act: what });
    let answer = await call();
    // A worker that died in it may have it already: under the same id it changes nothing then.
    if (!answer.ok && answer.error.code === 'bug') answer = await call();
    if (answer.ok) await refresh();
    begun.value = begun.value.filter((one) => one.localId !== localId);
    if (!answer.ok) onProblem(answer.error);
    return answer.ok;
  }

  return {
    act,
    /** With those that the view does not know yet. */
    all(known: readonly PendingAct[]): PendingAct[] {
      return [...known, ...begun.value.filter(({ localId }) => !known.some((one) => one.localId === localId))];
    },
  };
}
