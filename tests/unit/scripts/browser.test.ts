import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser, findFirefox } from '../../../scripts/browser.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

test('a named browser comes before an installed one, by path or by name', () => {
  program('chromium');
  const named = program('my-browser');
  expect(findBrowser({ DESKSIDE_BROWSER: named, PATH: folder }, 'linux')).toMatchObject({ path: named, named: true });
  expect(findBrowser({ DESKSIDE_BROWSER: 'my-browser', PATH: folder }, 'linux')?.path).toBe(named);
});

test('a name that leads nowhere is said, not passed over', () => {
  program('chromium');
  expect(() => findBrowser({ DESKSIDE_BROWSER: join(folder, 'gone'), PATH: folder }, 'linux')).toThrow(
    /DESKSIDE_BROWSER names/,
  );
});

test('Chromium comes before Chrome and Edge, which want another way of loading', () => {
  const chrome = program('google-chrome');
  expect(findBrowser({ PATH: folder }, 'linux')).toMatchObject({ path: chrome, branded: true });
  const chromium = program('chromium');
  expect(findBrowser({ PATH: folder }, 'linux')).toMatchObject({ path: chromium, branded: false, named: false });
});

test('nothing installed is undefined, and a file that cannot be run is nothing', () => {
  writeFileSync(join(folder, 'chromium'), 'no program', { mode: 0o644 });
  expect(findBrowser({ PATH: folder }, 'linux')).toBeUndefined();
  expect(findFirefox({ PATH: folder }, 'linux')).toBeUndefined();
});
