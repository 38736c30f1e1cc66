import { browser } from 'wxt/browser';
import type { AppError } from '../model/errors.ts';
import type { ChangeNotice, PortName } from './contract.ts';
import { type AnswerOf, type DataArgs, messenger, type WorkerProtocol } from './messenger.ts';

/**
 * Ask the worker (waking it where it sleeps). Never rejects: a worker that died while answering, or an extension that
 * was updated under this page, comes back as an error value too.
 */
export async function sendToWorker<K extends keyof WorkerProtocol>(
  key: K,
  ...args: DataArgs<WorkerProtocol[K]>
): Promise<Awaited<AnswerOf<WorkerProtocol[K]>>> {
  if (key.endsWith('.act')) lastAct = Date.now();
  for (const relay of [...lost]) relay();
  try {
    // biome-ignore lint/suspicious/noExplicitAny: the contract's types end here, the wire is untyped
    return (await (messenger.sendMessage as any)(key, args[0])) as Awaited<AnswerOf<WorkerProtocol[K]>>;
  } catch (caught) {
    return { ok: false, error: unreachable(caught) } as Awaited<AnswerOf<WorkerProtocol[K]>>;
  }
}

/**
 * A question that meets the background part while the browser replaces it (at its own start, after an update) is never
 * answered. One that only reads is asked again until it is; a slow answer to an earlier asking counts as well.
 */
export async function askPatiently<K extends keyof WorkerProtocol>(
  key: K,
  ...args: DataArgs<WorkerProtocol[K]>
): Promise<Awaited<AnswerOf<WorkerProtocol[K]>>> {
  const asked: Promise<Awaited<AnswerOf<WorkerProtocol[K]>>>[] = [];
  for (;;) {
    // A worker that died in it gives no answer either.
    asked.push(sendToWorker(key, ...args).then((answer) => (diedIn(answer) ? never : answer)));
    const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    const answer = await Promise.race([...asked, late]);
    if (answer) return answer;
  }
}

const PATIENCE_MS = 2_000;
const never = new Promise<never>(() => {});

function diedIn(answer: { ok: boolean; error?: AppError }): boolean {
  return !answer.ok && answer.error?.title === NO_ANSWER;
}

const NO_ANSWER = 'Deskside did not answer';

function unreachable(caught: unknown): AppError {
  const detail = caught instanceof Error ? caught.message : String(caught);
  if (/context invalidated|Extension context/i.test(detail))
    return {
      code: 'bug',
      title: 'Deskside was updated',
      text: 'Reload this page to go on with the new version. What you wrote is kept.',
      detail,
    };
  return {
    code: 'bug',
    title: NO_ANSWER,
    text: 'Its background part was stopped by the browser while it worked. Try again.',
    action: { kind: 'retry', label: 'Try again' },
    detail,
  };
}

/** Lines that ended with the worker and are laid again when somebody next asks it something. */
const lost = new Set<() => void>();
/** When a person last did something here. */
let lastAct = Date.now();

/**
 * Hear change notices (panel, popup) or only hold the life line (desk). The browser ends Ports when the worker goes to
 * sleep. The line is laid again, and `onReconnect` says that notices may have been missed: at once where a person is
 * busy here, else with the next call, so that an idle tab lets the worker sleep.
 * @returns the undo.
 */
export function listen(
  name: PortName,
  onNotice: (notice: ChangeNotice) => void,
  options: { onReconnect?: () => void; onLost?: () => void } = {},
): () => void {
  let stopped = false;
  let port: ReturnType<typeof browser.runtime.connect> | undefined;
  const connect = () => {
    try {
      port = browser.runtime.connect({ name });
    } catch {
      // The extension was updated or removed: nothing to reconnect to.
      stopped = true;
      options.onLost?.();
      return;
    }
    port.onMessage.addListener((notice) => onNotice(notice as ChangeNotice));
    port.onDisconnect.addListener(() => {
      // Reading it keeps the browser from logging "Unchecked runtime.lastError" when a page goes into the back/forward cache.
      void browser.runtime.lastError;
      lost.add(relay);
      setTimeout(() => busy() && relay(), RECONNECT_MS);
    });
  };
  const relay = () => {
    if (stopped || !lost.delete(relay)) return;
    connect();
    options.onReconnect?.();
  };
  connect();
  return () => {
    stopped = true;
    lost.delete(relay);
    port?.disconnect();
  };
}

const RECONNECT_MS = 250;
const BUSY_MS = 60_000;

function busy(): boolean {
  return document.visibilityState === 'visible' && Date.now() - lastAct < BUSY_MS;
}
