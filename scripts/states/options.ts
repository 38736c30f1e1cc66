import type { Page } from '@playwright/test';
import type { Person } from '../walk/person.ts';
import { ADMIN, expect, openSignedIn, type Studio } from './studio.ts';

const SECTIONS = ['doctypes', 'chats', 'messages', 'fields', 'people', 'faces', 'accounts'];

/** Each page of the options, as an administrator of ERPNext sees it. */
export async function optionsStates(studio: Studio): Promise<void> {
  const admin = await studio.person(ADMIN);
  await openSignedIn(admin, 'Event', 'EV00001');
  for (const section of SECTIONS) {
    const page = await openOptions(studio, admin, section);
    await shootOptions(studio, `options-${section}`, page);
    await page.close();
  }
}

async function openOptions({ sandbox }: Studio, person: Person, section: string): Promise<Page> {
  const page = await person.context.newPage();
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.goto(`chrome-extension://${sandbox.extensionId}/options.html#${section}`);
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  // What it asks ERPNext for comes a moment later.
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy=true], .ui-spinner')).toHaveCount(0);
  return page;
}

async function shootOptions(studio: Studio, name: string, page: Page): Promise<void> {
  const height = await page.evaluate(() => Math.min(1600, document.documentElement.scrollHeight));
  await page.setViewportSize({ width: 1000, height });
  await studio.shoot(name, page.locator('body'));
}
