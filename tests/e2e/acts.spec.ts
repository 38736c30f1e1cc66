import { expect, test } from './fixtures/deskside.ts';
import { ALICE, BOB, composer, linkChat, log, openTalk, said, say, timesSaid } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

test('reply, react, edit, delete and undo, by keyboard too, and a lost answer of an edit', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Shall we begin?</p>' });
  const panel = await openTalk(alice);
  const bobs = log(panel).getByRole('article').filter({ hasText: 'Shall we begin?' });
  const menuOf = async (row: typeof bobs) => {
    await row.hover();
    await row.getByRole('button', { name: 'More about this message' }).click();
  };

  await test.step('a reaction, and away again, with the keyboard', async () => {
    await menuOf(bobs);
    await panel.getByRole('button', { name: 'Like', exact: true }).press('Enter');
    const like = bobs.getByRole('button', { name: '👍 by You' });
    await expect(like).toHaveAttribute('aria-pressed', 'true');
    await like.press('Enter');
    await expect(like).toHaveCount(0);
  });

  await test.step('a reply with the quote', async () => {
    await menuOf(bobs);
    await panel.getByRole('region', { name: 'More about' }).getByRole('button', { name: 'Reply' }).click();
    await expect(panel.locator('.composer-banner')).toContainText('Shall we begin?');
    await say(panel, 'Yes, now');
    await expect.poll(() => timesSaid(control, chatId, 'Yes, now')).toBe(1);
    expect((await said(control, chatId)).at(-1)).toContain('<attachment id=');
    await expect(panel.locator('.composer-banner')).toHaveCount(0);
  });

  await test.step('an edit of what one wrote last, whose answer is lost', async () => {
    await say(panel, 'With a slpi');
    const mine = log(panel).getByRole('article').filter({ hasText: 'With a sl' });
    await expect(mine.getByRole('button', { name: 'More about this message' })).toBeAttached();
    await composer(panel).press('ArrowUp');
    await expect(composer(panel)).toHaveValue('With a slpi');
    await composer(panel).press('Escape');
    await expect(composer(panel)).toHaveValue('');
    await composer(panel).press('ArrowUp');
    await control.faults({ match: 'PATCH /chats/*/messages/*', drop: 'after', times: 1 });
    await composer(panel).fill('With a slip');
    await composer(panel).press('Enter');
    await expect(mine).toContainText('With a slip');
    await expect.poll(() => timesSaid(control, chatId, 'With a slip')).toBe(1);
    await expect(mine.getByText('Saving the edit…')).toHaveCount(0);
    const patches = (await control.requests()).filter((r) => r.method === 'PATCH');
    expect(patches, 'looked for, not sent again').toHaveLength(1);
  });

  await test.step('deleted, and brought back', async () => {
    const mine = log(panel).getByRole('article').last();
    await menuOf(mine);
    await panel.getByRole('button', { name: 'Delete' }).click();
    await expect(mine).toContainText('This message was deleted.');
    await expect.poll(() => timesSaid(control, chatId, 'With a slip')).toBe(0);
    await mine.getByRole('button', { name: 'Undo deletion' }).click();
    await expect(mine).toContainText('With a slip');
  });
});
