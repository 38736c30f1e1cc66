import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ProfileOptions {
  marionettePort: number;
  proxyPort: number;
  /** Id of the add-on, as its manifest names it. */
  addonId: string;
}

/** Firefox draws an add-on's address by lot for each profile, unless the profile holds it already. */
export const ADDON_UUID = '5f0c5f0a-de5c-451d-8e00-0123456789ab';

type Preferences = Record<string, string | number | boolean>;

/** Preferences that lead the two Microsoft hosts to the sandbox, and keep Firefox quiet. */
export function preferences({ marionettePort, proxyPort, addonId }: ProfileOptions): Preferences {
  return {
    'marionette.port': marionettePort,
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.no_proxies_on': '127.0.0.1',
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: ADDON_UUID }),
    // The browser's question for a site is answered with yes; it stands outside every page and can't be clicked here.
    'extensions.webextOptionalPermissionPrompts': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.startup.page': 0,
    'browser.aboutwelcome.enabled': false,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'captivedetect.canonicalURL': '',
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'services.settings.server': '',
    // Else the picture of a step could be taken in the middle of a movement.
    'ui.prefersReducedMotion': 1,
  };
}

/** A fresh profile's folder. */
export async function createProfile(options: ProfileOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-firefox-'));
  await writeFile(join(folder, 'user.js'), userJs(preferences(options)));
  return folder;
}

export function userJs(prefs: Preferences): string {
  return Object.entries(prefs)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
