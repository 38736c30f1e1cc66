import { clean } from './fixtures/clean.ts';
import { expect, test } from './fixtures/deskside.ts';
import { dock, launchers } from './fixtures/places.ts';
import { ALICE, BOB, composer, linkChat, log, openTalk, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.slow();

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`the panel makes room and covers neither Save nor dialogs: ${flavour}`, async ({ person }) => {
    const alice = await person(ALICE, { flavour });
    const { page } = alice;
    await alice.openRecord('Event', 'EV00001');
    await alice.openPanel();
    const save = page.locator('.page-head:visible .primary-action');
    for (const width of [1440, 1280, 1100]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(async () => {
        const [panel, button] = [await dock(page).boundingBox(), await save.boundingBox()];
        if (!panel || !button) throw new Error('not there');
        const beside = button.x + button.width <= panel.x;
        const below = button.y + button.height <= panel.y;
        expect(beside || below, `${width}: ${JSON.stringify({ panel, button })}`).toBe(true);
        expect(Math.round(panel.x + panel.width)).toBe(width);
      }).toPass({ timeout: 5_000 });
    }
    await page.setViewportSize({ width: 1600, height: 900 });
    await expect(dock(page)).toHaveAttribute('data-stance', 'push');
    const body = () => page.evaluate(() => document.body.getBoundingClientRect().right);
    await expect.poll(body).toBe(1200);

    await page.evaluate(() => {
      (globalThis as unknown as { frappe: { msgprint(text: string): void } }).frappe.msgprint('Look here');
    });
    await page.setViewportSize({ width: 800, height: 900 });
    await expect(dock(page)).toHaveAttribute('data-stance', 'fill');
    const onTop = await page.evaluate(() => {
      const dialog = document.querySelector('.modal.show .modal-content') as HTMLElement;
      const { x, y, width, height } = dialog.getBoundingClientRect();
      return dialog.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    expect(onTop, 'Desk’s dialog stands above the panel').toBe(true);
  });
}

test('width and openness are remembered, keys stay where they are typed, and the focus comes back', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const { page } = alice;
  await linkChat(control, alice);
  const panel = await openTalk(alice);
  const width = async () => Math.round((await dock(page).boundingBox())?.width ?? 0);
  expect(await width()).toBe(400);

  await test.step('keys typed in the panel are none of Desk’s shortcuts', async () => {
    await composer(panel).click();
    await page.keyboard.type('DR?T', { delay: 5 });
    await expect(composer(panel)).toHaveValue('DR?T');
    await expect(page.locator('.modal.show')).toHaveCount(0);
    expect(await page.evaluate(() => document.body.dataset.route)).toBe('Form/Event/EV00001');
  });

  await test.step('by pointer', async () => {
    const box = await dock(page).boundingBox();
    const x = (box?.x ?? 0) + 0.5;
    await page.mouse.move(x, 500);
    await page.mouse.down();
    await page.mouse.move(x - 60, 500, { steps: 4 });
    await page.mouse.up();
    await expect.poll(width).toBe(460);
  });

  await test.step('by keyboard, from the panel’s first button on', async () => {
    await panel.locator('button, a[href]').first().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(width).toBe(484);
    await page.keyboard.press('ArrowRight');
    await expect.poll(width).toBe(460);
  });

  await test.step('both over a reload', async () => {
    await page.reload();
    await expect(dock(page)).toBeVisible();
    await expect.poll(width).toBe(460);
    await expect(launchers(page)).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('Escape closes it and the focus is on the button', async () => {
    const again = await alice.panel();
    await expect(composer(again)).toHaveValue('DR?T');
    await composer(again).focus();
    await page.keyboard.press('Escape');
    await expect(dock(page)).toBeHidden();
    await expect(launchers(page)).toBeFocused();
    await page.reload();
    await expect(launchers(page)).toBeVisible();
    await expect(dock(page)).toBeHidden();
  });

  await test.step('the shortcut opens it with the focus in the composer, and closes it', async () => {
    const order = async () => {
      const worker = await alice.worker();
      await worker.evaluate(async () => {
        const { chrome } = globalThis as unknown as { chrome: typeof import('wxt/browser').browser };
        const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
        // The browser's own listener, called as the key would.
        const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(...args: unknown[]): void } };
        onCommand.dispatch('toggle-panel', tab);
      });
    };
    await order();
    await expect(dock(page)).toBeVisible();
    await expect(composer(await alice.panel())).toBeFocused();
    await order();
    await expect(dock(page)).toBeHidden();
    await expect(launchers(page)).toBeFocused();
  });
});

test('neither the page nor a stranger’s gets at the panel’s content', async ({ sandbox, control, person }) => {
  const alice = await person(ALICE);
  const { page } = alice;
  await linkChat(control, alice);
  await openTalk(alice);
  const reach = await page.evaluate(() => ({
    frames: window.length,
    root: document.querySelector('[data-deskside=dock]')?.shadowRoot ?? null,
    iframes: document.querySelectorAll('iframe').length,
  }));
  expect(reach).toEqual({ frames: 0, root: null, iframes: 0 });

  // Another page that knows the frame's address, or makes one up.
  const url = (await alice.panel()).url();
  await page.goto(`${sandbox.control}/clock`);
  await page.evaluate((src) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.src = src;
    window.addEventListener('message', () => {
      frame.contentWindow?.postMessage(
        { deskside: 'nonce', nonce: 'made-up', theme: 'light', dir: 'ltr', lang: 'en' },
        '*',
      );
    });
  }, url);
  await expect.poll(() => page.frames().length).toBe(2);
  const stranger = page.frames()[1];
  await expect
    .poll(() =>
      stranger
        ?.locator('body')
        .innerText()
        .catch(() => ''),
    )
    .not.toMatch(/EV00001|Quarterly|Bob/);
  await expect(stranger!.getByRole('textbox')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing to mend in the panel’s main states: ${theme}`, async ({ control, person }) => {
    const alice = await person(ALICE, { theme });
    await alice.openRecord('Event', 'EV00001');
    const panel = await alice.openPanel();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    await clean(panel, 'signed out');
    await alice.signIn();
    await panel.getByRole('button', { name: 'Create chat' }).click();
    await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await expect(panel.getByRole('checkbox').first()).toBeVisible();
    await clean(panel, 'who will be added');
    const chatId = await linkChat(control, alice, { doctype: 'Project', name: 'PROJ-0001' });
    await control.write({ chatId, from: BOB, html: '<p>See <a href="https://example.com">this</a></p>' });
    await openTalk(alice, { doctype: 'Project', name: 'PROJ-0001' });
    const talk = await alice.panel();
    await expect(log(talk).getByText('See')).toBeVisible();
    await say(talk, 'Mine');
    await expect(log(talk).getByText('Mine')).toBeVisible();
    await clean(talk, 'talking');
  });
}
