import { openBeside, startButton } from './fixtures/creating.ts';
import { expect, userRow } from './fixtures/desk.ts';
import { openPopup } from './fixtures/places.ts';
import { test } from './fixtures/scene.ts';
import { ALICE, BOB, composer, passTime, said, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

test('a chat of mine is found by its words, linked, found by a colleague, unlinked and linked again', async ({
  control,
  person,
  scene,
}) => {
  const { site, name, open } = await scene({ subject: 'Linking', event_participants: [userRow(ALICE), userRow(BOB)] });
  const chatId = await control.createChat({ from: ALICE, members: [BOB], topic: 'Budget talk' });
  await control.createChat({ from: ALICE, members: ['juergen.mueller@contoso.test', BOB], topic: 'Lunch' });
  await control.createChat({ from: BOB, members: ['carol@contoso.test'], topic: 'Budget of others' });
  const panel = await open();
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  const field = panel.getByRole('searchbox', { name: 'Search by name or people' });
  const found = panel.getByRole('listitem');
  await field.fill('muller');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('Lunch');
  await field.fill('bob budget');
  await expect(found).toHaveCount(1);
  await panel.getByRole('button', { name: 'Link Budget talk' }).click();
  await expect(composer(panel)).toBeVisible();
  expect(await site.chatField(name)).toBe(chatId);
  await say(panel, 'Here it goes on');
  await expect.poll(() => said(control, chatId)).toHaveLength(1);

  await test.step('a colleague finds it, and confirms it first: its name does not bear the record out', async () => {
    const bob = await person(site.colleague.email);
    const theirs = await open(bob);
    await expect(theirs.getByText('Budget talk').first()).toBeVisible();
    await expect(composer(theirs)).toHaveCount(0);
  });

  await test.step('unlinking asks, and can be undone', async () => {
    await panel.getByRole('button', { name: /show the list/ }).click();
    await panel.getByRole('button', { name: 'People of the record and members' }).click();
    await panel.getByRole('button', { name: 'Unlink from this record…' }).click();
    await panel.getByRole('button', { name: 'Unlink', exact: true }).click();
    await expect(startButton(panel)).toBeEnabled();
    expect(await site.chatField(name)).toBe('');
    await panel.getByRole('button', { name: 'Undo' }).click();
    await expect(composer(panel)).toBeVisible();
    expect(await site.chatField(name)).toBe(chatId);
    expect(await said(control, chatId), 'nothing is said by linking').toHaveLength(1);
  });
});

test('a colleague who was first keeps their chat', async ({ control, scene }) => {
  const { site, name, open } = await scene({ subject: 'Linked meanwhile' });
  const mine = await control.createChat({ from: ALICE, members: [BOB], topic: 'Mine' });
  const theirs = await control.createChat({ from: BOB, members: [ALICE], topic: `Theirs · ${name}` });
  const panel = await open();
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  await expect(panel.getByRole('button', { name: 'Link Mine' })).toBeVisible();
  await (await site.as(site.me)).update('Event', name, { custom_teams_chat_id: theirs });
  await panel.getByRole('button', { name: 'Link Mine' }).click();
  await expect(panel.getByText('This record changed meanwhile').or(composer(panel)).first()).toBeVisible();
  expect(await site.chatField(name)).toBe(theirs);
  expect(mine).not.toBe(theirs);
});

test('several records have one chat: said before, shown in each, and parting one leaves the other', async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const { name: first } = await site.event({ subject: 'First of two' });
  const { name: second } = await site.event({ subject: 'Second of two' });
  const chatId = await control.createChat({ from: ALICE, members: [BOB], topic: `First of two · ${first}` });
  await (await site.as(site.me)).update('Event', first, { custom_teams_chat_id: chatId });
  const panel = await openBeside(alice, 'Event', second);
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  await panel.getByRole('button', { name: /^Link First of two/ }).click();
  await expect(panel.getByText(`is the chat of Event ${first}`)).toBeVisible();
  expect(await site.chatField(second), 'told before it is written').toBe('');
  await panel.getByRole('button', { name: 'Link it here too' }).click();
  await expect(composer(panel)).toBeVisible();
  expect(await site.chatField(second)).toBe(chatId);
  const also = panel.getByRole('button', { name: `Event ${first}` });
  await expect(also).toBeVisible();

  await test.step('the other record is a click away, and says the same', async () => {
    const opened = alice.context.waitForEvent('page');
    await also.click();
    const page = await opened;
    await page.waitForURL(new RegExp(`/app/event/${first}`));
    const other = await alice.panel(page);
    await expect(other.getByRole('button', { name: `Event ${second}` })).toBeVisible();
    await page.close();
  });

  await test.step('parting one leaves the other', async () => {
    await panel.getByRole('button', { name: /show the list/ }).click();
    await panel.getByRole('button', { name: 'People of the record and members' }).click();
    await panel.getByRole('button', { name: 'Unlink from this record…' }).click();
    await panel.getByRole('button', { name: 'Unlink', exact: true }).click();
    await expect(startButton(panel)).toBeEnabled();
    expect(await site.chatField(second)).toBe('');
    expect(await site.chatField(first)).toBe(chatId);
    const other = await openBeside(alice, 'Event', first);
    await expect(composer(other)).toBeVisible();
    await expect(other.getByRole('button', { name: `Event ${second}` })).toHaveCount(0);
  });
});

test('a renamed record is followed, a deleted one is listed until its chat has another record or is forgotten', async ({
  sandbox,
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const { name: gone } = await site.event({ subject: 'Soon deleted' });
  const moved = (await site.project({ project_name: 'Soon renamed' }))!.name;
  const { name: heir } = await site.event({ subject: 'The heir' });
  const chats: Record<string, string> = {};
  for (const [doctype, name] of [
    ['Event', gone],
    ['Project', moved],
  ] as const) {
    chats[name] = await control.createChat({ from: ALICE, members: [BOB], topic: `Talk · ${name}` });
    await (await site.as(site.me)).update(doctype, name, { custom_teams_chat_id: chats[name] });
    await expect(composer(await openBeside(alice, doctype, name))).toBeVisible();
  }
  await alice.openRecord('Event', heir);
  await (await site.as(site.admin!)).remove('Event', gone);
  await site.rename('Project', moved, `${moved}-NEW`);
  for (const chatId of Object.values(chats)) await control.write({ chatId, from: BOB, html: '<p>Still here</p>' });
  await control.clock({ advance: 61_000 });
  await passTime(alice, 61_000);

  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  const orphans = popup.getByRole('list', { name: 'Chats without a record' });
  await expect(orphans.getByRole('listitem')).toHaveCount(1);
  await expect(orphans).toContainText(gone);
  await expect(orphans.getByRole('link', { name: /in Teams$/ })).toHaveAttribute('href', /teams\.microsoft\.com/);
  await expect(popup.getByRole('button', { name: new RegExp(`${moved}-NEW.*unread`) })).toBeVisible();
  await expect(popup.getByRole('button', { name: new RegExp(`${gone}.*unread`) })).toHaveCount(0);

  const panel = await openBeside(alice, 'Event', heir);
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  await expect(panel.getByRole('listitem').first()).toContainText(`Event ${gone}, whose chat it was, is gone`);
  await panel.getByRole('button', { name: `Link Talk · ${gone}` }).click();
  await expect(composer(panel)).toBeVisible();
  expect(await site.chatField(heir)).toBe(chats[gone]);
  await expect(orphans).toHaveCount(0);
});
