import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { type Control, expect, type Person, test } from './fixtures/deskside.ts';
import { namesOf, switchOn } from './fixtures/shadow.ts';
import { ALICE, BOB, EVENT, linkChat, openTalk, passTime } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

const presenceCalls = async (control: Control) =>
  (await control.requests()).filter((r) => r.url.includes('/communications/getPresencesByUserId'));

/** Microsoft's window opens, and the person answers. */
async function answer(person: Person, click: () => Promise<void>): Promise<void> {
  const opened = person.context.waitForEvent('page');
  await click();
  await passMicrosoft(await opened, { account: ALICE });
}

test('who can be reached shows once a person wants it, in one call for all, and again only as they act', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await linkChat(control, alice);
  const panel = await openTalk(alice, EVENT);
  const members = panel.getByRole('button', { name: /members?, show the list/ });
  await members.click();
  const list = panel.getByRole('region', { name: 'Members of the chat' });
  await expect(list.getByRole('img')).toHaveCount(0);
  expect(await presenceCalls(control)).toHaveLength(0);

  await answer(alice, () => list.getByRole('button', { name: 'Show who can be reached' }).click());
  await expect(list.getByRole('img', { name: 'In a call' })).toBeVisible();
  await expect(list.getByRole('img', { name: 'Available' })).toBeVisible();
  await expect(list.getByRole('button', { name: 'Show who can be reached' })).toHaveCount(0);
  expect(await presenceCalls(control)).toHaveLength(1);

  const bob = list.getByRole('button', { name: /Bob.*In a call: ways to reach them/ });
  await bob.focus();
  await bob.press('Enter');
  await expect(list.getByRole('link', { name: 'Chat' })).toHaveAttribute(
    'href',
    `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(BOB)}`,
  );
  await expect(list.getByRole('link', { name: 'Call' })).toHaveAttribute('href', /\/l\/call\/0\/0\?users=/);
  await expect(list.getByRole('link', { name: 'E-mail' })).toHaveAttribute('href', `mailto:${BOB}`);
  expect((await new AxeBuilder({ page: alice.page }).include('aside[data-deskside]').analyze()).violations).toEqual([]);

  await control.presence({ email: BOB, availability: 'Available', activity: 'Available', outOfOffice: 'Back soon' });
  await passTime(alice, 100_000);
  await panel.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 100_000;
  });
  expect(await presenceCalls(control), 'nothing by itself').toHaveLength(1);
  await expect(async () => {
    await list.hover({ position: { x: 5 + Math.random() * 20, y: 5 + Math.random() * 20 } });
    await expect(list.getByRole('img', { name: 'Available, out of office' })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  expect(await presenceCalls(control)).toHaveLength(2);
});

test('where the organisation refuses it everything else goes on, and it is said whom to ask', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await linkChat(control, alice);
  const panel = await openTalk(alice, EVENT);
  await control.tenant({ consent: 'none' });
  await panel.getByRole('button', { name: /members?, show the list/ }).click();
  const list = panel.getByRole('region', { name: 'Members of the chat' });
  const opened = alice.context.waitForEvent('page');
  await list.getByRole('button', { name: 'Show who can be reached' }).click();
  const page = await opened;
  await page
    .getByText('AADSTS90094')
    .or(page.getByText(/approval/i))
    .first()
    .waitFor();
  await page.close();
  await expect(list.getByRole('alert')).toBeVisible();
  await expect(list.getByRole('img')).toHaveCount(0);
  expect(await presenceCalls(control)).toHaveLength(0);
  await panel.getByRole('textbox', { name: 'Message' }).fill('Still here');
  await panel.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(panel.getByRole('article').getByText('Still here')).toBeVisible();
});

/** What every dot looks like to the page's own scripts. */
const told = (dots: Locator) =>
  dots.evaluateAll((nodes) => [
    ...new Set(nodes.map((node) => [node.outerHTML, node.shadowRoot, node.getBoundingClientRect().width].join(' '))),
  ]);

test('dots stand beside the users of a form, and tell the page nothing', async ({ control, person }) => {
  await control.tenant({ adminConsented: ['Chat.ReadWrite', 'Presence.Read.All'] });
  const alice = await person(ALICE);
  const { page } = alice;
  const project = { doctype: 'Project', name: 'PROJ-0001' };
  await linkChat(control, alice, project);
  await switchOn(alice, { presence: true, presenceInErpnext: true });
  const panel = await openTalk(alice, project);
  // Comparing the record's people with the chat's members is how this account comes to know them.
  await expect(panel.getByText(/of this record .* not in the chat/)).toBeVisible({ timeout: 20_000 });
  const dots = page.locator('[data-deskside="presence"]');
  await control.clearRequests();
  await page.reload();
  await expect.poll(() => dots.count(), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await namesOf(page, 'image')).toContain('In a call');
  expect(await told(dots), 'all alike').toHaveLength(1);
  expect((await presenceCalls(control)).length).toBeLessThanOrEqual(2);
  await switchOn(alice, { presence: true, presenceInErpnext: false });
  await expect(dots).toHaveCount(0);
});

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`dots stand in the corners of a list’s assignees: ${flavour}`, async ({ control, person }) => {
    await control.tenant({ adminConsented: ['Chat.ReadWrite', 'Presence.Read.All'] });
    const alice = await person(ALICE, { flavour });
    const { page } = alice;
    await linkChat(control, alice);
    for (const user of [BOB, ALICE])
      await alice.erp.call('frappe.desk.form.assign_to.add', {
        ...EVENT,
        assign_to: JSON.stringify([user]),
      });
    await switchOn(alice, { presence: true, presenceInErpnext: true });
    const panel = await openTalk(alice, EVENT);
    await panel.getByRole('button', { name: /show the list/ }).click();
    await expect(panel.getByRole('img', { name: 'In a call' }).first()).toBeVisible();
    // The members are compared a moment later; then the record's people are known by their addresses.
    await expect.poll(async () => (await control.requests()).some((r) => /\/users\?/.test(r.url))).toBe(true);
    await page.goto(`${alice.site}/app/event/view/list`);
    const dots = page.locator('.list-row .avatar > [data-deskside="presence"]');
    await expect(dots).toHaveCount(2);
    const names = await namesOf(page, 'image');
    expect(names).toEqual(expect.arrayContaining(['In a call', 'Available']));
    expect(await told(dots)).toHaveLength(1);
    const inCorner = await dots.first().evaluate((dot) => {
      const [inner, outer] = [dot.getBoundingClientRect(), dot.parentElement!.getBoundingClientRect()];
      return inner.bottom - outer.bottom <= 4 && inner.right - outer.right <= 4 && inner.left > outer.left;
    });
    expect(inCorner).toBe(true);
  });
}
