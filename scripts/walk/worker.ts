import type { BrowserContext, Page, Worker } from '@playwright/test';

/** The extension's service worker, as Playwright sees it. It stays valid over restarts of the worker. */
export async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 }));
}

/**
 * Ends the service worker as the browser does when it likes to, and waits until it has really stopped. The next message
 * to the extension starts a new one, with empty memory.
 *
 * @param page any page of the browser; the debugging protocol wants one to talk over
 */
export async function killWorker(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const stopped = new Promise<void>((done) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.some((version) => version.status === 'activated' && version.runningStatus === 'stopped')) done();
      });
    });
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await Promise.race([stopped, timeout(10_000)]);
  } finally {
    await session.detach();
  }
}

function timeout(ms: number): Promise<never> {
  return new Promise((_, failed) =>
    setTimeout(() => failed(new Error(`The service worker did not stop within ${ms} ms.`)), ms).unref(),
  );
}
