import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionId, readManifest } from '../tests/sandbox/config.ts';
import { launchWithExtension } from '../tests/sandbox/launch.ts';
import { requireBrowser } from '../tests/sandbox/start.ts';
import { EXTENSION, ensureBuild, ROOT } from './build.ts';

/**
 * Opens a browser with the extension and nothing of the sandbox: real ERPNext, real Microsoft. The profile is kept in
 * .output/live-profile, so that the next start still knows the site.
 */
export async function startLive(erpnextUrl: string | undefined): Promise<void> {
  ensureBuild();
  const { path, branded } = requireBrowser();
  const profile = join(ROOT, '.output', 'live-profile');
  await mkdir(profile, { recursive: true });
  const context = await launchWithExtension({
    profile,
    extension: EXTENSION,
    executablePath: path,
    branded,
    args: ['--no-first-run', '--no-default-browser-check', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    options: { headless: false, viewport: null },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  if (erpnextUrl) await page.goto(erpnextUrl);
  console.log(`
A browser with Deskside is open, against real ERPNext and real Microsoft 365.

  1. In Entra, register this redirect URI for your app, with the platform "Single-page application":
     https://${extensionId(readManifest(EXTENSION).key)}.chromiumapp.org/
  2. Open your ERPNext, press the Deskside button of the browser and allow this site.
  3. Enter your app's client ID and tenant there, then click "Teams" on an Event or a Project.

Close the browser or press Ctrl+C to end.`);
  await new Promise<void>((done) => {
    context.once('close', () => done());
    process.once('SIGINT', () => void context.close());
  });
}
