import { expect, test } from './fixtures/deskside.ts';
import { dock, launchers } from './fixtures/places.ts';
import { ALICE, actUntil, BOB, linkChat, openTalk, passTime } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.slow();

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`the button is Desk’s own kind, first in the header, and stays: ${flavour}`, async ({ person }) => {
    const alice = await person(ALICE, { flavour });
    const { page } = alice;
    await alice.openRecord('Event', 'EV00001');
    const button = launchers(page);
    await expect(button).toBeVisible();
    const stands = async () => {
      await expect(button).toHaveCount(1);
      expect(await button.evaluate((node) => node === node.parentElement?.firstElementChild)).toBe(true);
      expect(await button.evaluate((node) => node.parentElement?.matches('.page-head .page-actions'))).toBe(true);
    };
    await stands();

    await test.step('as high as its neighbour, in the same type and colours', async () => {
      const looks = await button.evaluate((node) => {
        const custom = document.querySelector('.page-head .custom-actions button.btn-default') as HTMLElement;
        const look = (element: Element) => {
          const { fontSize, fontFamily, backgroundColor, color, borderRadius } = getComputedStyle(element);
          const { height } = element.getBoundingClientRect();
          return { fontSize, fontFamily, backgroundColor, color, borderRadius, height: Math.round(height) };
        };
        return [look(node), look(custom)];
      });
      expect(looks[0]).toEqual(looks[1]);
    });

    await test.step('it survives whatever Desk does to the form', async () => {
      for (const act of ['refresh', 'reload_doc'] as const) {
        await page.evaluate(async (name) => {
          await (globalThis as unknown as { cur_frm: Record<string, () => Promise<void>> }).cur_frm[name]?.();
        }, act);
        await stands();
      }
      await page.evaluate(async () => {
        const { cur_frm: form } = globalThis as unknown as {
          cur_frm: { set_value(field: string, value: string): Promise<void>; save(): Promise<void> };
        };
        await form.set_value('subject', 'Another subject');
        await form.save();
      });
      await stands();
    });

    await test.step('it says whether the panel is open, and folds to its picture on a phone', async () => {
      await expect(button).toHaveAttribute('aria-expanded', 'false');
      await button.click();
      await expect(button).toHaveAttribute('aria-expanded', 'true');
      await expect(dock(page)).toBeVisible();
      await page.setViewportSize({ width: 390, height: 800 });
      await expect(button.getByText('Teams')).toBeHidden();
      await expect(dock(page)).toHaveAttribute('data-stance', 'fill');
      const box = await dock(page).boundingBox();
      expect(box).toEqual({ x: 0, y: 0, width: 390, height: 800 });
      const panel = await alice.panel();
      await panel.getByRole('button', { name: /close/i }).first().click();
      await expect(dock(page)).toBeHidden();
      await expect(button).toBeVisible();
      const { x = 0, width = 0 } = (await button.boundingBox()) ?? {};
      expect(x >= 0 && x + width <= 390).toBe(true);
    });
  });
}

test('where the buttons crowd the title, the record’s own name is what stays of it: v16', async ({ person }) => {
  const alice = await person(ALICE, { flavour: 'v16', viewport: { width: 1280, height: 720 } });
  const { page } = alice;
  await alice.openRecord('Project', 'PROJ-0001');
  const path = page.locator('.page-head:visible .navbar-breadcrumbs > li');
  const all = await path.count();
  await expect(path.nth(0)).toBeVisible();
  await alice.openPanel();
  await expect(dock(page)).toHaveAttribute('data-stance', 'push');
  await expect(path.nth(0)).toBeHidden();
  const name = path.last();
  await expect(name).toContainText('Website relaunch');
  const head = (await page.locator('.page-head:visible .page-title').boundingBox())!;
  const box = (await name.boundingBox())!;
  expect(box.width).toBeGreaterThan(40);
  expect(box.x + box.width).toBeLessThanOrEqual(head.x + head.width);
  await launchers(page).click();
  await expect(dock(page)).toBeHidden();
  await expect(path.filter({ visible: true })).toHaveCount(all);
});

test('in a dark Desk and a mirrored one it stands first at the start of the buttons', async ({ person }) => {
  const alice = await person(ALICE, { flavour: 'v16', theme: 'dark', language: 'ar' });
  await alice.openRecord('Event', 'EV00001');
  const { page } = alice;
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await alice.openPanel();
  await expect(dock(page)).toHaveAttribute('data-theme', 'dark');
  expect((await dock(page).boundingBox())?.x, 'the end side is the left one').toBe(0);
  const panel = await alice.panel();
  await expect(panel.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(panel.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the badge counts what is unread, and goes when it was seen', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  const button = launchers(alice.page);
  await panel.getByRole('button', { name: /close/i }).first().click();
  await expect(dock(alice.page)).toBeHidden();
  await control.write({ chatId, from: BOB, html: '<p>One</p>' });
  await control.write({ chatId, from: BOB, html: '<p>Two</p>' });
  await passTime(alice, 15_000);
  await alice.page.reload();
  await expect(button).toHaveAccessibleName('Teams, 2 unread messages');
  await expect(alice.page.locator('[data-deskside=badge]')).toHaveText('2');
  const again = await alice.openPanel();
  await actUntil(again, () => expect(button).toHaveAccessibleName('Teams', { timeout: 500 }));
  await expect(alice.page.locator('[data-deskside=badge]')).toBeHidden();
});
