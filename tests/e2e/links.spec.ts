import type { Page } from '@playwright/test';
import { chatsOf, confirmButton, create, lookAtPeople, openBeside, startButton, written } from './fixtures/creating.ts';
import { expect, FLAVOURS, userRow } from './fixtures/desk.ts';
import { forbidComments } from './fixtures/options.ts';
import { test } from './fixtures/scene.ts';
import { composer } from './fixtures/talk.ts';

/** The text field of Desk's form that holds the Event's subject (a Small Text, so a textarea, in every version). */
test.describe.configure({ timeout: 300_000 });

const subject = (page: Page) =>
  page.locator('.page-container:visible .frappe-control[data-fieldname="subject"] textarea');
const notSaved = (page: Page) => page.locator('.page-head:visible').getByText('Not Saved', { exact: true });
const banner = (page: Page) => page.getByText('This form has been modified after you have loaded it');
const saveButton = (page: Page) =>
  page.locator('.page-head:visible').getByRole('button', { name: 'Save', exact: true });
const notConfirmed = 'Is this the right chat?';

/** Types into the form as a person does, and waits until Desk calls it unsaved. */
async function edit(page: Page, text: string): Promise<void> {
  await subject(page).fill(text);
  await subject(page).blur();
  await expect(notSaved(page)).toBeVisible();
}

for (const flavour of FLAVOURS) {
  test(`a form with unsaved edits survives the creation and still saves: ${flavour}`, { tag: '@desk' }, async ({
    control,
    scene,
  }) => {
    const { site, me, name, open } = await scene({ subject: 'Before' }, flavour);
    const panel = await open();
    await expect(startButton(panel)).toBeEnabled();

    await edit(me.page, 'Only typed');
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    const [chat] = await chatsOf(control, name);
    expect(await site.chatField(name)).toBe(chat?.id);
    // Saved values name the chat; what is only typed does not, and stays as it was typed.
    expect(chat?.topic).toBe(`Before · ${name}`);
    await expect(subject(me.page)).toHaveValue('Only typed');
    await expect(notSaved(me.page)).toBeVisible();
    await expect(banner(me.page)).toBeHidden();
    await saveButton(me.page).click();
    await expect(notSaved(me.page)).toBeHidden();
    const saved = await (await site.as(site.me)).get('Event', name);
    expect(saved).toMatchObject({ subject: 'Only typed', custom_teams_chat_id: chat?.id });
  });

  test(`edits of an older copy stay under Desk’s own banner: ${flavour}`, { tag: '@desk' }, async ({
    control,
    scene,
  }) => {
    const { site, me, name, open } = await scene({ subject: 'Before', description: 'first' }, flavour);
    const panel = await open();
    await expect(startButton(panel)).toBeEnabled();
    await edit(me.page, 'On an old copy');
    await (await site.as(site.colleague)).update('Event', name, { description: 'by a colleague' });
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    await expect(subject(me.page)).toHaveValue('On an old copy');
    // Saving is refused by ERPNext itself: nobody's edit is hidden by ours.
    const before = await (await site.as(site.me)).get('Event', name);
    const answer = me.page.waitForResponse((response) => response.url().includes('savedocs'));
    await saveButton(me.page).click();
    expect((await answer).status()).toBe(417);
    const after = await (await site.as(site.me)).get('Event', name);
    expect(after).toMatchObject({ subject: 'Before', modified: before.modified });
    expect(after.description).toContain('by a colleague');
    expect(await site.chatField(name)).toBe((await chatsOf(control, name))[0]?.id);
  });

  test(`somebody’s unrelated edit between look and write costs a second try, no more: ${flavour}`, {
    tag: '@desk',
  }, async ({ control, scene }) => {
    const { site, me, name, open } = await scene({ subject: 'Edited meanwhile', description: 'first' }, flavour);
    const panel = await open();
    const refused: number[] = [];
    let edits = 0;
    me.page.on('response', (response) => {
      if (response.request().method() === 'PUT') refused.push(response.status());
    });
    // Each of the two saves of a creation meets one edit that came just before it.
    await me.page.route(`**/api/resource/Event/${name}`, async (route) => {
      const write = route.request().method() === 'PUT' && refused.length % 2 === 0;
      if (write) {
        edits += 1;
        await (await site.as(site.colleague)).update('Event', name, { description: `edit ${edits}` });
      }
      await route.continue();
    });
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    expect(refused).toEqual([417, 200, 417, 200]);
    const document = await (await site.as(site.me)).get('Event', name);
    expect(document.description).toContain('edit 2');
    const chats = await chatsOf(control, name);
    expect(chats).toHaveLength(1);
    expect(document.custom_teams_chat_id).toBe(chats[0]?.id);
  });
}

test('where comments are forbidden, a colleague of a private Event who may not write it is told so', {
  tag: '@desk',
}, async ({ control, desk, person }) => {
  const site = await desk();
  const { name } = await site.event({
    subject: 'Private',
    event_type: 'Private',
    // From v15 on participants may read it, by the address in their row.
    event_participants: [{ ...userRow(site.colleague.email), email: site.colleague.email }],
  });
  const colleague = await person(site.colleague.email, { password: site.colleague.password, flavour: site.flavour });
  const rights = await colleague.context.request.get(`${site.origin}/api/resource/Event/${name}`);
  test.skip(!rights.ok(), 'This ERPNext does not even show it to them.');
  await forbidComments(colleague);
  const panel = await openBeside(colleague, 'Event', name);
  await expect(panel.getByText('You may read this Event, but not change it')).toBeVisible();
  await expect(startButton(panel)).toBeDisabled();
  expect(await site.chatField(name)).toBe('');
  expect(await chatsOf(control, name)).toEqual([]);
});

test('an id that nothing bears out is shown, and nothing is sent there before the person confirms', {
  tag: '@desk',
}, async ({ control, desk, person }) => {
  const site = await desk();
  const me = await person(site.me.email, { password: site.me.password, flavour: site.flavour });
  const first = await site.event({ subject: 'Original' });
  let panel = await openBeside(me, 'Event', first.name);
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  await expect.poll(async () => written((await chatsOf(control, first.name))[0]!).length).toBe(1);
  const [chat] = await chatsOf(control, first.name);

  await test.step('copied into a duplicate', async () => {
    const copy = await site.event({ subject: 'Original', custom_teams_chat_id: chat?.id });
    panel = await openBeside(me, 'Event', copy.name);
    await expect(panel.getByText(notConfirmed)).toBeVisible();
    await expect(panel.getByText(`Original · ${first.name}`)).toBeVisible();
    await expect(composer(panel)).toHaveCount(0);
    expect(written((await chatsOf(control, first.name))[0]!)).toHaveLength(1);
  });

  await test.step('of a chat that has nothing to do with the record', async () => {
    const other = await control.createChat({
      from: site.colleague.email,
      members: [site.me.email],
      topic: 'Private matters',
    });
    const forged = await site.event({ subject: 'Forged', custom_teams_chat_id: other });
    await control.clearRequests();
    panel = await openBeside(me, 'Event', forged.name);
    await expect(panel.getByText(notConfirmed)).toBeVisible();
    await expect(panel.getByText('Private matters')).toBeVisible();
    await expect(composer(panel)).toHaveCount(0);
    const writes = (await control.requests()).filter((r) => r.service === 'graph' && r.method !== 'GET');
    expect(writes.map((r) => r.url)).toEqual([]);

    await panel.getByRole('button', { name: 'Yes, this is the right chat' }).click();
    await composer(panel).fill('Now it is ours');
    await panel.getByRole('button', { name: /^Send/ }).click();
    const said = async () => written((await control.state()).chats.find((c) => c.id === other)!);
    await expect.poll(said).toEqual([expect.stringContaining('Now it is ours')]);
  });

  await test.step('of a chat that this account is not in', async () => {
    const theirs = await control.createChat({
      from: site.colleague.email,
      members: ['carol@contoso.test'],
      topic: 'Not mine',
    });
    const closed = await site.event({ subject: 'Closed', custom_teams_chat_id: theirs });
    panel = await openBeside(me, 'Event', closed.name);
    await expect(panel.getByText("You are not in this record's chat")).toBeVisible();
    await expect(composer(panel)).toHaveCount(0);
    await expect(panel.getByText('Not mine')).toHaveCount(0);
  });

  await test.step('a claim that came along with a duplicate binds nobody', async () => {
    const claim = `deskside:1:${'f'.repeat(32)}:${Math.floor(Date.now() / 1000) + 100}:00000000-0000-4000-8000-00000000000b:${'0'.repeat(16)}`;
    const { name } = await site.event({ subject: 'Void claim', custom_teams_chat_id: claim });
    panel = await openBeside(me, 'Event', name);
    await lookAtPeople(panel);
    await confirmButton(panel).click();
    await expect(composer(panel)).toBeVisible();
    expect(await site.chatField(name)).toBe((await chatsOf(control, name))[0]?.id);
  });
});

test('a renamed record keeps its chat, for its maker and for a colleague', { tag: '@desk' }, async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const project = await site.project();
  test.skip(!project, `This ERPNext has no Project that ${site.me.email} may create, and an Event cannot be renamed.`);
  const { name } = project!;
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Project', name);
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  const [chat] = await chatsOf(control, name);
  const newName = `Relaunch: the website ${name}`;
  await site.rename('Project', name, newName);
  const renamed = await openBeside(alice, 'Project', newName);
  await expect(composer(renamed)).toBeVisible();
  expect(await site.chatField(newName, 'Project')).toBe(chat?.id);
  // The chat's topic still says the old name, so for anybody else it is theirs to confirm, not to trust.
  const bob = await person(site.colleague.email);
  const theirs = await openBeside(bob, 'Project', newName);
  await expect(theirs.getByText(notConfirmed)).toBeVisible();
  await theirs.getByRole('button', { name: 'Yes, this is the right chat' }).click();
  await expect(composer(theirs)).toBeVisible();
  expect((await control.state()).chats).toHaveLength(1);
});
