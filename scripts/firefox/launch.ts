import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MICROSOFT_HOSTS } from '../../tests/sandbox/config.ts';
import { connectMarionette, type Marionette } from './marionette.ts';
import { createProfile, freePort } from './profile.ts';
import { startProxy, type WayOut } from './proxy.ts';

export interface Firefox {
  marionette: Marionette;
  proxy: WayOut;
  /** For example 153.7.0. */
  version: string;
  addonId: string;
  /** Folder of the profile; gone after `close`. */
  profile: string;
  close(): Promise<void>;
}

/**
 * Starts a Firefox without a window on a fresh profile, with the add-on in the folder `extension` installed for this run.
 * @param microsoftPort where the sandbox serves the Microsoft hosts
 */
export async function launchFirefox(options: {
  executable: string;
  extension: string;
  microsoftPort: number;
}): Promise<Firefox> {
  const addonId = addonIdOf(options.extension);
  const proxy = await startProxy(MICROSOFT_HOSTS, options.microsoftPort);
  const marionettePort = await freePort();
  const profile = await createProfile({ marionettePort, proxyPort: proxy.port, addonId });
  const browser = spawn(
    options.executable,
    ['--headless', '--marionette', '--remote-allow-system-access', '--profile', profile, '--no-remote'],
    { stdio: 'ignore', env: { ...process.env, MOZ_HEADLESS_WIDTH: '1440', MOZ_HEADLESS_HEIGHT: '1000' } },
  );
  const ended = new Promise<void>((resolve) => {
    browser.once('close', () => resolve());
    browser.once('error', () => resolve());
  });
  let marionette: Marionette | undefined;
  const close = async () => {
    await marionette?.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => browser.kill());
    if (!marionette) browser.kill();
    await ended;
    marionette?.close();
    await proxy.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    marionette = await connectMarionette(marionettePort);
    // The certificate of the sandbox is its own; Firefox takes this only at the top level of the parameters.
    const session = await marionette.send<{ capabilities: { browserVersion: string } }>('WebDriver:NewSession', {
      acceptInsecureCerts: true,
    });
    await marionette.send('WebDriver:SetTimeouts', { script: 30_000, pageLoad: 30_000, implicit: 0 });
    await marionette.send('Addon:Install', {
      path: options.extension,
      temporary: true,
      // As a person who ticks "Run in private windows".
      allowPrivateBrowsing: true,
    });
    return { marionette, proxy, version: session.capabilities.browserVersion, addonId, profile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addonIdOf(extension: string): string {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as {
    browser_specific_settings?: { gecko?: { id?: string } };
  };
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`${extension} is no Firefox build. Run "npx wxt build -b firefox" first.`);
  return id;
}
