import type { Page } from '@playwright/test';
import { launcher } from '../walk/panel.ts';
import type { Person } from '../walk/person.ts';
import { prepareTalk } from './records.ts';
import { ALICE, BOB, type Clip, expect, openSignedIn, passTime, type Studio } from './studio.ts';

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
  await untilBadge(alice, '3');
  await shoot('launcher-badge', page, await head(page));
}

/** With the panel closed: the person does something in Desk, until the launcher tells how much is unread. */
export async function untilBadge(person: Person, count: string): Promise<void> {
  const { page } = person;
  // Closing gave the launcher the focus.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await passTime(person);
  await expect(async () => {
    // A key is an act, and moving the pointer over Desk is none.
    await page.keyboard.press('Shift');
    await expect(page.locator('[data-deskside=badge]')).toHaveText(count, { timeout: 1500 });
  }).toPass({ timeout: 40_000 });
}

/** The form's header, from edge to edge. */
async function head(page: Page): Promise<Clip> {
  const box = await page.locator('.page-head:visible').first().boundingBox();
  if (!box) throw new Error('The form has no header.');
  return { x: 0, y: Math.max(0, box.y - 4), width: page.viewportSize()?.width ?? box.width, height: box.height + 24 };
}
