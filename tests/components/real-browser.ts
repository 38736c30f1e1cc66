import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../scripts/browser.mjs';

/** For what only a real engine can answer: parsing of hostile markup, layout, scrolling. */
const found = findBrowser();
export const browserFound = found !== null && found !== undefined;

/**
 * A file beside this one, bundled and run in an empty page of the installed browser.
 * @param body markup that stands in the page before the script runs
 */
export async function openBundle(file: string, body: string): Promise<{ page: Page; close: () => Promise<void> }> {
  if (!found) throw new Error('No browser is installed');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      lib: { entry: new URL(file, import.meta.url).pathname, formats: ['iife'], name: 'page' },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const output = bundle && 'output' in bundle ? bundle.output : [];
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 400, height: 700 } });
  await page.setContent(`<!doctype html>${body}`);
  for (const part of output) {
    if (part.type === 'asset') await page.addStyleTag({ content: String(part.source) });
    else await page.addScriptTag({ content: part.code });
  }
  return { page, close: () => browser.close() };
}
