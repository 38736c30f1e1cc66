// Makes a fresh clone ready: packages, WXT's generated types and, with --browser, a Chromium.
// Built-ins only and plain JavaScript: it runs on Node 20 before anything is installed (npm's prestart and pretest).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserVersion, findBrowser } from './browser.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const WHAT_TO_INSTALL =
  'Deskside needs Chromium, Google Chrome or Microsoft Edge. Install one of them (Debian: apt-get install chromium; ' +
  'macOS: brew install --cask chromium; Windows: winget install Hibbiki.Chromium), or set DESKSIDE_BROWSER to the ' +
  'path of one, and run the command again.';

try {
  installPackages();
  prepareTypes();
  if (process.argv.includes('--browser')) provideBrowser();
} catch (error) {
  console.error(`\nSet-up stopped: ${error.message}`);
  process.exit(1);
}

function installPackages() {
  const reason = whyInstall();
  if (!reason) return say('Packages are up to date.');
  say(`Installing packages, because ${reason} (about a minute) …`);
  const npm = process.env.npm_execpath;
  // npm names its own script when it runs us; by hand it is found on PATH.
  if (npm?.endsWith('.js')) run(process.execPath, [npm, 'ci']);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci']);
  const still = whyInstall();
  if (still)
    throw new Error(`npm ci ran, but ${still}. Was it run with --ignore-scripts? Delete node_modules and try again.`);
}

/** Says why `npm ci` is due, or undefined. npm's own record of what it installed is compared with the lock. */
function whyInstall() {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules is missing or incomplete';
  const wanted = readJson(join(ROOT, 'package-lock.json')).packages;
  const installed = readJson(record).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = installed[path];
    // Optional packages are those of other platforms.
    if (!there && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (!there) return `${path} is missing`;
    if (there.version !== entry.version) return `${path} is ${there.version} and should be ${entry.version}`;
  }
  // The newer Node that the tools need comes by an install script of the package "node".
  return existsSync(NODE) ? undefined : 'the newer Node in node_modules is missing';
}

/** npm ci runs `wxt prepare` itself, and every build renews the types; this mends a clone that lost them. */
function prepareTypes() {
  if (existsSync(join(ROOT, '.wxt', 'tsconfig.json'))) return say('WXT is prepared.');
  say('Preparing WXT (its generated types) …');
  run(NODE, [join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs'), 'prepare']);
}

function provideBrowser() {
  let browser = findBrowser();
  // Chrome and Edge take no extension from the command line and keep no grant that was seeded: Chromium is worth having.
  if ((!browser || (browser.branded && !browser.named)) && canInstall()) {
    say('No Chromium found. Installing one with apt-get (a few minutes) …');
    aptInstall({ needed: !browser });
    browser = findBrowser();
  }
  if (!browser) throw new Error(WHAT_TO_INSTALL);
  const version = browserVersion(browser.path);
  if (!version) throw new Error(`${browser.path} does not start. ${WHAT_TO_INSTALL}`);
  say(`Browser: ${version} (${browser.path}${browser.named ? ', named by DESKSIDE_BROWSER' : ''}).`);
  if (browser.branded) {
    say(
      'Chrome and Edge do for trying by hand (allow the site in the popup); tests and the walk without a display need Chromium.',
    );
  }
}

function canInstall() {
  return (
    process.platform === 'linux' && succeeds('apt-get', ['--version']) && (isRoot() || succeeds('sudo', ['-n', 'true']))
  );
}

function aptInstall({ needed }) {
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    const [program, ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
    return spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
  };
  // A fresh image has no package lists, an old one has stale ones; with current ones the first try is enough.
  if (apt('install', '-y', 'chromium')) return;
  apt('update');
  if (!apt('install', '-y', 'chromium') && needed)
    throw new Error(`apt-get could not install Chromium. ${WHAT_TO_INSTALL}`);
}

function isRoot() {
  return process.getuid?.() === 0;
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function run(program, args) {
  const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
  const done = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env, shell: program.endsWith('.cmd') });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`"${[program, ...args].join(' ')}" ended with ${done.status ?? done.signal}.`);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function say(text) {
  console.log(`setup: ${text}`);
}
