import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserArgs } from '../../scripts/browser.mjs';
import { killWorker, workerOf } from '../../scripts/walk/worker.ts';
import { launchWithExtension } from '../sandbox/launch.ts';
import { requireBrowser } from '../sandbox/start.ts';

const MANIFEST = { manifest_version: 3, name: 'Bench', version: '1', background: { service_worker: 'worker.js' } };

/** What the worker of such an extension is asked: one of its `ways`, by name. */
export interface Asked {
  name: string;
  data?: unknown;
}

export type Answer = { value: unknown } | { error: string };

/** An extension that has a service worker and nothing else, in a browser of its own. */
export interface BenchExtension {
  /** Starts the worker where it does not run. @throws Error as the worker said */
  ask<T>(name: string, data?: unknown): Promise<T>;
  /** Milliseconds from the asking, on a page of the extension, until the answer is there. */
  timed(name: string, data?: unknown): Promise<number>;
  /** Ends the worker, as the browser does when it likes to. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** @param worker the script, which answers each `Asked` with an `Answer` */
export async function openBenchExtension(worker: string): Promise<BenchExtension> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-extension-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'worker.js'), worker);
  await writeFile(join(folder, 'page.html'), '<!doctype html><title>Bench</title>');
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

  async function exchange(asked: Asked): Promise<{ value: unknown; took: number }> {
    const { answer, took } = await page.evaluate(async (asked) => {
      const { runtime } = (globalThis as unknown as { chrome: typeof import('wxt/browser').browser }).chrome;
      const begun = performance.now();
      const answer = (await runtime.sendMessage(asked)) as Answer;
      return { answer, took: performance.now() - begun };
    }, asked);
    if ('error' in answer) throw new Error(answer.error);
    return { value: answer.value, took };
  }

  return {
    ask: async <T>(name: string, data?: unknown) => (await exchange({ name, data })).value as T,
    timed: async (name, data) => (await exchange({ name, data })).took,
    stop: () => killWorker(page),
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
