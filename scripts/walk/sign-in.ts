import type { BrowserContext, Frame, Page } from '@playwright/test';

export interface MicrosoftAccount {
  /** Sign-in name; where it is not the e-mail address of ERPNext. */
  account: string;
  /** What to answer where permissions are asked for. */
  consent?: 'accept' | 'cancel';
}

/** Presses the panel's sign-in button and goes through Microsoft's window until it closes. */
export async function signInFrom(panel: Frame, context: BrowserContext, who: MicrosoftAccount): Promise<void> {
  const window = context.waitForEvent('page');
  await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await passMicrosoft(await window, who);
}

/** Answers each page of the sign-in window (account, permissions) as a person would, until the window is closed. */
export async function passMicrosoft(window: Page, who: MicrosoftAccount): Promise<void> {
  const known = window.getByRole('button', { name: who.account });
  const address = window.locator('input[type=email]');
  const decision = window.getByRole('button', { name: who.consent === 'cancel' ? 'Cancel' : 'Accept' });
  while (!window.isClosed()) {
    const page = window.url();
    try {
      await known.or(address).or(decision).first().waitFor({ timeout: 15_000 });
      if (await decision.isVisible()) {
        await decision.click();
      } else if (await known.isVisible()) {
        await known.click();
      } else {
        await address.fill(who.account);
        await window.getByRole('button', { name: 'Sign in' }).click();
      }
      await Promise.race([window.waitForEvent('close'), window.waitForURL((url) => url.href !== page)]);
    } catch (error) {
      // The window closes by itself as soon as Microsoft sends the browser back to the extension.
      if (!window.isClosed()) throw error;
    }
  }
}
