import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArgs } from '../../scripts/browser.mjs';
import { killWorker, workerOf } from '../../scripts/walk/worker.ts';
import { launchWithExtension } from '../sandbox/launch.ts';
import { requireBrowser } from '../sandbox/start.ts';

const MANIFEST = { manifest_version: 3, name: 'Empty', version: '1', background: { service_worker: 'worker.js' } };
const WORKER = 'chrome.runtime.onMessage.addListener((_, __, answer) => answer(true));';

/** A browser with an extension that does nothing but answer: the least that a worker which starts can take. */
export async function openEmptyExtension(): Promise<{ coldPing(): Promise<number>; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'empty-extension-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'worker.js'), WORKER);
  await writeFile(join(folder, 'page.html'), '<!doctype html><title>Empty</title>');
  const { path, branded } = requireBrowser();
  const context = await launchWithExtension({
    profile: join(folder, 'profile'),
    extension: folder,
    executablePath: path,
    branded,
    args: browserArgs(),
    options: { headless: true },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(new URL('/page.html', (await workerOf(context)).url()).href);
  return {
    /** Milliseconds from the asking until the worker, which was stopped, has answered. */
    async coldPing() {
      await killWorker(page);
      return page.evaluate(async () => {
        const begun = performance.now();
        await (globalThis as unknown as { chrome: typeof import('wxt/browser').browser }).chrome.runtime.sendMessage(0);
        return performance.now() - begun;
      });
    },
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
