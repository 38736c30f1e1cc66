import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

/** An address that is a secure context of its own and never asked for: the page is answered from here. */
const ADDRESS = 'http://localhost:4999/';

/** A module beside this file, bundled as it would be for the extension; with others beside it in the place of packages. */
export async function bundle(file: string, instead: Record<string, string> = {}): Promise<string> {
  const beside = (name: string) => new URL(name, import.meta.url).pathname;
  const alias = Object.fromEntries(Object.entries(instead).map(([name, by]) => [name, beside(by)]));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, lib: { entry: beside(file), formats: ['iife'], name: 'page' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output.find((part) => part.type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${file} gave no bundle.`);
  return chunk.code;
}

/** Runs a module beside this file in a page of the installed browser, with storage as any site has it. */
export async function openBenchPage(
  file: string,
  instead: Record<string, string> = {},
): Promise<{ page: Page; close(): Promise<void> }> {
  const found = findBrowser();
  if (!found) throw new Error('No Chromium was found. Run "npm run setup -- --browser" first.');
  const browser = await chromium.launch({ executablePath: found.path, args: browserArgs() });
  const page = await browser.newPage();
  await page.route(`${ADDRESS}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(ADDRESS);
  await page.addScriptTag({ content: await bundle(file, instead) });
  return { page, close: () => browser.close() };
}
