import type { Result } from '../../../lib/model/errors.ts';
import type { UserId } from '../../../lib/model/ids.ts';
import type { PanelProtocol } from '../../../lib/rpc/contract.ts';
import type { AnswerOf, DataOf } from '../../../lib/rpc/messenger.ts';

type Call = keyof PanelProtocol;
type Data<K extends Call> = DataOf<PanelProtocol[K]>;
/** `sendToWorker` as far as the panel uses it. */
export type Send = <K extends Call>(key: K, data: Data<K>) => Promise<AnswerOf<PanelProtocol[K]>>;

/** Of each form a call's data can have. */
type WithoutPass<D> = D extends unknown ? Omit<D, 'pass' | 'as'> : never;

/** Asks the worker with this frame's pass. */
export type Ask = <K extends Exclude<Call, 'panel.enter'>>(
  key: K,
  data: WithoutPass<Data<K>>,
) => Promise<AnswerOf<PanelProtocol[K]>>;

/**
 * The pass lives in memory only. Where the worker no longer knows it (it was stopped, the tab was restored), a new nonce
 * is asked for and the call is made once more.
 * @param speaker as whom the panel says that the person speaks, at the moment of a call.
 */
export function createSession(
  send: Send,
  nonce: () => Promise<string>,
  speaker: () => UserId | undefined = () => undefined,
): { ask: Ask; entered: () => Promise<void> } {
  let entering: Promise<Result<{ pass: string }>> | null = null;
  const enter = () => {
    entering ??= nonce().then((n) => send('panel.enter', { nonce: n }));
    return entering;
  };
  const ask: Ask = async (key, data) => {
    const as = speaker();
    for (let attempt = 0; ; attempt++) {
      const using = enter();
      const entered = await using;
      const answer = entered.ok
        ? await send(key, { ...data, ...(as ? { as } : {}), pass: entered.value.pass } as Data<typeof key>)
        : (entered as AnswerOf<PanelProtocol[typeof key]>);
      if (answer.ok || answer.error.code !== 'unknown-frame') {
        // A failed way in is not kept: the next call tries again.
        if (!entered.ok && entering === using) entering = null;
        return answer;
      }
      if (entering === using) entering = null;
      if (attempt === 1) return answer;
    }
  };
  return { ask, entered: async () => void (await enter()) };
}
