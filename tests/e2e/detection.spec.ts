import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/deskside.ts';
import { launchers, shown, tabsOf } from './fixtures/places.ts';
import { ALICE } from './fixtures/talk.ts';

test.use({ throttle: 'off' });
test.slow();

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`the worker knows which record is on screen, wherever Desk goes: ${flavour}`, async ({ person }) => {
    const alice = await person(ALICE, { flavour });
    const { page } = alice;
    const sees = (record: string | null) => expect.poll(() => shown(alice)).toBe(record);
    await alice.openRecord('Event', 'EV00001');
    await sees('Event EV00001');
    const panel = await alice.openPanel();

    await test.step('lists, records, back and forward', async () => {
      await route(page, 'List', 'Event');
      await sees(null);
      await expect(launchers(page)).toBeHidden();
      await page.locator('a[data-name="EV00003"]').click();
      await sees('Event EV00003');
      await expect(launchers(page)).toBeVisible();
      await route(page, 'Form', 'Project', 'PROJ-0001');
      await sees('Project PROJ-0001');
      await page.goBack();
      await sees('Event EV00003');
      await page.goBack();
      await sees(null);
      await page.goForward();
      await sees('Event EV00003');
      expect(await page.locator('[data-deskside=dock]').count(), 'the panel was made once').toBe(1);
    });

    await test.step('other doctypes and records that are not there', async () => {
      await route(page, 'List', 'Task');
      await page.locator('a[data-doctype=Task]').first().click();
      await page.waitForFunction(() => document.body.dataset.route?.startsWith('Form/Task/'));
      await sees(null);
      await expect(launchers(page)).toBeHidden();
      await route(page, 'Form', 'Event', 'EV99999');
      await sees(null);
      await expect(launchers(page)).toBeHidden();
    });

    await test.step('typed and not saved', async () => {
      await route(page, 'Form', 'Event', 'EV00001');
      await sees('Event EV00001');
      await page.evaluate(() => {
        const form = (globalThis as unknown as { cur_frm: TestForm }).cur_frm;
        form.doc.event_participants?.push({
          reference_doctype: 'Contact',
          reference_docname: 'Carol Chen',
          email: 'carol@contoso.test',
          __islocal: 1,
        });
        form.dirty();
      });
      await sees('Event EV00001 dirty carol@contoso.test');
    });

    await test.step('a new one is told so, and is itself once it is saved', async () => {
      await page.evaluate(() => (globalThis as unknown as { frappe: TestDesk }).frappe.new_doc('Event'));
      await expect.poll(() => shown(alice)).toMatch(/^Event new-event-\w+ new/);
      await expect(panel.getByText(/save/i).first()).toBeVisible();
      await page.evaluate(async () => {
        const form = (globalThis as unknown as { cur_frm: TestForm }).cur_frm;
        await form.set_value({ subject: 'Made here', starts_on: '2026-12-20 10:00:00', event_category: 'Event' });
        await form.save();
      });
      await expect.poll(() => shown(alice)).toMatch(/^Event EV\d+$/);
    });

    await test.step('a name with a slash, over a reload', async () => {
      await route(page, 'Form', 'Project', 'A/B & Ü 100%');
      await sees('Project A/B & Ü 100%');
      await page.reload();
      await sees('Project A/B & Ü 100%');
    });

    await test.step('a tab that goes elsewhere shows nothing, and the record again when it comes back', async () => {
      await page.goto('about:blank');
      await expect.poll(() => tabsOf(alice)).toEqual([]);
      await page.goBack();
      await sees('Project A/B & Ü 100%');
      await expect(launchers(page)).toBeVisible();
    });

    await test.step('two tabs, two records', async () => {
      const other = await alice.context.newPage();
      await alice.openRecord('Event', 'EV00003', other);
      const records = async () => (await tabsOf(alice)).map((tab) => tab.shown?.ref.name).sort();
      await expect.poll(records).toEqual(['A/B & Ü 100%', 'EV00003']);
      await other.close();
      await expect.poll(records).toEqual(['A/B & Ü 100%']);
    });
  });
}

interface TestForm {
  doc: { event_participants?: object[] };
  dirty(): void;
  save(): Promise<void>;
  set_value(values: object): Promise<void>;
}

interface TestDesk {
  set_route(...parts: string[]): Promise<void>;
  new_doc(doctype: string): Promise<void>;
}

/** As Desk's own links do, without loading the page anew. */
async function route(page: Page, ...parts: string[]): Promise<void> {
  await page.evaluate((to) => {
    void (globalThis as unknown as { frappe: TestDesk }).frappe.set_route(...to);
  }, parts);
}
