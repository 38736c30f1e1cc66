import type { Frame, Locator, Page } from '@playwright/test';

/** The Teams button in the head of the form that is shown. */
export function launcher(page: Page): Locator {
  return page.locator('.page-head:visible').getByRole('button', { name: /Teams/ });
}

/** The panel's frame in this tab, if it is there. Its shadow root is closed, so it is found by its address alone. */
export function findPanel(page: Page): Frame | undefined {
  return page
    .frames()
    .find((frame) => frame.url().startsWith('chrome-extension://') && new URL(frame.url()).pathname === '/panel.html');
}

/** Waits for the panel's frame. @throws after `timeout` ms */
export async function panelOf(page: Page, timeout = 30_000): Promise<Frame> {
  const until = Date.now() + timeout;
  for (;;) {
    const frame = findPanel(page);
    if (frame) return frame;
    if (Date.now() > until) throw new Error(`No panel appeared in ${page.url()} within ${timeout} ms.`);
    await page.waitForTimeout(50);
  }
}

/** Clicks the launcher, unless the panel is open already or opens by itself meanwhile, and waits for the panel. */
export async function openPanel(page: Page): Promise<Frame> {
  const button = launcher(page);
  // In the first seconds of a browser on a busy machine the extension itself is still being started.
  await button.waitFor({ timeout: 60_000 });
  while ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  return panelOf(page);
}
