import type { Page } from '@playwright/test';
import { launcher } from '../walk/panel.ts';
import { prepareTalk } from './records.ts';
import { ALICE, BOB, type Clip, expect, openSignedIn, type Studio } from './studio.ts';

/** The button in the form's header. */
export async function launcherStates(studio: Studio): Promise<void> {
  const { control, shoot } = studio;
  const alice = await studio.person(ALICE);
  const { page } = alice;
  await alice.openRecord('Event', 'EV00001');
  await expect(launcher(page)).toBeVisible();
  await shoot('launcher', page, await head(page));
  await launcher(page).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await shoot('launcher-focus', page, await head(page));

  const chatId = await prepareTalk(studio, alice, 'EV00001');
  await openSignedIn(alice, 'Event', 'EV00001');
  await expect((await alice.panel()).getByRole('log')).toBeVisible();
  await shoot('launcher-open', page, await head(page));
  await studio.sheet('desk-v15', [await page.screenshot()], 0.8);

  await page.evaluate(() => {
    const { frappe } = window as unknown as { frappe: { new_doc(doctype: string): void } };
    frappe.new_doc('Event');
  });
  await expect(launcher(page)).toBeVisible();
  await shoot('launcher-new', page, await head(page));
  const panel = await alice.panel();
  await expect(panel.getByRole('heading', { name: /save/i })).toBeVisible();
  await studio.shootPanel('panel-unsaved', page);
  await openSignedIn(alice, 'Event', 'EV00001');
  await expect((await alice.panel()).getByRole('log')).toBeVisible();
  await launcher(page).click();
  for (const html of ['<p>One more thing</p>', '<p>and another</p>', '<p>See the agenda</p>'])
    await control.write({ chatId, from: BOB, html });
  // Whoever comes back to the tab hears of it at the next act, at most once in 15 seconds.
  await expect(async () => {
    await page.mouse.move(400 + Math.random() * 90, 400);
    await expect(page.locator('[data-deskside=badge]')).toHaveText('3', { timeout: 1500 });
  }).toPass({ timeout: 40_000 });
  await shoot('launcher-badge', page, await head(page));
}

/** The form's header, from edge to edge. */
async function head(page: Page): Promise<Clip> {
  const box = await page.locator('.page-head:visible').first().boundingBox();
  if (!box) throw new Error('The form has no header.');
  return { x: 0, y: Math.max(0, box.y - 4), width: page.viewportSize()?.width ?? box.width, height: box.height + 24 };
}
