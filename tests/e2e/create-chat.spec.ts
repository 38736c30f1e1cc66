import type { Frame } from '@playwright/test';
import { stableGuid } from '../sandbox/tenant/people.ts';
import { chatsOf, confirmButton, create, lookAtPeople, openBeside, startButton, written } from './fixtures/creating.ts';
import { type Control, expect, test, userRow } from './fixtures/desk.ts';
import { forbidComments } from './fixtures/options.ts';
import { composer } from './fixtures/talk.ts';

test.describe.configure({ timeout: 300_000 });

const lineOf = (panel: Frame, name: string | RegExp) => panel.getByRole('listitem').filter({ hasText: name });
const problem = (panel: Frame, text: string | RegExp) => panel.getByText(text).first();

interface ChatOrder {
  topic: string;
  members: { roles: string[]; 'user@odata.bind': string }[];
}

/** The bodies of all POST /chats so far. */
async function orders(control: Control): Promise<ChatOrder[]> {
  const all = await control.requests();
  return all.filter((r) => r.method === 'POST' && r.url.endsWith('/v1.0/chats')).map((r) => r.body as ChatOrder);
}

/** Writes to ERPNext's records so far. */
async function saves(control: Control): Promise<string[]> {
  const all = await control.requests();
  return all.filter((r) => r.service === 'erpnext' && r.method === 'PUT').map((r) => r.url);
}

test('the confirmation says of everybody whether they come, and one POST takes exactly the chosen', async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Event', 'EV00003');

  await test.step('each of the record’s people once, with what Microsoft knows', async () => {
    await lookAtPeople(panel);
    await expect(panel.getByRole('listitem')).toHaveCount(6);
    await expect(lineOf(panel, 'Alice Anders')).toContainText('(you)');
    await expect(lineOf(panel, 'Alice Anders').getByRole('checkbox')).toBeDisabled();
    await expect(lineOf(panel, 'Bob Bhatt').getByRole('checkbox')).toBeChecked();
    await expect(lineOf(panel, 'Erin External')).toContainText('Guest');
    await expect(lineOf(panel, 'HR-EMP-00001')).toContainText('No e-mail');
    await expect(lineOf(panel, 'dora@fabrikam.test')).toContainText('Not found');
    await expect(lineOf(panel, 'lee@northwind.test')).toContainText('Not found');
    await expect(confirmButton(panel)).toHaveText('Create chat with 2 people');
  });
  await test.step('somebody is left out, the rest is in the chat', async () => {
    await lineOf(panel, 'Bob Bhatt').getByRole('checkbox').uncheck();
    await confirmButton(panel).click();
    await expect(composer(panel)).toBeVisible();
    const [order, ...more] = await orders(control);
    expect(more).toEqual([]);
    expect(order?.topic).toBe('Fabrikam kickoff · EV00003');
    const roles = Object.fromEntries(
      order?.members.map((m) => [m['user@odata.bind'].match(/'(.+)'/)?.[1], m.roles.join()]) ?? [],
    );
    expect(roles).toEqual({
      [stableGuid('alice@contoso.test')]: 'owner',
      [stableGuid('erin@partner.example in contoso.test')]: 'guest',
    });
  });
  await test.step('the record holds the id, after two saves, and the first message leads back to it', async () => {
    const [chat] = await chatsOf(control, 'EV00003');
    expect(await site.chatField('EV00003')).toBe(chat?.id);
    expect(await saves(control)).toHaveLength(2);
    await expect.poll(async () => written((await chatsOf(control, 'EV00003'))[0]!).length).toBe(1);
    const [first] = written((await chatsOf(control, 'EV00003'))[0]!);
    expect(first).toContain(`href="${site.origin}/app/event/EV00003"`);
    expect(first).toContain('Fabrikam kickoff');
  });

  await test.step('one person under three spellings is one member', async () => {
    const { name } = await site.event({
      subject: 'Spellings: a, b',
      event_participants: [
        userRow(site.me.email),
        userRow(site.colleague.email),
        { ...userRow(site.colleague.email), email: 'BOB@Contoso.TEST' },
        { reference_doctype: 'Contact', reference_docname: 'Bob Bhatt', email: ' bob@contoso.test ' },
      ],
    });
    await openBeside(alice, 'Event', name);
    const again = await alice.panel();
    await lookAtPeople(again);
    await expect(again.getByRole('listitem')).toHaveCount(2);
    await confirmButton(again).click();
    await expect(composer(again)).toBeVisible();
    const order = (await orders(control)).at(-1);
    expect(order?.topic).toBe(`Spellings a, b · ${name}`);
    expect(order?.members.map((m) => m['user@odata.bind'].match(/'(.+)'/)?.[1])).toEqual([
      stableGuid('alice@contoso.test'),
      stableGuid('bob@contoso.test'),
    ]);
  });

  await test.step('nobody else: the button is off and says why', async () => {
    const before = (await orders(control)).length;
    const alone = await openBeside(alice, 'Event', 'EV00007');
    await lookAtPeople(alone);
    await expect(problem(alone, 'There is nobody else to talk to yet')).toBeVisible();
    await expect(confirmButton(alone)).toBeDisabled();
    expect(await orders(control)).toHaveLength(before);
  });

  await test.step('an address of two people waits for a choice', async () => {
    const { name } = await site.event({
      subject: 'Which Chris',
      event_participants: [{ ...userRow('chris.miller@contoso.test'), email: 'chris.miller@contoso.test' }],
    });
    const person = (alias: string, mail: string, userPrincipalName: string) => ({
      id: stableGuid(`${alias}@contoso.test`),
      displayName: 'Chris Miller',
      mail,
      userPrincipalName,
    });
    const body = {
      value: [
        person('chris.miller', 'chris.miller@contoso.test', 'cm1@contoso.test'),
        person('cmiller2', 'cmiller2@contoso.test', 'chris.miller@contoso.test'),
      ],
    };
    await control.faults({ match: 'GET /users$', status: 200, body });
    const which = await openBeside(alice, 'Event', name);
    await lookAtPeople(which);
    await expect(confirmButton(which)).toBeDisabled();
    await lineOf(which, 'Several people have this address').getByRole('combobox').selectOption({ index: 2 });
    await expect(confirmButton(which)).toBeEnabled();
    await confirmButton(which).click();
    await expect(composer(which)).toBeVisible();
    const [chat] = await chatsOf(control, name);
    expect(chat?.members.map((m) => m.email)).toEqual([site.me.email, 'cmiller2@contoso.test']);
  });
});

test('a member whom Microsoft refuses is named and can be left out', async ({ control, desk, person }) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Project', 'PROJ-0002');
  await create(panel);
  await expect(problem(panel, 'Microsoft would not take Frank Fischer into the chat')).toBeVisible();
  expect((await control.state()).chats).toEqual([]);
  // The claim is given back: colleagues need not wait for it.
  await expect.poll(() => site.chatField('PROJ-0002', 'Project')).toBe('');
  await panel.getByRole('button', { name: 'Create without Frank Fischer' }).click();
  await expect(composer(panel)).toBeVisible();
  const [chat, ...more] = await chatsOf(control, 'PROJ-0002');
  expect(more).toEqual([]);
  expect(chat?.members.map((m) => m.email).sort()).toEqual(
    ['alice', 'bob', 'chris.miller', 'cmiller2', 'dana.diaz', 'limited', 'shopfloor'].map((n) => `${n}@contoso.test`),
  );
  expect(await site.chatField('PROJ-0002', 'Project')).toBe(chat?.id);
});

test('more people than a chat takes: the first 250, and nobody more', async ({ control, desk, person }) => {
  const site = await desk();
  await control.tenant({ hireCrew: 257 });
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Project', 'PROJ-BIG');
  await lookAtPeople(panel);
  await expect(panel.getByRole('listitem')).toHaveCount(260);
  await expect(confirmButton(panel)).toHaveText('Create chat with 249 people');
  await lineOf(panel, 'crew257@contoso.test').getByRole('checkbox').check();
  await expect(panel.getByText('A chat holds at most 250 people. Leave out 1 more.')).toBeVisible();
  await expect(confirmButton(panel)).toBeDisabled();
  await lineOf(panel, 'Carol Chen').getByRole('checkbox').uncheck();
  await confirmButton(panel).click();
  await expect(composer(panel)).toBeVisible({ timeout: 60_000 });
  const [order] = await orders(control);
  expect(order?.members).toHaveLength(250);
  const members = (await chatsOf(control, 'PROJ-BIG'))[0]?.members.map((m) => m.email);
  expect(members).toContain('crew257@contoso.test');
  expect(members).not.toContain('carol@contoso.test');
  // A crowd is looked up in bulk, without a request for each face.
  const photos = (await control.requests()).filter((r) => r.url.includes('/photos/'));
  expect(photos.length).toBeLessThan(10);
});

for (const flavour of ['v15', 'v16']) {
  test(`who may read and not write is told so where comments are forbidden, and nothing is made: ${flavour}`, async ({
    control,
    desk,
    person,
  }) => {
    const site = await desk(flavour);
    const bob = await person(site.colleague.email, { flavour });
    await forbidComments(bob);
    const panel = await openBeside(bob, 'Event', 'EV00002');
    await expect(problem(panel, 'You may read this Event, but not change it')).toBeVisible();
    await expect(problem(panel, /Ask Alice Anders, who owns it/)).toBeVisible();
    await expect(startButton(panel)).toBeDisabled();

    const limited = await person('limited@contoso.test', { flavour });
    await forbidComments(limited);
    const project = await openBeside(limited, 'Project', 'PROJ-0001');
    await expect(problem(project, 'You may read this Project, but not change it')).toBeVisible();
    await expect(startButton(project)).toBeDisabled();
    expect((await control.state()).chats).toEqual([]);
    expect(await saves(control)).toEqual([]);
  });
}

test('a missing custom field: a sentence for most, a button for an administrator', async ({
  control,
  desk,
  person,
}) => {
  const site = await desk('v14');
  const alice = await person(site.me.email, { flavour: 'v14' });
  await forbidComments(alice);
  const panel = await openBeside(alice, 'Project', 'PROJ-0001');
  await expect(problem(panel, 'Project has no field for the chat yet')).toBeVisible();
  await expect(problem(panel, /only an administrator of your ERPNext can create it/)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Copy the sentence' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Create the field' })).toHaveCount(0);
  await expect(startButton(panel)).toBeDisabled();
  expect(await saves(control)).toEqual([]);

  const admin = await person('admin@contoso.test', { flavour: 'v14' });
  await forbidComments(admin);
  const theirs = await openBeside(admin, 'Project', 'PROJ-0001');
  await theirs.getByRole('button', { name: 'Create the field' }).click();
  await expect(startButton(theirs)).toBeEnabled();
  const field = await (await site.as(site.admin!)).get('Custom Field', 'Project-custom_teams_chat_id');
  expect(field).toMatchObject({ fieldtype: 'Data', hidden: 1, read_only: 1, no_copy: 1 });

  await openBeside(alice, 'Project', 'PROJ-0001');
  await create(await alice.panel());
  await expect(composer(await alice.panel())).toBeVisible();
  const [chat] = await chatsOf(control, 'PROJ-0001');
  expect(await site.chatField('PROJ-0001', 'Project')).toBe(chat?.id);
});

test('a submitted document gets no chat where ERPNext refuses, in its own words, and a cancelled one none', {
  tag: '@desk',
}, async ({ control, desk, person }) => {
  const site = await desk();
  test.skip(!site.admin, 'No administrator is named who could submit a document.');
  const admin = site.admin!;
  const { name } = await site.event({ subject: 'Submitted' });
  // An Event is not meant to be submitted, and Frappe lets the one user do it who may do everything.
  const submit = async (docstatus: 1 | 2) => (await site.as(admin)).update('Event', name, { docstatus });
  const submitted = await submit(1).catch((refused: Error) => refused);
  test.skip(submitted instanceof Error, `${admin.email} may not submit an Event here: only Administrator may.`);

  await test.step('who may not save it again is told so', async () => {
    const me = await person(site.me.email, { flavour: site.flavour });
    await forbidComments(me);
    const panel = await openBeside(me, 'Event', name);
    await expect(problem(panel, 'You may read this Event, but not change it')).toBeVisible();
    await expect(startButton(panel)).toBeDisabled();
  });

  const theirs = await person(admin.email, { flavour: site.flavour });
  await test.step('who may, reads why ERPNext does not take the chat', async () => {
    const panel = await openBeside(theirs, 'Event', name, site.me.email);
    await panel.getByRole('button', { name: 'Write as this person' }).click();
    await create(panel);
    await expect(problem(panel, /Not allowed to change .*after submission/)).toBeVisible();
    await panel.getByRole('button', { name: "Don't create it" }).click();
    await expect(startButton(panel)).toBeVisible();
  });

  await test.step('cancelled', async () => {
    await submit(2);
    await forbidComments(theirs);
    const panel = await openBeside(theirs, 'Event', name, site.me.email);
    await expect(problem(panel, 'This document is cancelled')).toBeVisible();
    await expect(startButton(panel)).toBeDisabled();
  });
  expect(await orders(control)).toEqual([]);
  expect(await site.chatField(name)).toBe('');
});
