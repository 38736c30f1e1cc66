import { type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from '@playwright/test';
import { extensionArgs } from './config.ts';

export interface LaunchRequest {
  /** Folder of the user data. */
  profile: string;
  /** Folder of the unpacked extension. */
  extension: string;
  executablePath: string;
  /** Chrome and Edge ignore --load-extension; they take an extension over the debugging protocol. */
  branded: boolean;
  /** Any that load an extension are replaced by those for `extension`. */
  args: string[];
  options?: Omit<LaunchOptions & BrowserContextOptions, 'executablePath' | 'args'>;
}

/** Starts a browser on a profile with one extension. Ends with `context.close()`. */
export async function launchWithExtension(request: LaunchRequest): Promise<BrowserContext> {
  const { profile, extension, executablePath, branded, options } = request;
  const loading = branded ? ['--enable-unsafe-extension-debugging'] : extensionArgs(extension);
  const context = await chromium.launchPersistentContext(profile, {
    // Whoever starts browsers also ends sandboxes, so signals are theirs to answer.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...options,
    executablePath,
    args: [...request.args.filter((arg) => !LOADS.test(arg)), ...loading],
    ...(branded ? { ignoreDefaultArgs: ['--disable-extensions'] } : {}),
  });
  if (branded) {
    const session = await context.browser()?.newBrowserCDPSession();
    // Playwright's types know only the stable part of the protocol.
    const send = session?.send.bind(session) as ((method: string, parameters: object) => Promise<unknown>) | undefined;
    if (!send)
      throw new Error('This browser gives no debugging session, so the extension cannot be loaded. Use Chromium.');
    await send('Extensions.loadUnpacked', { path: extension });
  }
  return context;
}

const LOADS = /^--(load-extension|disable-extensions-except)=/;
