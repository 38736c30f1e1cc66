import { composer, openBeside, startButton } from './fixtures/creating.ts';
import { expect, test, userRow } from './fixtures/desk.ts';
import { ALICE, BOB, said, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

test('a chat of mine is found by its words, linked, found by a colleague, unlinked and linked again', async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const { name } = await site.event({ subject: 'Linking', event_participants: [userRow(ALICE), userRow(BOB)] });
  const chatId = await control.createChat({ from: ALICE, members: [BOB], topic: 'Budget talk' });
  await control.createChat({ from: ALICE, members: ['juergen.mueller@contoso.test', BOB], topic: 'Lunch' });
  await control.createChat({ from: BOB, members: ['carol@contoso.test'], topic: 'Budget of others' });
  const panel = await openBeside(alice, 'Event', name);
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
    const theirs = await openBeside(bob, 'Event', name);
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

test('a colleague who was first keeps their chat', async ({ control, desk, person }) => {
  const site = await desk();
  const alice = await person(site.me.email);
  const { name } = await site.event({ subject: 'Linked meanwhile' });
  const mine = await control.createChat({ from: ALICE, members: [BOB], topic: 'Mine' });
  const theirs = await control.createChat({ from: BOB, members: [ALICE], topic: `Theirs · ${name}` });
  const panel = await openBeside(alice, 'Event', name);
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  await expect(panel.getByRole('button', { name: 'Link Mine' })).toBeVisible();
  await (await site.as(site.me)).update('Event', name, { custom_teams_chat_id: theirs });
  await panel.getByRole('button', { name: 'Link Mine' }).click();
  await expect(panel.getByText('This record changed meanwhile').or(composer(panel)).first()).toBeVisible();
  expect(await site.chatField(name)).toBe(theirs);
  expect(mine).not.toBe(theirs);
});
