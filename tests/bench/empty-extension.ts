import { openBenchExtension } from './bench-extension.ts';

const WORKER = 'chrome.runtime.onMessage.addListener((_, __, answer) => answer({ value: true }));';

/** A browser with an extension that does nothing but answer: the least that a worker which starts can take. */
export async function openEmptyExtension(): Promise<{ coldPing(): Promise<number>; close(): Promise<void> }> {
  const extension = await openBenchExtension(WORKER);
  return {
    /** Milliseconds from the asking until the worker, which was stopped, has answered. */
    async coldPing() {
      await extension.stop();
      return extension.timed('ping');
    },
    close: extension.close,
  };
}
