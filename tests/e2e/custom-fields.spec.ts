import type { Page } from '@playwright/test';
import { FLAVOURS } from '../unit/sandbox/desk/fixture.ts';
import { expect, test } from './fixtures/desk.ts';
import { openOptions } from './fixtures/options.ts';
import { dock, launchers } from './fixtures/places.ts';
import { ALICE } from './fixtures/talk.ts';

const ADMIN = 'admin@contoso.test';
const NAMES = ['custom_teams_chat_id', 'custom_teams_meeting_url', 'custom_join_teams_meeting'];

test.use({ throttle: 'off' });

for (const flavour of FLAVOURS)
  test(`an administrator makes what is missing, once, and takes back what is empty: ${flavour}`, async ({
    sandbox,
    control,
    person,
    desk,
  }) => {
    test.slow();
    const site = await desk(flavour);
    const admin = await site.as(site.admin!);
    const ada = await person(ADMIN, { flavour });
    await ada.openRecord('Project', 'PROJ-0001');
    const options = await openOptions(ada, sandbox.extensionId, 'fields');
    const before = (await admin.list('Custom Field', { fields: ['name'] })).map(({ name }) => name);

    await test.step('what is there and what is not', async () => {
      await expect(row(options, 'Event', 'custom_teams_chat_id')).toContainText('There');
      await expect(row(options, 'Event', 'custom_teams_meeting_url')).toContainText('Missing');
      const known = before.includes('Project-custom_teams_chat_id') ? 'There' : 'Missing';
      await expect(row(options, 'Project', 'custom_teams_chat_id')).toContainText(known);
    });

    await test.step('one button makes the rest', async () => {
      await options.getByRole('button', { name: /^Create \d+ missing field/ }).click();
      await expect(options.getByText('Everything is in place.')).toBeVisible();
      for (const doctype of ['Event', 'Project'])
        for (const name of NAMES) expect(await fieldOf(admin, doctype, name)).toBeTruthy();
      expect(await fieldOf(admin, 'Project', 'custom_teams_meeting_url')).toMatchObject({
        fieldtype: 'Small Text',
        insert_after: 'custom_teams_chat_id',
        no_copy: 1,
        hidden: 1,
        read_only: 1,
      });
      expect(await fieldOf(admin, 'User', 'azure_object_id')).toMatchObject({ no_copy: 1 });
    });

    await test.step('again there is nothing to make', async () => {
      await control.clearRequests();
      await options.reload();
      await expect(options.getByText('Everything is in place.')).toBeVisible();
      await expect(options.getByRole('button', { name: /^Create/ })).toHaveCount(0);
      const writes = (await control.requests()).filter(
        ({ method, service }) => method !== 'GET' && service !== 'graph',
      );
      expect(writes.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    });

    await test.step('undone: what was made and is empty goes, what holds something or was there stays', async () => {
      const alice = await site.as(site.me);
      const meeting = { custom_teams_meeting_url: 'https://teams.microsoft.com/l/meetup-join/1' };
      await alice.update('Event', 'EV00001', meeting);
      await options.getByRole('button', { name: /^Undo: remove \d+ field/ }).click();
      await options.getByRole('button', { name: 'Remove them' }).click();
      await expect(options.getByText('custom_teams_meeting_url on Event stays: EV00001 uses it.')).toBeVisible();
      const after = (await admin.list('Custom Field', { fields: ['name'] })).map(({ name }) => name);
      expect(after.sort()).toEqual([...before, 'Event-custom_teams_meeting_url'].sort());
      expect((await alice.get('Event', 'EV00001')).custom_teams_meeting_url).toBe(meeting.custom_teams_meeting_url);
    });

    await test.step('and the rest once it is empty', async () => {
      await (await site.as(site.me)).update('Event', 'EV00001', { custom_teams_meeting_url: '' });
      await options.getByRole('button', { name: 'Undo: remove 1 field' }).click();
      await options.getByRole('button', { name: 'Remove them' }).click();
      await expect(options.getByText('1 field was removed.')).toBeVisible();
      const after = (await admin.list('Custom Field', { fields: ['name'] })).map(({ name }) => name);
      expect(after.sort()).toEqual(before.sort());
    });
  });

test('a field that is wrong is named, and corrected with consent; what cannot be turned says why', async ({
  sandbox,
  person,
  desk,
}) => {
  const site = await desk();
  const admin = await site.as(site.admin!);
  await admin.create('Custom Field', { dt: 'Event', fieldname: NAMES[1], label: 'URL', fieldtype: 'Data', reqd: 0 });
  await admin.create('Custom Field', {
    dt: 'Project',
    fieldname: NAMES[1],
    label: 'URL',
    fieldtype: 'Int',
    no_copy: 1,
  });
  const ada = await person(ADMIN);
  await ada.openRecord('Event', 'EV00001');
  const options = await openOptions(ada, sandbox.extensionId, 'fields');
  const wrong = row(options, 'Event', 'custom_teams_meeting_url');
  await expect(wrong).toContainText('It is too short.');
  await expect(wrong).toContainText('“No Copy” is off');
  expect(await fieldOf(admin, 'Event', 'custom_teams_meeting_url')).toMatchObject({ fieldtype: 'Data', no_copy: 0 });
  await wrong.getByRole('button', { name: 'Correct custom_teams_meeting_url' }).click();
  await expect(wrong).toContainText('There');
  expect(await fieldOf(admin, 'Event', 'custom_teams_meeting_url')).toMatchObject({
    fieldtype: 'Small Text',
    no_copy: 1,
  });
  await row(options, 'Project', 'custom_teams_meeting_url').getByRole('button').click();
  await expect(options.getByRole('alert')).toContainText('Fieldtype cannot be changed from Int to Small Text');
});

test('everybody else gets a text for the administrator', async ({ sandbox, person }) => {
  const alice = await person(ALICE, { flavour: 'v14' });
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await alice.openRecord('Event', 'EV00001');
  const options = await openOptions(alice, sandbox.extensionId, 'fields');
  const letter = options.getByRole('textbox', { name: 'For your ERPNext administrator' });
  await expect(letter).toHaveValue(/Project: custom_teams_chat_id \(Missing\)/);
  await expect(letter).not.toHaveValue(/Event: custom_teams_chat_id/);
  await expect(options.getByRole('button', { name: /^Create/ })).toHaveCount(0);
  await options.getByRole('button', { name: 'Copy' }).click();
  await expect(options.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await options.evaluate(() => navigator.clipboard.readText())).toBe(await letter.inputValue());
  const mail = await options.getByRole('link', { name: 'Send by e-mail' }).getAttribute('href');
  expect(decodeURIComponent(mail ?? '')).toContain('Project: custom_teams_chat_id (Missing)');
});

test('without a site, or without a tab of it, the page says how to get there', async ({ sandbox, person }) => {
  const alice = await person(ALICE);
  const options = await openOptions(alice, sandbox.extensionId, 'fields');
  const tab = alice.context.waitForEvent('page');
  await options.getByRole('button', { name: /^Open http/ }).click();
  await expect((await tab).locator('body')).toHaveAttribute('data-route', /./);
  await options.bringToFront();
  await expect(row(options, 'Event', 'custom_teams_chat_id')).toContainText('There');
});

test('no site yet: the options teach where to begin', async ({ sandbox, person }) => {
  const alice = await person(ALICE, { storage: {} });
  const options = await openOptions(alice, sandbox.extensionId, 'fields');
  await expect(options.getByText('No ERPNext site yet')).toBeVisible();
  await expect(options.getByText('click the Deskside icon')).toBeVisible();
});

for (const flavour of FLAVOURS)
  test(`the button in the form leads to the meeting, and to Teams alone: ${flavour}`, async ({ person, desk }) => {
    const site = await desk(flavour);
    const admin = await site.as(site.admin!);
    for (const [fieldname, fieldtype] of [
      ['custom_teams_meeting_url', 'Small Text'],
      ['custom_join_teams_meeting', 'Button'],
    ])
      await admin.create('Custom Field', { dt: 'Event', fieldname, fieldtype, insert_after: 'status', label: 'Join' });
    const alice = await person(ALICE, { flavour });
    const opened: string[] = [];
    await alice.context.route(/^https:\/\/(teams\.microsoft\.com|evil\.example)\//, (route) => {
      opened.push(route.request().url());
      return route.fulfill({ body: 'there' });
    });
    const join = alice.page.getByRole('button', { name: 'Join', exact: true });
    const withUrl = async (url: string) => {
      await (await site.as(site.me)).update('Event', 'EV00001', { custom_teams_meeting_url: url });
      await alice.openRecord('Event', 'EV00001');
      await expect(launchers(alice.page)).toBeVisible();
      await expect(join).toBeVisible();
    };

    await withUrl('https://teams.microsoft.com/l/meetup-join/19%3ameeting_x');
    const meeting = alice.context.waitForEvent('page');
    await join.click();
    await (await meeting).waitForLoadState();
    expect(opened).toEqual(['https://teams.microsoft.com/l/meetup-join/19%3ameeting_x']);
    await (await meeting).close();
    await expect(dock(alice.page)).toBeHidden();

    await withUrl('https://evil.example/teams.microsoft.com');
    await join.click();
    await expect(dock(alice.page)).toBeVisible();
    expect(opened).toHaveLength(1);
    expect(alice.context.pages()).toHaveLength(1);

    await test.step('a site that sees to the button itself is left to it', async () => {
      await withUrl('https://teams.microsoft.com/l/meetup-join/2');
      await alice.page.evaluate(() => {
        const { frappe } = window as unknown as { frappe: { ui: { form: { on(...what: unknown[]): void } } } };
        frappe.ui.form.on('Event', { custom_join_teams_meeting: () => document.body.classList.add('own-handler') });
      });
      await join.click();
      await expect(alice.page.locator('body')).toHaveClass(/own-handler/);
      expect(alice.context.pages()).toHaveLength(1);
    });
  });

/** A line of the table. */
function row(options: Page, doctype: string, fieldname: string) {
  return options.getByRole('row', { name: new RegExp(`^${doctype} .*${fieldname}`) });
}

async function fieldOf(admin: { get(doctype: string, name: string): Promise<unknown> }, dt: string, fieldname: string) {
  return admin.get('Custom Field', `${dt}-${fieldname}`);
}
