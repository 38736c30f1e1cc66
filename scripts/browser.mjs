// Which Chromium to use, and the switches it needs here. Built-ins only: the set-up reads this before anything is installed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Finds a browser of the Chromium family: the one that is named, else one that is installed. Chromium stands first,
 * because it takes an unpacked extension from the command line; Chrome and Edge want it over the debugging protocol.
 *
 * @param {Record<string, string | undefined>} env DESKSIDE_BROWSER and PATH are read from it
 * @returns {{ path: string, named: boolean, branded: boolean } | undefined}
 * @throws where DESKSIDE_BROWSER names something that cannot be run
 */
export function findBrowser(env = process.env, platform = process.platform) {
  const named = env.DESKSIDE_BROWSER;
  if (named) {
    const path = named.includes('/') || named.includes('\\') ? named : onPath([named], env)[0];
    if (!path || !runnable(path)) {
      throw new Error(
        `DESKSIDE_BROWSER names "${named}", but there is no program that can be run. Correct it or unset it.`,
      );
    }
    return { path, named: true, branded: isBranded(path) };
  }
  const path = [...onPath(NAMES, env), ...usualPlaces(env, platform)].find(runnable);
  return path ? { path, named: false, branded: isBranded(path) } : undefined;
}

/**
 * Switches for every start: quiet on a closed network, and no browser sandbox for root, which Chromium refuses.
 *
 * @returns {string[]}
 */
export function browserArgs() {
  const root = process.getuid?.() === 0;
  return [...(root ? ['--no-sandbox'] : []), ...QUIET];
}

/** The version line that the browser prints, or undefined where it does not start. */
export function browserVersion(path) {
  // Chrome for Windows opens a window instead of answering.
  if (process.platform === 'win32') return path;
  try {
    return execFileSync(path, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    }).trim();
  } catch {
    return undefined;
  }
}

/** An installed Firefox, for the walk of the Firefox build; FIREFOX names one. */
export function findFirefox(env = process.env, platform = process.platform) {
  const mac = ['/Applications/Firefox.app/Contents/MacOS/firefox'];
  const windows = [env.PROGRAMFILES, env['PROGRAMFILES(X86)']].map(
    (folder) => `${folder}\\Mozilla Firefox\\firefox.exe`,
  );
  const places = { darwin: mac, win32: windows }[platform] ?? [];
  return [...(env.FIREFOX ? [env.FIREFOX] : []), ...onPath(['firefox', 'firefox-esr'], env), ...places].find(runnable);
}

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
];

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

function onPath(names, env) {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(runnable);
}

function usualPlaces(env, platform) {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      ['', env.HOME ?? ''].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    const folders = [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']].filter(Boolean);
    const programs = [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  return [];
}

function isBranded(path) {
  return /google.?chrome|microsoft.?edge|msedge/i.test(path);
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
