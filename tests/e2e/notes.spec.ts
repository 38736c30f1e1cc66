import type { Frame } from '@playwright/test';
import { expect, test } from './fixtures/deskside.ts';
import { ALICE, actUntil, BOB, composer, EVENT, linkChat, log, openTalk, say, timesSaid } from './fixtures/talk.ts';

test.use({ tier: 'reading' });

/** Opens the form that takes a message into ERPNext, from the message's menu. */
async function take(panel: Frame, text: string): Promise<void> {
  const message = log(panel).getByRole('article').filter({ hasText: text });
  await message.hover();
  await message.getByRole('button', { name: 'More about this message' }).click();
  await panel.getByRole('button', { name: /^To ERPNext/ }).click();
  await expect(panel.getByRole('heading', { name: 'Into ERPNext' })).toBeFocused();
}

test('a message becomes a comment, a ToDo and a Task, once each, and a comment is brought up in the chat', async ({
  control,
  person,
}) => {
  test.setTimeout(180_000);
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Ship <b>ten</b> &lt;crates&gt;</p><p>by Friday</p>' });
  const panel = await openTalk(alice);
  await actUntil(panel, () => expect(log(panel)).toContainText('by Friday', { timeout: 500 }));
  const comments = async () => (await alice.erp.comments(EVENT.doctype, EVENT.name)).map(({ content }) => content);
  const before = (await comments()).length;

  await test.step('a comment: the text is seen first, and stands there escaped, with a link back', async () => {
    await take(panel, 'by Friday');
    await expect(panel.getByRole('textbox', { name: 'Text' })).toHaveValue('Ship ten <crates>\nby Friday');
    await panel.getByRole('button', { name: 'Write the comment' }).click();
    await expect(panel.getByText('The comment stands on the record.')).toBeVisible();
    const written = (await comments()).filter((content) => content.includes('by Friday'));
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('Ship ten &lt;crates&gt;');
    expect(written[0]).toContain('Bob Bhatt in Microsoft Teams');
    expect(written[0]).toContain('https://teams.microsoft.com/l/message/');
    await panel.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(panel.getByText('The comment stands on the record.')).toHaveCount(0);
  });

  await test.step('of what is selected, only that', async () => {
    await log(panel).getByText('ten', { exact: true }).dblclick();
    await take(panel, 'by Friday');
    await expect(panel.getByRole('textbox', { name: 'Text' })).toHaveValue(/^ten ?$/);
    await panel.getByRole('button', { name: 'Back' }).click();
  });

  await test.step('a ToDo whose answer is lost is found, not made twice', async () => {
    await control.faults({ match: 'POST /api/resource/ToDo', drop: 'after', times: 1 });
    await take(panel, 'by Friday');
    await panel.getByRole('radio', { name: 'ToDo' }).check();
    await panel.getByRole('combobox', { name: 'Given to' }).fill(BOB);
    await panel.getByRole('button', { name: 'Create the ToDo' }).click();
    await expect(panel.getByText('Creating the ToDo')).toBeVisible();
    await alice.killWorker();
    await expect(panel.getByText('The ToDo was created:')).toBeVisible({ timeout: 90_000 });
    const todos = await alice.erp.list('ToDo', {
      fields: ['name', 'allocated_to', 'description'],
      filters: [['reference_name', '=', EVENT.name]],
    });
    expect(todos.filter(({ description }) => String(description).includes('by Friday'))).toHaveLength(1);
    expect(todos.at(-1)).toMatchObject({ allocated_to: BOB });
  });

  await test.step('a Task takes its subject from the first line', async () => {
    await take(panel, 'by Friday');
    await panel.getByRole('radio', { name: 'Task' }).check();
    await expect(panel.getByRole('textbox', { name: 'Subject' })).toHaveValue('Ship ten <crates>');
    await panel.getByRole('button', { name: 'Create the Task' }).click();
    await expect(panel.getByText('The Task was created:')).toBeVisible();
  });

  await test.step('a comment goes into the composer, and only the person sends it', async () => {
    await panel.getByRole('button', { name: 'More for this chat' }).click();
    await panel.getByRole('button', { name: 'Comments of the record…' }).click();
    await expect(panel.getByRole('article').filter({ hasText: 'by Friday' })).toBeVisible();
    expect((await comments()).length).toBe(before + 1);
    await panel
      .getByRole('button', { name: /^Bring up in the chat/ })
      .first()
      .click();
    await expect(composer(panel)).toHaveValue(/Comment by Alice Anders in ERPNext/);
    expect(await timesSaid(control, chatId, 'Comment by Alice')).toBe(0);
    await composer(panel).press('Enter');
    await expect.poll(() => timesSaid(control, chatId, 'Comment by Alice')).toBe(1);
    await say(panel, 'thanks');
  });
});
