import type { Page } from '@playwright/test';
import { type DeskSite, expect, FLAVOURS, type Person, test } from './fixtures/desk.ts';
import { openOptions } from './fixtures/options.ts';
import { dock, launchers } from './fixtures/places.ts';
import { ALICE } from './fixtures/talk.ts';

const NAMES = ['custom_teams_chat_id', 'custom_teams_meeting_url', 'custom_join_teams_meeting'];

test.use({ throttle: 'off' });

for (const flavour of FLAVOURS)
  test(`an administrator makes what is missing, once, and takes back what is empty: ${flavour}`, {
    tag: '@desk',
  }, async ({ sandbox, person, desk }) => {
    test.setTimeout(240_000);
    const site = await desk(flavour);
    const { name: event } = await site.event();
    const [ada, before] = await administrator(site, person);
    const admin = await site.as(site.admin!);
    const doctypes = (await site.project()) ? ['Event', 'Project'] : ['Event'];
    await ada.openRecord('Event', event);
    const options = await openOptions(ada, sandbox.extensionId, 'fields');

    await test.step('what is there and what is not', async () => {
      for (const doctype of doctypes)
        for (const name of NAMES)
          await expect(row(options, doctype, name)).toContainText(
            before.includes(`${doctype}-${name}`) ? 'There' : 'Missing',
          );
    });

    await test.step('one button makes the rest', async () => {
      await options.getByRole('button', { name: /^Create \d+ missing field/ }).click();
      await expect(options.getByText('Everything is in place.')).toBeVisible();
      for (const doctype of doctypes)
        for (const name of NAMES) expect(await fieldOf(admin, doctype, name)).toBeTruthy();
      expect(await fieldOf(admin, 'Event', 'custom_teams_meeting_url')).toMatchObject({
        fieldtype: 'Small Text',
        insert_after: 'custom_teams_chat_id',
        no_copy: 1,
        hidden: 1,
        read_only: 1,
      });
      expect(await fieldOf(admin, 'User', 'azure_object_id')).toMatchObject({ no_copy: 1 });
    });

    await test.step('again there is nothing to make', async () => {
      const writes: string[] = [];
      ada.context.on('request', (request) => {
        if (request.url().startsWith(`${site.origin}/api/resource/`) && request.method() !== 'GET')
          writes.push(`${request.method()} ${request.url()}`);
      });
      await options.reload();
      await expect(options.getByText('Everything is in place.')).toBeVisible();
      await expect(options.getByRole('button', { name: /^Create/ })).toHaveCount(0);
      expect(writes).toEqual([]);
    });

    await test.step('undone: what was made and is empty goes, what holds something or was there stays', async () => {
      const mine = await site.as(site.me);
      const meeting = { custom_teams_meeting_url: 'https://teams.microsoft.com/l/meetup-join/1' };
      await mine.update('Event', event, meeting);
      await options.getByRole('button', { name: /^Undo: remove \d+ field/ }).click();
      await options.getByRole('button', { name: 'Remove them' }).click();
      await expect(options.getByText(`custom_teams_meeting_url on Event stays: ${event} uses it.`)).toBeVisible();
      expect(await site.keepFields()).toEqual([...before, 'Event-custom_teams_meeting_url'].sort());
      expect((await mine.get('Event', event)).custom_teams_meeting_url).toBe(meeting.custom_teams_meeting_url);
    });

    await test.step('and the rest once it is empty', async () => {
      await (await site.as(site.me)).update('Event', event, { custom_teams_meeting_url: '' });
      await options.getByRole('button', { name: 'Undo: remove 1 field' }).click();
      await options.getByRole('button', { name: 'Remove them' }).click();
      await expect(options.getByText('1 field was removed.')).toBeVisible();
      expect(await site.keepFields()).toEqual(before);
    });
  });

test('a field that is wrong is named, and corrected with consent; what cannot be turned says why', {
  tag: '@desk',
}, async ({ sandbox, person, desk }) => {
  test.setTimeout(240_000);
  const site = await desk();
  const { name: event } = await site.event();
  const [ada] = await administrator(site, person);
  const admin = await site.as(site.admin!);
  const wrongly = { dt: 'Event', label: 'URL', insert_after: 'status' };
  await admin.create('Custom Field', { ...wrongly, fieldname: NAMES[1], fieldtype: 'Data' });
  await admin.create('Custom Field', { ...wrongly, fieldname: NAMES[2], fieldtype: 'Int' });
  await ada.openRecord('Event', event);
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
  await row(options, 'Event', 'custom_join_teams_meeting').getByRole('button').click();
  await expect(options.getByRole('alert')).toContainText('Fieldtype cannot be changed from Int to Button');
});

test('everybody else gets a text for the administrator', { tag: '@desk' }, async ({ sandbox, person, desk }) => {
  const site = await desk(FLAVOURS[0]);
  const { name: event } = await site.event();
  const alice = await person(site.me.email, { flavour: site.flavour });
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await alice.openRecord('Event', event);
  const options = await openOptions(alice, sandbox.extensionId, 'fields');
  const letter = options.getByRole('textbox', { name: 'For your ERPNext administrator' });
  await expect(letter).toHaveValue(/Event: custom_teams_meeting_url \(Missing\)/);
  await expect(letter).not.toHaveValue(/Event: custom_teams_chat_id/);
  await expect(options.getByRole('button', { name: /^Create/ })).toHaveCount(0);
  await options.getByRole('button', { name: 'Copy' }).click();
  await expect(options.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await options.evaluate(() => navigator.clipboard.readText())).toBe(await letter.inputValue());
  const mail = await options.getByRole('link', { name: 'Send by e-mail' }).getAttribute('href');
  expect(decodeURIComponent(mail ?? '')).toContain('Event: custom_teams_meeting_url (Missing)');
});

for (const flavour of FLAVOURS)
  test(`a record duplicated in Desk starts without the chat: ${flavour}`, { tag: '@desk' }, async ({
    person,
    desk,
  }) => {
    test.setTimeout(240_000);
    const site = await desk(flavour);
    const { name } = await site.event({ subject: 'To be copied', custom_teams_chat_id: '19:one@thread.v2' });
    const me = await person(site.me.email, { flavour });
    await me.openRecord('Event', name);
    await me.page.evaluate(() => (window as unknown as { cur_frm: { copy_doc(): void } }).cur_frm.copy_doc());
    await expect(me.page.locator('body')).toHaveAttribute('data-route', /^Form\/Event\/new-event/);
    await me.page.locator('.page-head:visible').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(me.page.locator('body')).toHaveAttribute('data-route', /^Form\/Event\/(?!new-event)/);
    const copy = (await me.page.locator('body').getAttribute('data-route'))!.split('/')[2]!;
    site.made('Event', copy);
    expect(await (await site.as(site.me)).get('Event', copy)).toMatchObject({ subject: 'To be copied' });
    expect([await site.chatField(name), await site.chatField(copy)]).toEqual(['19:one@thread.v2', '']);
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
  test(`the button in the form leads to the meeting, and to Teams alone: ${flavour}`, { tag: '@desk' }, async ({
    person,
    desk,
  }) => {
    test.setTimeout(240_000);
    const site = await desk(flavour);
    const { name: event } = await site.event();
    test.skip(!site.admin, 'No administrator is named.');
    const before = await site.keepFields();
    const admin = await site.as(site.admin!);
    for (const [fieldname, fieldtype] of [
      ['custom_teams_meeting_url', 'Small Text'],
      ['custom_join_teams_meeting', 'Button'],
    ])
      if (!before.includes(`Event-${fieldname}`))
        await admin.create('Custom Field', {
          dt: 'Event',
          fieldname,
          fieldtype,
          insert_after: 'status',
          label: 'Join',
        });
    const alice = await person(site.me.email, { flavour });
    const opened: string[] = [];
    await alice.context.route(/^https:\/\/(teams\.microsoft\.com|evil\.example)\//, (route) => {
      opened.push(route.request().url());
      return route.fulfill({ body: 'there' });
    });
    const join = alice.page.locator('[data-fieldname=custom_join_teams_meeting] button');
    const withUrl = async (url: string) => {
      await (await site.as(site.me)).update('Event', event, { custom_teams_meeting_url: url });
      await alice.openRecord('Event', event);
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

/** An administrator at a browser, and the custom fields that are there; all of it is put back after the test. */
async function administrator(
  site: DeskSite,
  person: (email: string, options?: object) => Promise<Person>,
): Promise<[Person, string[]]> {
  test.skip(!site.admin, 'No administrator is named.');
  const before = await site.keepFields();
  test.skip(
    before.some((name) => !name.endsWith('-custom_teams_chat_id')),
    'This site works with Deskside already: its fields are left alone.',
  );
  return [await person(site.admin!.email, { flavour: site.flavour, password: site.admin!.password }), before];
}

/** A line of the table. */
function row(options: Page, doctype: string, fieldname: string) {
  return options.getByRole('row', { name: new RegExp(`^${doctype} .*${fieldname}`) });
}

async function fieldOf(admin: { get(doctype: string, name: string): Promise<unknown> }, dt: string, fieldname: string) {
  return admin.get('Custom Field', `${dt}-${fieldname}`);
}
