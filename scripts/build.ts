import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** The production build that Chromium loads. */
export const EXTENSION = join(ROOT, '.output', 'chrome-mv3');
export const FIREFOX_EXTENSION = join(ROOT, '.output', 'firefox-mv3');

/** What a build is made from. */
const SOURCES = ['entrypoints', 'components', 'lib', 'public', 'wxt.config.ts', 'package-lock.json'];

/** Builds the extension where the build is missing or older than its sources. Tells on standard error. */
export function ensureBuild(browser: 'chrome' | 'firefox' = 'chrome'): void {
  const built = join(browser === 'chrome' ? EXTENSION : FIREFOX_EXTENSION, 'manifest.json');
  if (existsSync(built) && statSync(built).mtimeMs >= newest(SOURCES.map((source) => join(ROOT, source)))) return;
  console.error('Building the extension …');
  const wxt = join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
  const done = spawnSync(process.execPath, [wxt, 'build', '-b', browser], {
    cwd: ROOT,
    // Standard output may be the sandbox's one JSON line.
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) throw new Error('The extension could not be built; the reason stands above.');
}

/**
 * Copies the build to a folder that does not exist yet. Somebody may be building at this very moment: a copy counts
 * only when the manifest, which a build writes last, was there and stayed the same.
 */
export async function copyBuild(to: string): Promise<void> {
  const manifest = join(EXTENSION, 'manifest.json');
  const stamp = () => (existsSync(manifest) ? statSync(manifest).mtimeMs : 0);
  for (let tries = 0; tries < 40; tries++) {
    const before = stamp();
    try {
      if (before > 0) {
        await cp(EXTENSION, to, { recursive: true });
        if (stamp() === before) return;
      }
    } catch {
      // A file that was listed is gone: the folder is being emptied for a new build.
    }
    await rm(to, { recursive: true, force: true });
    await wait(500);
  }
  throw new Error(`${EXTENSION} holds no finished build. Build with "npx wxt build", and run the command again.`);
}

/** The latest change below these paths, in ms since 1970; folders count too, so that a removed file is noticed. */
export function newest(paths: string[]): number {
  let latest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory()) latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}
