import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { clean } from './fixtures/clean.ts';
import { chatsOf, confirmButton, create, startButton } from './fixtures/creating.ts';
import { expect, test } from './fixtures/desk.ts';

import { forbidComments, openOptions, saveRule, setPolicy } from './fixtures/options.ts';

import { launchers } from './fixtures/places.ts';
import { ALICE, BOB, composer } from './fixtures/talk.ts';

test.use({ throttle: 'off' });

const TASK = 'TASK-2026-00002';
const ORDER = 'SAL-ORD-2026-00001';
const ASSIGNED = {
  titleField: null,
  people: [{ from: 'assignees' as const }, { from: 'owner' as const }],
  dates: null,
};

test('a doctype added in the options: proposed, tried on a record, saved, and there without a reload', async ({
  sandbox,
  control,
  person,
  desk,
}) => {
  test.slow();
  const site = await desk();
  await site.giveField('Task');
  const alice = await person(ALICE);
  await alice.openRecord('Task', TASK);
  await expect(launchers(alice.page)).toHaveCount(0);
  const options = await openOptions(alice, sandbox.extensionId, 'doctypes');

  await test.step('its meta proposes who belongs to it', async () => {
    await options.getByRole('button', { name: 'Add a doctype' }).click();
    await take(options, 'Doctype', 'tas', 'Task');
    await expect(options.getByRole('checkbox', { name: 'Who is assigned to it' })).toBeChecked();
    await expect(options.getByRole('checkbox', { name: 'Who owns the record' })).toBeChecked();
    await expect(options.getByRole('checkbox', { name: 'Completed By (User)' })).toBeChecked();
    await expect(options.getByRole('combobox', { name: 'Title', exact: true })).toHaveValue('subject');
    await expect(options.getByRole('combobox', { name: 'Starts' })).toHaveValue('exp_start_date');
  });

  await test.step('tried on a record it shows title, dates and people with their addresses', async () => {
    await take(options, 'A record of Task', 'print', TASK);
    const preview = options.getByRole('region', { name: 'Try it on a record' });
    await expect(preview).toContainText('Print the programme');
    await expect(preview).toContainText('Dec 3, 2026 to Dec 4, 2026');
    await expect(preview.getByRole('listitem')).toHaveText([/Bob Bhatt.*bob@contoso\.test/, /Alice Anders.*alice@/]);
    await options.getByRole('checkbox', { name: 'Who is assigned to it' }).uncheck();
    await expect(preview.getByRole('listitem')).toHaveCount(1);
    await options.getByRole('checkbox', { name: 'Who is assigned to it' }).check();
    await expect(preview.getByRole('listitem')).toHaveCount(2);
  });

  await test.step('saved, the open form has its panel', async () => {
    await options.getByRole('button', { name: 'Save' }).click();
    await expect(options.getByRole('switch', { name: 'Task' })).toBeChecked();
    await alice.page.bringToFront();
    await expect(launchers(alice.page)).toHaveCount(1);
  });

  await test.step('and its chat has the assignee and the owner', async () => {
    const panel = await alice.openPanel();
    await alice.signIn();
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    const [chat] = await chatsOf(control, TASK);
    expect(chat?.topic).toBe(`Print the programme · ${TASK}`);
    expect(chat?.members.map(({ email }) => email).sort()).toEqual([ALICE, BOB]);
  });

  await test.step('switched off and on, the panel goes and comes', async () => {
    await options.bringToFront();
    await options.getByRole('switch', { name: 'Task' }).click();
    await expect(options.getByRole('switch', { name: 'Task' })).not.toBeChecked();
    await expect(launchers(alice.page)).toBeHidden();
    await options.getByRole('switch', { name: 'Task' }).click();
    await expect(launchers(alice.page)).toBeVisible();
    await options.getByRole('button', { name: 'Remove Task' }).click();
    await expect(options.getByRole('switch', { name: 'Task' })).toHaveCount(0);
    await expect(launchers(alice.page)).toBeHidden();
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

test('a submitted document takes a chat, a cancelled one none, an amended one its predecessor’s', async ({
  control,
  person,
  desk,
}) => {
  test.slow();
  const site = await desk();
  await site.giveField('Sales Order', { allow_on_submit: 1 });
  const erp = await site.as(site.me);
  await erp.call('frappe.desk.form.assign_to.add', { doctype: 'Sales Order', name: ORDER, assign_to: `["${BOB}"]` });
  await erp.update('Sales Order', ORDER, { docstatus: 1 });
  const alice = await person(ALICE);
  await saveRule(alice, { doctype: 'Sales Order', ...ASSIGNED });
  await alice.openRecord('Sales Order', ORDER);
  const panel = await alice.openPanel();
  await alice.signIn();

  await test.step('submitted: created and written', async () => {
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    expect(await chatsOf(control, ORDER)).toHaveLength(1);
    expect(await site.chatField(ORDER, 'Sales Order')).toMatch(/^19:/);
  });
  const chat = await site.chatField(ORDER, 'Sales Order');
  const amended = `${ORDER}-1`;

  await test.step('amended in Desk, which copies the field: shown as what it is, and used once confirmed', async () => {
    await erp.call('frappe.client.cancel', { doctype: 'Sales Order', name: ORDER });
    await alice.page.reload();
    await alice.page.getByRole('button', { name: 'Amend' }).click();
    await alice.page.getByRole('button', { name: 'Save' }).click();
    await expect(alice.page).toHaveURL(new RegExp(`${amended}$`));
    const again = await alice.panel();
    await expect(again.getByText(`This is the chat of ${ORDER}, which this document amends.`)).toBeVisible();
    await again.getByRole('button', { name: 'Yes, this is the right chat' }).click();
    await expect(composer(again)).toBeVisible();
  });

  await test.step('amended without the field: its predecessor’s chat is offered, and linked by an ordinary write', async () => {
    await erp.update('Sales Order', amended, { custom_teams_chat_id: '' });
    await alice.page.reload();
    const again = await alice.panel();
    await expect(again.getByText(`The document this one amends, ${ORDER}, has a chat`)).toBeVisible();
    await expect(startButton(again)).toBeEnabled();
    await again.getByRole('button', { name: 'Use that chat' }).click();
    await expect(composer(again)).toBeVisible();
    expect(await site.chatField(amended, 'Sales Order')).toBe(chat);
    expect(await chatsOf(control, amended)).toHaveLength(0);
  });

  await test.step('cancelled without a chat: none can be made where comments are forbidden', async () => {
    await forbidComments(alice);
    const { name } = await erp.create('Sales Order', { customer: 'Fabrikam Ltd', transaction_date: '2026-11-21' });
    await erp.update('Sales Order', name, { docstatus: 1 });
    await erp.call('frappe.client.cancel', { doctype: 'Sales Order', name });
    await alice.openRecord('Sales Order', name);
    const again = await alice.panel();
    await expect(again.getByText('This document is cancelled')).toBeVisible();
    await startButton(again).click({ force: true });
    await expect(confirmButton(again)).toHaveCount(0);
  });
});

/** Types into a search of ERPNext and takes the hit of this value. */
async function take(page: Page, label: string, text: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(text);
  await page.getByRole('option', { name: new RegExp(`^${value}`) }).click();
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
