import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import type { Sandbox } from '../sandbox/start.ts';
import { stableGuid } from '../sandbox/tenant/people.ts';
import { confirmButton, lookAtPeople, openBeside } from './fixtures/creating.ts';
import { type Control, expect, type Person, test, userRow } from './fixtures/desk.ts';

test.describe.configure({ timeout: 240_000 });

const ADMIN = 'admin@contoso.test';
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
/** The users of the sandbox's ERPNext that are people. */
const SEEDED = 269;

async function openPeople(sandbox: Sandbox, person: Person): Promise<Page> {
  // Through a tab of the site ERPNext is reached, as whoever is logged in there.
  await person.page.goto(`${person.site}/app`);
  const page = await person.context.newPage();
  await page.goto(`chrome-extension://${sandbox.extensionId}/options.html#people`);
  const signIn = page.getByRole('button', { name: 'Sign in with Microsoft' });
  const start = page.getByRole('button', { name: /^Sync (Azure IDs|again)$/ });
  await expect(signIn.or(start).first()).toBeVisible();
  if (await signIn.isVisible()) {
    const window = person.context.waitForEvent('page');
    await signIn.click();
    await passMicrosoft(await window, { account: person.email });
  }
  await expect(start).toBeVisible();
  return page;
}

const startButton = (page: Page) => page.getByRole('button', { name: /^Sync (Azure IDs|again)$/ });
const progress = (page: Page) => page.getByRole('progressbar');
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const search = (page: Page, text: string) => page.getByRole('searchbox', { name: 'Name or address' }).fill(text);

/** Until the run that was started is over. */
async function finished(page: Page): Promise<void> {
  // Off from the click until the run is on screen, and gone until that is over.
  await expect(startButton(page)).toBeEnabled({ timeout: 120_000 });
  await expect(progress(page)).toHaveCount(0);
}

async function setWriting(page: Page, on: boolean): Promise<void> {
  const box = page.getByRole('switch', { name: 'Write the IDs into ERPNext' });
  if ((await box.isChecked()) !== on) await box.click();
  await expect(box).toBeChecked({ checked: on });
}

async function batches(control: Control): Promise<number> {
  return (await control.requests()).filter((r) => r.service === 'graph' && r.url.includes('$batch')).length;
}

async function writes(control: Control): Promise<string[]> {
  const all = await control.requests();
  return all.filter((r) => r.method === 'PUT' && r.url.includes('/api/resource/User/')).map((r) => r.url);
}

/** The field that holds the ids, as an administrator makes it. */
async function makeField(admin: Person): Promise<void> {
  await admin.erp.create('Custom Field', {
    dt: 'User',
    fieldname: 'azure_object_id',
    label: 'Azure Object ID',
    fieldtype: 'Data',
    insert_after: 'email',
    no_copy: 1,
  });
}

test('a company is looked up page by page, goes on where a dead worker left it, and is corrected by hand', async ({
  sandbox,
  control,
  person,
}) => {
  const staff = 450;
  const pages = Math.ceil((SEEDED + staff) / 300);
  await control.hireStaff(staff);
  const admin = await person(ADMIN);
  const page = await openPeople(sandbox, admin);

  await test.step('what it costs is said before it starts', async () => {
    await expect(page.getByText(`${SEEDED + staff} enabled users.`)).toBeVisible();
    await expect(page.getByText(`at most ${2 * pages} requests to Microsoft`)).toBeVisible();
    await expect(page.getByText('seen only with the permission User.Read.All')).toBeVisible();
    await setWriting(page, false);
  });
  await test.step('the worker dies in the middle, and the next one goes on', async () => {
    await control.clearRequests();
    // Slow enough to be met in the middle.
    await control.faults({ service: 'graph', match: 'POST /$batch', delay: 700 });
    await startButton(page).click();
    await expect(progress(page)).toBeVisible();
    await expect.poll(() => batches(control)).toBeGreaterThanOrEqual(3);
    await admin.killWorker();
    await page.reload();
    await expect(progress(page)).toBeVisible();
    await finished(page);
    await control.clearFaults();
    // What the dead worker had asked for and not noted is asked for once more, and no page besides.
    expect(await batches(control)).toBeLessThanOrEqual(2 * pages + 2);
    expect(await writes(control)).toEqual([]);
  });
  await test.step('the table holds everybody, a page of it at a time', async () => {
    await expect(page.getByText(`1–100 of ${SEEDED + staff}`)).toBeVisible();
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.getByText(`101–200 of ${SEEDED + staff}`)).toBeVisible();
    await page.getByRole('button', { name: 'State' }).click();
    await expect(page.getByRole('columnheader', { name: 'State' })).toHaveAttribute('aria-sort', 'ascending');
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Ambiguous (4)' });
    await expect(page.getByRole('row')).toHaveCount(5);
  });
  await test.step('an ambiguous one is chosen', async () => {
    await search(page, 'staff0157');
    await rowOf(page, 'Staff 0157').getByRole('button', { name: 'Who is Staff 0157?' }).click();
    await expect(page.getByRole('heading', { name: 'Who is Staff 0157?' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Who is Staff 0157?' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'This is Staff 0157 (shared)' }).click();
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: `All (${SEEDED + staff})` });
    await expect(rowOf(page, 'Staff 0157')).toContainText('Mapped');
    await expect(rowOf(page, 'Staff 0157')).toContainText('Chosen by you');
  });
  await test.step('one who was not found is searched for', async () => {
    await search(page, 'crew001');
    await expect(rowOf(page, 'Crew 001')).toContainText('Not found');
    await rowOf(page, 'Crew 001').getByRole('button', { name: 'Who is Crew 001?' }).click();
    await page.getByRole('searchbox', { name: 'Search in Microsoft 365' }).fill('quent qui');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('button', { name: 'This is Quentin Quick' }).click();
    await expect(rowOf(page, 'Crew 001')).toContainText('quentin.quick@contoso.test');
  });
  await test.step('the file holds what is shown', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [head, line, rest] = text.split('\r\n');
    expect(head).toContain('ERPNext user,E-mail,State,Microsoft account');
    expect(line).toContain(`Crew 001,crew001@contoso.test,Mapped,Quentin Quick`);
    expect(rest).toBe('');
  });
  await test.step('what a person said outlives the next run', async () => {
    await startButton(page).click();
    await finished(page);
    await search(page, 'crew001');
    await expect(rowOf(page, 'Crew 001')).toContainText('Chosen by you');
  });
});

test('with User.Read.All it shows whose account is disabled, who uses an alias, and who left', async ({
  sandbox,
  control,
  person,
}) => {
  await control.hireStaff(100);
  await control.tenant({ adminConsented: ['User.Read.All'] });
  const admin = await person(ADMIN);
  const page = await openPeople(sandbox, admin);
  await expect(page.getByText('seen only with the permission')).toHaveCount(0);
  await setWriting(page, false);
  await startButton(page).click();
  await finished(page);
  await search(page, 'staff');
  await expect(page.getByText('1–100 of 100')).toBeVisible();
  await expect(rowOf(page, 'Staff 0077')).toContainText('Disabled');
  await expect(rowOf(page, 'Staff 0083')).toContainText('Another address of theirs');
  await expect(rowOf(page, 'Staff 0013')).toContainText('Guest, Enabled');
  expect(await batches(control)).toBeLessThanOrEqual(2 * Math.ceil((SEEDED + 100) / 300) + 1);

  await control.tenant({ leaves: 'staff0001@contoso.test' });
  await startButton(page).click();
  await finished(page);
  await expect(rowOf(page, 'Staff 0001')).toContainText('Left the company');
});

test('a run is cancelled; what was found by then stays', async ({ sandbox, control, person }) => {
  await control.hireStaff(100);
  const admin = await person(ADMIN);
  const page = await openPeople(sandbox, admin);
  await setWriting(page, false);
  await control.faults({ service: 'graph', match: 'POST /$batch', skip: 2, delay: 6_000 });
  await startButton(page).click();
  await expect(page.getByText(`Looking people up: 300 of ${SEEDED + 100}`)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await finished(page);
  await expect(page.getByText('1–100 of 300')).toBeVisible();
  const asked = await batches(control);
  await control.clearFaults();
  await page.waitForTimeout(3_000);
  expect(await batches(control), 'nothing is asked for any more').toBe(asked);
});

test('the ids are written into ERPNext once, where one may: an administrator all, anybody else their own', async ({
  sandbox,
  control,
  person,
}) => {
  const admin = await person(ADMIN);
  const page = await openPeople(sandbox, admin);
  await expect(page.getByText('have no field azure_object_id')).toBeVisible();
  await makeField(admin);
  await page.reload();
  await setWriting(page, true);
  await startButton(page).click();
  await finished(page);
  const idIn = async (user: string) => (await admin.erp.get('User', user)).azure_object_id;
  expect(await idIn(BOB)).toBe(stableGuid(BOB));
  expect(await idIn('crew001@contoso.test')).toBeFalsy();
  const first = await writes(control);
  expect(new Set(first).size).toBe(first.length);
  expect(first.length).toBeGreaterThan(8);
  await search(page, BOB);
  await expect(rowOf(page, 'Bob Bhatt')).toContainText('Written');

  await test.step('a second time there is nothing to write', async () => {
    await startButton(page).click();
    await finished(page);
    expect(await writes(control)).toHaveLength(first.length);
  });
  await test.step('what somebody else wrote meanwhile is not overwritten, and shown', async () => {
    await admin.erp.update('User', BOB, { azure_object_id: stableGuid(ALICE) });
    await startButton(page).click();
    await finished(page);
    expect(await idIn(BOB)).toBe(stableGuid(ALICE));
    await search(page, BOB);
    await expect(rowOf(page, 'Bob Bhatt')).toContainText('ERPNext names Alice Anders');
    await rowOf(page, 'Bob Bhatt').getByRole('button', { name: 'Who is Bob Bhatt?' }).click();
    await page.getByRole('button', { name: 'This is Bob Bhatt' }).click();
    await expect.poll(() => idIn(BOB)).toBe(stableGuid(BOB));
  });
  await test.step('somebody without rights writes their own alone', async () => {
    await admin.erp.update('User', ALICE, { azure_object_id: '' });
    await admin.erp.update('User', BOB, { azure_object_id: '' });
    const alice = await person(ALICE);
    const own = await openPeople(sandbox, alice);
    await expect(own.getByText('You may write your own user only.')).toBeVisible();
    await setWriting(own, true);
    await startButton(own).click();
    await finished(own);
    expect(await idIn(ALICE)).toBe(stableGuid(ALICE));
    expect(await idIn(BOB)).toBeFalsy();
    await search(own, BOB);
    await expect(rowOf(own, 'Bob Bhatt')).toContainText('Not yet');
  });
});

test('a forged azure_object_id is not believed when a chat is made', async ({ control, desk, person }) => {
  const site = await desk();
  const quentin = stableGuid('quentin.quick@contoso.test');
  const admin = await person(ADMIN);
  await makeField(admin);
  await (await site.as(site.colleague)).update('User', BOB, { azure_object_id: quentin });
  // Nobody at Microsoft answers to this one's address.
  await admin.erp.update('User', 'crew001@contoso.test', { azure_object_id: stableGuid('rosa.rossi@contoso.test') });
  const event = await site.event({
    event_participants: [ALICE, BOB, 'crew001@contoso.test'].map((email) => userRow(email)),
  });
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Event', event.name);
  await lookAtPeople(panel);
  const line = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  await expect(line('Bob Bhatt')).toContainText('ERPNext names another Microsoft account: Quentin Quick');
  await expect(line('Bob Bhatt').getByRole('checkbox')).toBeChecked();
  await expect(line('crew001@contoso.test')).toContainText('Rosa Rossi');
  await expect(line('crew001@contoso.test').getByRole('checkbox')).toBeDisabled();
  await expect(confirmButton(panel)).toHaveText('Create chat with 1 person');

  await test.step('somebody who knows better says so, and only then they are added', async () => {
    await panel.getByRole('button', { name: 'It is right: Rosa Rossi' }).click();
    await expect(confirmButton(panel)).toHaveText('Create chat with 2 people');
    await confirmButton(panel).click();
    const chats = async () => (await control.state()).chats.filter((chat) => chat.topic?.endsWith(event.name));
    await expect.poll(async () => (await chats()).length).toBe(1);
    const members = (await chats())[0]!.members.map((member) => member.email).sort();
    expect(members).toEqual([ALICE, BOB, 'rosa.rossi@contoso.test']);
  });
});
