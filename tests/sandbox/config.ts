import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserArgs } from '../../scripts/browser.mjs';

export const ENTRA_HOST = 'login.microsoftonline.com';
export const GRAPH_HOST = 'graph.microsoft.com';
/** Where the tenant's OneDrives are, and with them the upload URLs that Graph gives out. */
export const SHAREPOINT_HOST = 'contoso-my.sharepoint.com';
export const MICROSOFT_HOSTS = [ENTRA_HOST, GRAPH_HOST, SHAREPOINT_HOST];
export const FLAVOURS = ['v14', 'v15', 'v16'] as const;
export type Flavour = (typeof FLAVOURS)[number];

/** The fields of a built manifest that the sandbox needs. `key` is base64 of the public key's SPKI. */
export interface BuiltManifest {
  key: string;
  version: string;
}

/** @throws where the folder holds no Chromium build with a fixed key */
export function readManifest(extension: string): BuiltManifest {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as Partial<BuiltManifest>;
  if (!manifest.key)
    throw new Error(
      `${extension}/manifest.json has no key, so the extension has no fixed id. Build with "npx wxt build".`,
    );
  return { key: manifest.key, version: manifest.version ?? '0' };
}

/** Chromium's rule for an id: the first 32 hex digits of SHA-256 of the key, written with a to p. */
export function extensionId(key: string): string {
  const hex = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...hex].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
}

/**
 * Arguments that send the Microsoft hosts, and nothing else but `openHosts`, to this machine. They reach tabs, the
 * sign-in window and the worker's fetches alike, so that the build under test stays unmodified.
 */
export function chromiumArgs(options: {
  extension: string;
  tlsPort: number;
  spkiHash: string;
  openHosts: string[];
}): string[] {
  const rules = [
    ...MICROSOFT_HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${options.tlsPort}`),
    'MAP * ~NOTFOUND',
    ...options.openHosts.map((host) => `EXCLUDE ${host}`),
  ];
  return [
    ...browserArgs(),
    `--disable-features=${[...OFF_FOR_PLAYWRIGHT, ...OFF_FOR_US].join(',')}`,
    ...extensionArgs(options.extension),
    `--host-resolver-rules=${rules.join(',')}`,
    `--ignore-certificate-errors-spki-list=${options.spkiHash}`,
  ];
}

export function extensionArgs(extension: string): string[] {
  return [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`];
}

/** A second `--disable-features` replaces the first: these are Playwright's own (its chromiumSwitches.ts, 1.65). */
const OFF_FOR_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** The browser's own toolbar and address bar as web pages: a quarter of a start's work, for nobody who looks. */
const OFF_FOR_US = [
  'InitialWebUI',
  'WebUIReloadButton',
  'WebUIToolbar',
  'WebUILocationBar',
  'WebUIHomeButton',
  'WebUISplitTabsButton',
  'PreloadTopChromeWebUI',
  'FullWebUIOmniboxFrame',
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  'AiMode',
];
