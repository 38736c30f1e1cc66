import { type AppError, toAppError } from '../model/errors.ts';
import type { SiteProtocol } from './contract.ts';
import { type AnswerOf, type DataArgs, type DataOf, messenger } from './messenger.ts';

/** How a content script answers the worker's orders: plain functions that may throw `AppFailure`. */
export type OrderHandlers = {
  [K in keyof SiteProtocol]: (
    data: DataOf<SiteProtocol[K]>,
  ) => Promise<ValueOf<AnswerOf<SiteProtocol[K]>>> | ValueOf<AnswerOf<SiteProtocol[K]>>;
};

type ValueOf<R> = R extends { ok: true; value: infer V } ? V : never;

/** Serve the worker's orders in this content script. Returns the undo. */
export function onOrders(handlers: OrderHandlers): () => void {
  const undo = (Object.keys(handlers) as (keyof SiteProtocol)[]).map((key) =>
    // biome-ignore lint/suspicious/noExplicitAny: the wire is untyped; OrderHandlers holds the types
    (messenger.onMessage as any)(key, async (message: { data: unknown }) => {
      try {
        return { ok: true, value: await (handlers[key] as (d: unknown) => unknown)(message.data) };
      } catch (caught) {
        return { ok: false, error: toAppError(caught) };
      }
    }),
  );
  return () => {
    for (const stop of undo as (() => void)[]) stop();
  };
}

/** Give an order to the content script in frame 0 of a tab. A tab that is gone or does not answer is `no-tab`. */
export async function orderTab<K extends keyof SiteProtocol>(
  tabId: number,
  key: K,
  ...args: DataArgs<SiteProtocol[K]>
): Promise<Awaited<AnswerOf<SiteProtocol[K]>>> {
  try {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const answer = await (messenger.sendMessage as any)(key, args[0], { tabId, frameId: 0 });
    if (answer) return answer;
    return { ok: false, error: NO_TAB } as Awaited<AnswerOf<SiteProtocol[K]>>;
  } catch (caught) {
    const detail = caught instanceof Error ? caught.message : String(caught);
    return { ok: false, error: { ...NO_TAB, detail } } as Awaited<AnswerOf<SiteProtocol[K]>>;
  }
}

const NO_TAB: AppError = {
  code: 'no-tab',
  title: 'No ERPNext tab answered',
  text: 'Deskside reads and writes ERPNext through an open tab of that site. Keep one open; the work goes on by itself.',
};
