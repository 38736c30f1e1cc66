import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A made-up clone: the real set-up script, a lock of one package, and an npm that only writes down what it installed. */
let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'deskside-setup-'));
  cpSync('scripts/setup.mjs', join(clone, 'scripts/setup.mjs'), { recursive: true });
  cpSync('scripts/browser.mjs', join(clone, 'scripts/browser.mjs'));
  write('package.json', '{"type":"module"}');
  write('package-lock.json', lock('1.0.0'));
  write('.wxt/tsconfig.json', '{}');
  write('npm.cjs', NPM);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

const lock = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/left': { version }, 'node_modules/other-os': { version, optional: true } },
  });

const NPM = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
console.log('npm', ...process.argv.slice(2));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
delete packages[''];
delete packages['node_modules/other-os'];
mkdirSync('node_modules/node/bin', { recursive: true });
writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
if (!process.env.NO_SCRIPTS) writeFileSync('node_modules/node/bin/' + (process.platform === 'win32' ? 'node.exe' : 'node'), '');
`;

function setUp(args: string[] = [], env: Record<string, string> = {}) {
  const done = spawnSync(process.execPath, [join(clone, 'scripts/setup.mjs'), ...args], {
    encoding: 'utf8',
    cwd: clone,
    env: { ...process.env, npm_execpath: join(clone, 'npm.cjs').replace('npm.cjs', 'npm.js'), ...env },
  });
  return { code: done.status, out: done.stdout + done.stderr };
}

beforeEach(() => {
  // npm's own entry ends in .js; the made-up clone's package.json calls .js a module, so it goes by a small detour.
  write('npm.js', "import { createRequire } from 'node:module'; createRequire(import.meta.url)('./npm.cjs');");
});

test('a fresh clone is installed once, and a second run has nothing to do', () => {
  const first = setUp();
  expect(first.out).toContain('npm ci');
  expect(first.code).toBe(0);
  const second = setUp();
  expect(second.out).not.toContain('npm ci');
  expect(second.out).toContain('Packages are up to date');
});

test('a lock that moved on is installed, and the reason is said', () => {
  setUp();
  write('package-lock.json', lock('1.1.0'));
  const { out } = setUp();
  expect(out).toContain('node_modules/left is 1.0.0 and should be 1.1.0');
  expect(out).toContain('npm ci');
});

test('an install that left the newer Node out stops with what to do', () => {
  const { code, out } = setUp([], { NO_SCRIPTS: '1' });
  expect(code).toBe(1);
  expect(out).toMatch(/newer Node.*missing.*--ignore-scripts/s);
});

// Elsewhere a browser can stand in places that PATH does not decide.
test.runIf(process.platform === 'linux')(
  'without a browser and without a way to install one, it says what to install',
  () => {
    setUp();
    const { code, out } = setUp(['--browser'], { PATH: clone, DESKSIDE_BROWSER: '', HOME: clone });
    expect(code).toBe(1);
    expect(out).toMatch(/needs Chromium, Google Chrome or Microsoft Edge/);
  },
);
