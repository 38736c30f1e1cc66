import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { assign, makeOrder, RECORDS } from './fixtures/any-record.ts';
import { clean } from './fixtures/clean.ts';
import { chatsOf, confirmButton, create, openBeside, startButton } from './fixtures/creating.ts';
import { expect, test } from './fixtures/desk.ts';
import { forbidComments, openOptions, saveRule, setPolicy } from './fixtures/options.ts';
import { launchers } from './fixtures/places.ts';
import { ALICE, composer } from './fixtures/talk.ts';

test.use({ throttle: 'off' });

const TASK = 'TASK-2026-00002';
const ASSIGNED = {
  titleField: null,
  people: [{ from: 'assignees' as const }, { from: 'owner' as const }],
  dates: null,
};

for (const [what, makeRecord] of Object.entries(RECORDS))
  test(`a doctype added in the options is proposed by its meta and tried on a record: ${what}`, {
    tag: '@desk',
  }, async ({ sandbox, person, desk }) => {
    test.setTimeout(240_000);
    const site = await desk();
    const record = await makeRecord(site);
    test.skip(!record, `This ERPNext has no ${what} that ${site.me.email} may make.`);
    const { doctype, name, title, titleField, startField, ticked, offered = [], people } = record!;
    const me = await person(site.me.email, { flavour: site.flavour });
    await me.openRecord(doctype, name);
    const options = await openOptions(me, sandbox.extensionId, 'doctypes');

    await test.step('its meta proposes who belongs to it, its title and its dates', async () => {
      await options.getByRole('button', { name: 'Add a doctype' }).click();
      await take(options, 'Doctype', doctype, doctype);
      for (const box of ticked) await expect(options.getByRole('checkbox', { name: box, exact: true })).toBeChecked();
      for (const box of offered)
        await expect(options.getByRole('checkbox', { name: box, exact: true })).not.toBeChecked();
      await expect(options.getByRole('combobox', { name: 'Title', exact: true })).toHaveValue(titleField);
      await expect(options.getByRole('combobox', { name: 'Starts' })).toHaveValue(startField);
    });

    await test.step('tried on a record it shows the title and people with their addresses', async () => {
      await take(options, `A record of ${doctype}`, name, name);
      const preview = options.getByRole('region', { name: 'Try it on a record' });
      await expect(preview.getByRole('definition').first()).toHaveText(title);
      for (const email of [...people, site.me.email])
        await expect(preview.getByRole('listitem').filter({ hasText: email })).toHaveCount(1);
      await expect(options.getByText('This doctype has no place for the chat yet')).toBeVisible();
    });

    await test.step('saved, the form has its panel; removed, it has none', async () => {
      await options.getByRole('button', { name: 'Save' }).click();
      await expect(options.getByRole('switch', { name: doctype })).toBeChecked();
      await me.page.bringToFront();
      await expect(launchers(me.page)).toBeVisible();
      await options.bringToFront();
      await options.getByRole('button', { name: `Remove ${doctype}` }).click();
      await expect(options.getByRole('switch', { name: doctype })).toHaveCount(0);
      await expect(launchers(me.page)).toBeHidden();
    });
  });

test('the chat of a doctype added in the options has its assignees and its owner', { tag: '@desk' }, async ({
  sandbox,
  control,
  person,
  desk,
}) => {
  test.setTimeout(240_000);
  const site = await desk();
  const task = await RECORDS.Task!(site);
  test.skip(!task, `This ERPNext has no Task that ${site.me.email} may make.`);
  const { name, title } = task!;
  await site.giveField('Task');
  const me = await person(site.me.email, { flavour: site.flavour });
  await me.openRecord('Task', name);
  await expect(launchers(me.page)).toHaveCount(0);
  const options = await openOptions(me, sandbox.extensionId, 'doctypes');
  await options.getByRole('button', { name: 'Add a doctype' }).click();
  await take(options, 'Doctype', 'Task', 'Task');
  await take(options, 'A record of Task', name, name);
  const preview = options.getByRole('region', { name: 'Try it on a record' });
  // Days until v15, times since.
  await expect(preview).toContainText(/Jan 10, 2030.* to Jan 11, 2030/);

  await test.step('who is unticked is not among its people', async () => {
    await expect(preview.getByRole('listitem')).toHaveCount(2);
    await options.getByRole('checkbox', { name: 'Who is assigned to it' }).uncheck();
    await expect(preview.getByRole('listitem')).toHaveCount(1);
    await options.getByRole('checkbox', { name: 'Who is assigned to it' }).check();
    await expect(preview.getByRole('listitem')).toHaveCount(2);
  });
  await options.getByRole('button', { name: 'Save' }).click();
  await expect(options.getByRole('switch', { name: 'Task' })).toBeChecked();

  await test.step('the open form has its panel without a reload, and its chat has both', async () => {
    await me.page.bringToFront();
    const panel = await me.openPanel();
    await me.signIn();
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    const [chat] = await chatsOf(control, name);
    expect(chat?.topic).toBe(`${title} · ${name}`);
    expect(chat?.members.map(({ email }) => email).sort()).toEqual([site.me.email, site.colleague.email].sort());
    expect(await site.chatField(name, 'Task')).toBe(chat?.id);
  });

  await test.step('switched off and on, the panel goes and comes', async () => {
    await options.bringToFront();
    await options.getByRole('switch', { name: 'Task' }).click();
    await expect(options.getByRole('switch', { name: 'Task' })).not.toBeChecked();
    await expect(launchers(me.page)).toBeHidden();
    await options.getByRole('switch', { name: 'Task' }).click();
    await expect(launchers(me.page)).toBeVisible();
  });
});

test('who stands behind a link that one may not read is said as such, and nothing else fails', async ({
  sandbox,
  person,
}) => {
  const alice = await person(ALICE);
  await alice.openRecord('Event', 'EV00001');
  const options = await openOptions(alice, sandbox.extensionId, 'doctypes');
  await options.getByRole('button', { name: 'Add a doctype' }).click();
  await take(options, 'Doctype', 'site', 'Site Visit');
  await expect(options.getByRole('checkbox', { name: 'Rows of “Team”: Employee (Employee)' })).toBeChecked();
  await take(options, 'A record of Site Visit', 'visit', 'VISIT-0001');
  const preview = options.getByRole('region', { name: 'Try it on a record' });
  // The host and the only row are the same employee.
  await expect(preview.getByRole('listitem')).toHaveText([
    /Alice Anders.*alice@contoso\.test/,
    /Carol Chen.*No e-mail known to you: you may not read Employee HR-EMP-00001/,
    /HR-EMP-00001.*No e-mail known to you/,
  ]);
  await expect(options.getByText('This doctype has no place for the chat yet')).toBeVisible();
});

test('rows of another doctype, and one that is not there, are no doctypes to add', async ({ sandbox, person }) => {
  const alice = await person(ALICE);
  await alice.openRecord('Event', 'EV00001');
  const options = await openOptions(alice, sandbox.extensionId, 'doctypes');
  await options.getByRole('button', { name: 'Add a doctype' }).click();
  await options.getByRole('combobox', { name: 'Doctype' }).fill('project');
  await expect(options.getByRole('listbox').getByRole('option')).toHaveText([
    /^Project.*In the list already/,
    /^Project Type/,
  ]);
  await options.getByRole('combobox', { name: 'Doctype' }).fill('nonsense');
  await expect(options.getByText('Nothing found')).toBeVisible();
});

test('rules travel in a file, in our form and in the older one', async ({ sandbox, person }) => {
  const alice = await person(ALICE);
  const options = await openOptions(alice, sandbox.extensionId, 'doctypes');
  const exported = async (button: string) => {
    const download = options.waitForEvent('download');
    await options.getByRole('button', { name: button, exact: true }).click();
    return JSON.parse(await readFile(await (await download).path(), 'utf8'));
  };
  const imported = (text: string) =>
    options.locator('input[type=file]').setInputFiles({
      name: 'rules.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  expect(await exported('Export participants only')).toEqual({
    Event: { participants_field: 'event_participants', email_field: 'email', subject_field: 'subject' },
    Project: { participants_field: 'users', email_field: 'email', subject_field: 'project_name' },
  });
  await imported(
    '{"Visit": {"participants_field": "team", "email_field": "mail"}, "<b>": {"participants_field": "x"}}',
  );
  await expect(options.getByText('1 doctype was imported. These could not be read: <b>.')).toBeVisible();
  await expect(options.getByRole('switch', { name: 'Visit' })).toBeChecked();
  const file = await exported('Export');
  expect(file.doctypes.map(({ doctype }: { doctype: string }) => doctype)).toEqual(['Event', 'Project', 'Visit']);
  await options.getByRole('button', { name: 'Remove Visit' }).click();
  await imported(JSON.stringify(file));
  await expect(options.getByRole('switch', { name: 'Visit' })).toBeChecked();
  await imported('no rules at all');
  await expect(options.getByRole('alert')).toContainText('This file holds no doctypes');
});

test('what a policy sets holds for everybody and cannot be switched off', async ({ sandbox, person, desk }) => {
  const site = await desk();
  await site.giveField('Task');
  const alice = await person(ALICE);
  await alice.openRecord('Task', TASK);
  await expect(launchers(alice.page)).toHaveCount(0);
  await setPolicy(alice, { doctypes: [{ doctype: 'Task', titleField: 'subject', people: ASSIGNED.people }] });
  const options = await openOptions(alice, sandbox.extensionId, 'doctypes');
  const task = options.getByRole('switch', { name: 'Task' });
  await expect(task).toBeChecked();
  await expect(task).toBeDisabled();
  await expect(options.getByText('Set by your organisation.')).toBeVisible();
  await expect(options.getByRole('button', { name: 'Edit Task' })).toHaveCount(0);
  await expect(launchers(alice.page)).toBeVisible();
});

test('a submitted document takes a chat, a cancelled one none, an amended one its predecessor’s', {
  tag: '@desk',
}, async ({ control, person, desk }) => {
  test.setTimeout(300_000);
  const site = await desk();
  test.skip(!site.admin, 'No administrator is named.');
  const fields = await site.keepFields();
  test.skip(fields.includes('Sales Order-custom_teams_chat_id'), 'Its field is there already, and left alone.');
  const order = await makeOrder(site);
  test.skip(!order, `This ERPNext has no Sales Order that ${site.me.email} may make.`);
  const { name } = order!;
  await assign(site, 'Sales Order', { name }, site.colleague.email);
  const erp = await site.as(site.me);

  await test.step('the administrator makes its field by the panel’s button, fit for submitted documents', async () => {
    const admin = await person(site.admin!.email, { flavour: site.flavour, password: site.admin!.password });
    await saveRule(admin, { doctype: 'Sales Order', ...ASSIGNED });
    const panel = await openBeside(admin, 'Sales Order', name, site.me.email);
    await panel.getByRole('button', { name: 'Write as this person' }).click();
    await panel.getByRole('button', { name: 'Create the field' }).click();
    await expect(panel.getByRole('button', { name: 'Create the field' })).toHaveCount(0);
    const field = await (await site.as(site.admin!)).get('Custom Field', 'Sales Order-custom_teams_chat_id');
    expect(field).toMatchObject({ allow_on_submit: 1, no_copy: 1 });
    await admin.close();
  });
  await erp.update('Sales Order', name, { docstatus: 1 });
  const me = await person(site.me.email, { flavour: site.flavour });
  await saveRule(me, { doctype: 'Sales Order', ...ASSIGNED });
  const panel = await openBeside(me, 'Sales Order', name);

  await test.step('submitted: created and written', async () => {
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    expect(await chatsOf(control, name)).toHaveLength(1);
    expect(await site.chatField(name, 'Sales Order')).toMatch(/^19:/);
  });
  const chat = await site.chatField(name, 'Sales Order');
  const amended = `${name}-1`;

  await test.step('amended in Desk, which copies the field: shown as what it is, and used once confirmed', async () => {
    await erp.call('frappe.client.cancel', { doctype: 'Sales Order', name });
    await me.page.reload();
    await me.page.locator('.page-head:visible').getByRole('button', { name: 'Amend' }).click();
    site.made('Sales Order', amended);
    await me.page.locator('.page-head:visible').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(me.page).toHaveURL(new RegExp(`${amended}$`));
    const again = await me.panel();
    await expect(again.getByText(`This is the chat of ${name}, which this document amends.`)).toBeVisible();
    await again.getByRole('button', { name: 'Yes, this is the right chat' }).click();
    await expect(composer(again)).toBeVisible();
  });

  await test.step('amended without the field: its predecessor’s chat is offered, and linked by an ordinary write', async () => {
    await erp.update('Sales Order', amended, { custom_teams_chat_id: '' });
    await me.page.reload();
    const again = await me.panel();
    await expect(again.getByText(`The document this one amends, ${name}, has a chat`)).toBeVisible();
    await expect(startButton(again)).toBeEnabled();
    await again.getByRole('button', { name: 'Use that chat' }).click();
    await expect(composer(again)).toBeVisible();
    expect(await site.chatField(amended, 'Sales Order')).toBe(chat);
    expect(await chatsOf(control, amended)).toHaveLength(0);
  });

  await test.step('cancelled without a chat: none can be made where comments are forbidden', async () => {
    await forbidComments(me);
    const { name: other } = (await makeOrder(site))!;
    await erp.update('Sales Order', other, { docstatus: 1 });
    await erp.call('frappe.client.cancel', { doctype: 'Sales Order', name: other });
    await me.openRecord('Sales Order', other);
    const again = await me.panel();
    await expect(again.getByText('This document is cancelled')).toBeVisible();
    await startButton(again).click({ force: true });
    await expect(confirmButton(again)).toHaveCount(0);
  });
});

/** Types into a search of ERPNext and takes the hit of this value. */
async function take(page: Page, label: string, text: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(text);
  await page
    .getByRole('option')
    .filter({ has: page.getByText(value, { exact: true }) })
    .first()
    .click();
}

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing to mend in the options: ${theme}`, async ({ sandbox, person }) => {
    const ada = await person('admin@contoso.test', { theme });
    await ada.openRecord('Event', 'EV00001');
    const options = await openOptions(ada, sandbox.extensionId, 'doctypes');
    await expect(options.getByRole('switch', { name: 'Event' })).toBeVisible();
    await clean(options, 'the list');
    await options.getByRole('button', { name: 'Add a doctype' }).click();
    await options.getByRole('combobox', { name: 'Doctype' }).fill('opp');
    await expect(options.getByRole('listbox')).toBeVisible();
    await clean(options, 'the search');
    await options.keyboard.press('Enter');
    await take(options, 'A record of Opportunity', 'fab', 'CRM-OPP-2026-00001');
    await expect(options.getByText('dora@fabrikam.test')).toBeVisible();
    await clean(options, 'the editor');
    await options.goto(`chrome-extension://${sandbox.extensionId}/options.html#fields`);
    await expect(options.getByRole('button', { name: /^Create/ })).toBeVisible();
    await clean(options, 'the fields');
  });
