import { expect, test } from './fixtures/deskside.ts';
import { dock } from './fixtures/places.ts';
import { namesOf, switchOn } from './fixtures/shadow.ts';
import { ALICE, BOB, EVENT, linkChat, openTalk } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`a list marks records with a chat and counts what is unread; a click opens the panel: ${flavour}`, async ({
    control,
    person,
  }) => {
    const alice = await person(ALICE, { flavour });
    const { page } = alice;
    const chatId = await linkChat(control, alice);
    await openTalk(alice, EVENT);
    await page.getByRole('complementary', { name: 'Teams' }).waitFor();
    const marks = page.locator('[data-deskside="list-mark"]');
    const toList = () =>
      page.evaluate(() => (globalThis as unknown as { frappe: Frappe }).frappe.set_route('List', 'Event', 'List'));
    await toList();
    await expect(page.locator('.list-row .list-subject a').first()).toBeVisible();
    await expect(marks, 'off until somebody wants it').toHaveCount(0);

    await switchOn(alice, { listMarks: true });
    await expect(marks).toHaveCount(1);
    const row = page.locator('.list-row', { has: page.locator(`a[data-name="${EVENT.name}"]`) });
    await expect(row.locator('[data-deskside="list-mark"]')).toBeVisible();
    expect(await namesOf(page, 'button')).toContain('Open with its Teams chat');

    await control.write({ chatId, from: BOB, html: '<p>News</p>' });
    await control.clearRequests();
    const worker = await alice.worker();
    await worker.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 61_000;
    });
    // Coming back to the list is an act.
    await page.reload();
    await expect(marks).toHaveCount(1);
    await expect.poll(() => namesOf(page, 'button')).toContain('Open with its Teams chat · 1 unread message');
    const asked = (await control.requests()).filter((r) => r.service === 'graph');
    expect(asked.filter((r) => /\/me\/chats\?/.test(r.url)).length).toBeLessThanOrEqual(1);
    expect(asked.filter((r) => r.url.includes('/messages'))).toEqual([]);

    await test.step('Desk draws the rows anew, and the mark is there again', async () => {
      const before = await marks.elementHandle();
      await page.evaluate(() => document.querySelector('.list-row-container:has(.list-subject a)')?.parentElement);
      await alice.erp.update('Event', 'EV00002', { subject: 'Changed meanwhile' });
      await expect.poll(async () => before?.evaluate((node) => node.isConnected), { timeout: 15_000 }).toBe(false);
      await expect(marks).toHaveCount(1);
      await expect(row.locator('[data-deskside="list-mark"]')).toBeVisible();
    });

    await test.step('it breaks no row', async () => {
      const heights = await page
        .locator('.list-row:not(.list-row-head)')
        .evaluateAll((rows) => [...new Set(rows.map((one) => Math.round(one.getBoundingClientRect().height)))]);
      expect(heights).toHaveLength(1);
    });

    await test.step('a click opens the record with its panel, without loading a page', async () => {
      await page.evaluate(() => Object.assign(globalThis, { same: true }));
      await page
        .getByRole('button', { name: 'Close the Teams panel' })
        .click({ timeout: 1_000 })
        .catch(() => {});
      const box = (await row.locator('[data-deskside="list-mark"]').boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForURL(/\/event\/EV00001/);
      await expect(dock(page)).toBeVisible();
      expect(await page.evaluate(() => (globalThis as unknown as { same?: boolean }).same)).toBe(true);
    });
  });
}

test('the page sees that a mark is there, not what it says', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await openTalk(alice, EVENT);
  await switchOn(alice, { listMarks: true });
  await alice.page.goto(`${alice.site}/app/event/view/list`);
  const mark = alice.page.locator('[data-deskside="list-mark"]');
  await expect(mark).toHaveCount(1);
  const seen = () =>
    mark.evaluate((node) => {
      const { width, height } = node.getBoundingClientRect();
      return [node.outerHTML, node.shadowRoot, width, height, (node as HTMLElement).innerText];
    });
  const before = await seen();
  await control.write({ chatId, from: BOB, html: '<p>News</p>' });
  const worker = await alice.worker();
  await worker.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 61_000;
  });
  await alice.page.reload();
  await expect.poll(() => namesOf(alice.page, 'button')).toContain('Open with its Teams chat · 1 unread message');
  expect(await seen()).toEqual(before);
});

interface Frappe {
  set_route(...route: string[]): void;
}
