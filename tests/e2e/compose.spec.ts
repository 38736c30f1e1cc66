import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures/deskside.ts';
import { ALICE, composer, linkChat, log, messageRequests, openTalk, panelAgain, said } from './fixtures/talk.ts';

/** Its files are a public one and a private one with a blank and an ampersand in its name. */
const PROJECT = { doctype: 'Project', name: 'PROJ-0001' };
const GUEST = 'erin@partner.example';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

test('a message with people, emoji, code and importance: chosen by keys, kept as a draft, sent as Teams has them', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  let panel = await openTalk(alice);
  const field = () => composer(panel);

  await test.step('a person by "@", an emoji by its name, importance from the menu', async () => {
    await field().pressSequentially('Dear @BO');
    await expect(panel.getByRole('option')).toHaveText(/Bob/);
    await field().press('Enter');
    await expect(field()).toHaveValue(/^Dear @Bob\S* ?.* $/);
    await field().pressSequentially('look :tada: and :rocke');
    await expect(panel.getByRole('option', { name: ':rocket:' })).toBeVisible();
    await field().press('ArrowDown');
    await field().press('ArrowUp');
    await field().press('Enter');
    await expect(field()).toHaveValue(/look 🎉 and \S+$/u);
    await panel.getByRole('button', { name: 'Importance' }).click();
    await panel.getByRole('button', { name: /^Important/ }).click();
  });

  await test.step('all of it is still there after a reload', async () => {
    const text = await field().inputValue();
    await alice.page.reload();
    panel = await panelAgain(alice);
    await expect(field()).toHaveValue(text);
    await expect(panel.getByText('Important ·')).toBeVisible();
  });

  await test.step('undo takes back what a list put in, as if it had been typed', async () => {
    await field().press('End');
    await field().pressSequentially(' @BO');
    await expect(panel.getByRole('option')).toHaveText(/Bob/);
    await field().press('Tab');
    await expect(field()).toHaveValue(/@Bob\S* ?.*@Bob/);
    await field().press('ControlOrMeta+z');
    await expect(field()).toHaveValue(/@BO$/);
    await field().press('End');
    for (let i = 0; i < 4; i++) await field().press('Backspace');
  });

  await test.step('sent, it is a mention, and important, for everybody', async () => {
    await field().press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(1);
    const [content] = await said(control, chatId);
    expect(content).toMatch(/^<p>Dear <at id="0">Bob[^<]*<\/at> look 🎉 and \S+<\/p>$/u);
    const [sent] = await messageRequests(control, 'POST');
    const bob = (await control.state()).chats.find((c) => c.id === chatId)!.members.find((m) => m.email !== ALICE)!;
    expect(sent!.body).toMatchObject({
      importance: 'high',
      mentions: [{ id: 0, mentioned: { user: { id: bob.userId, userIdentityType: 'aadUser' } } }],
    });
    const row = log(panel).getByRole('article').last();
    await expect(row).toContainText('Important');
    await expect(row.locator('.chat-mention')).toHaveText(/^Bob/);
    await expect(field()).toHaveValue('');
    await expect(panel.getByText('Important ·')).toBeHidden();
  });

  await test.step('the picker remembers what was taken, and finds by words', async () => {
    await panel.getByRole('button', { name: /^Emoji/ }).click();
    await expect(panel.getByRole('button', { name: 'Used last' })).toHaveAttribute('aria-pressed', 'true');
    await expect(panel.getByRole('option', { name: 'rocket' })).toBeVisible();
    await panel.getByRole('searchbox', { name: 'Search emoji' }).pressSequentially('red heart');
    await panel.getByRole('searchbox').press('Enter');
    await expect(field()).toHaveValue('❤️');
    await expect(field()).toBeFocused();
  });

  await test.step('a picture is pasted, described, and still there when worker and page are gone', async () => {
    await field().fill('');
    await pastePicture(field());
    await panel.getByRole('button', { name: 'Say what plan.png shows' }).click();
    await panel.getByRole('textbox', { name: /What the picture shows/ }).fill('The plan of the hall');
    await field().pressSequentially('Look at this');
    await expect(panel.getByRole('button', { name: /^Send/ })).toBeEnabled();
    // Long enough for the draft to be written down; then nothing but the disk remembers.
    await alice.page.waitForTimeout(1_000);
    await alice.killWorker();
    panel = await openTalk(alice);
    await expect(
      panel.getByRole('button', { name: 'Say what The plan of the hall shows' }).locator('img'),
    ).toBeVisible();
    await field().press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(2);
    const sent = (await messageRequests(control, 'POST')).at(-1)!.body as {
      body: { content: string };
      hostedContents: { contentBytes: string; contentType: string }[];
    };
    expect(sent.hostedContents).toMatchObject([{ '@microsoft.graph.temporaryId': '1', contentType: 'image/png' }]);
    const picture = Buffer.from(sent.hostedContents[0]!.contentBytes, 'base64');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], 'a PNG of this size').toEqual([640, 400]);
    expect(sent.body.content).toContain('alt="The plan of the hall" width="600" height="375"');
    // Microsoft has it, under an address of its own.
    expect((await said(control, chatId)).at(-1)).toMatch(/<img src="[^"]+hostedContents\/[^"]+\/\$value"/);
    await expect(panel.getByRole('button', { name: /^Say what/ })).toBeHidden();
  });

  await test.step('code in lines, quotes, and a mention that was edited is none', async () => {
    await field().fill('');
    await field().pressSequentially('@bo');
    await field().press('Enter');
    await field().press('Backspace');
    await field().press('Backspace');
    await field().press('End');
    await field().pressSequentially('?');
    await field().press('Shift+Enter');
    await field().pressSequentially('> quoted');
    await field().press('Shift+Enter');
    for (const line of ['```', 'if (a < b)', '```']) {
      await field().pressSequentially(line);
      if (line !== '```' || !(await field().inputValue()).endsWith(')\n```')) await field().press('Shift+Enter');
    }
    await field().press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(3);
    const content = (await said(control, chatId)).at(-1)!;
    expect(content).not.toContain('<at');
    expect(content).toContain('<blockquote><p>quoted</p></blockquote>');
    expect(content).toMatch(/<code>if \(a &lt; b\)<\/code>/);
    const sent = (await messageRequests(control, 'POST')).at(-1)!;
    expect(sent.body).not.toHaveProperty('mentions');
    expect((sent.body as { body: { content: string } }).body.content).toContain('<codeblock class="PlainText"><code>');
  });
});

/** As the browser pastes a picture that was copied. */
async function pastePicture(field: Locator): Promise<void> {
  await field.evaluate(async (el) => {
    const canvas = new OffscreenCanvas(640, 400);
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'teal';
    context.fillRect(20, 20, 200, 100);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], 'plan.png', { type: 'image/png' }));
    el.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
}

test('what the record has: its files as links, with a word about guests, and a card of chosen fields', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice, PROJECT, [GUEST]);
  const panel = await openTalk(alice, PROJECT);
  const field = composer(panel);
  const more = async (name: RegExp) => {
    await panel.getByRole('button', { name: 'More to put in' }).click();
    await panel.getByRole('button', { name }).click();
  };

  await test.step('a private file, which the link does not open to others', async () => {
    await more(/^File of the record/);
    await expect(panel.getByText(/There are people from outside here/)).toBeVisible();
    const file = panel.getByRole('button', { name: /Private: opens only/ }).first();
    const name = (await file.innerText()).split('\n')[0]!.trim();
    await file.click();
    await expect(field).toHaveValue(/^\[.+\]\(https?:\/\/[^ ]+\/private\/files\/[^ ]+\) $/);
    await field.press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(1);
    expect((await said(control, chatId))[0]).toMatch(
      /<a href="https?:\/\/[^"]+\/private\/files\/[^"]+"[^>]*>[^<]+<\/a>/,
    );
    await expect(log(panel).getByRole('link', { name }).first()).toBeVisible();
  });

  await test.step('a card, which the next one of this doctype begins with', async () => {
    await more(/^Card of the record/);
    const preview = panel.getByRole('region', { name: 'How the card will look' });
    await expect(preview).toContainText(PROJECT.name);
    const status = panel.getByRole('checkbox', { name: 'Status', exact: true });
    await expect(status).toBeChecked();
    // From the end: what is unticked is counted no more.
    for (const box of (await panel.getByRole('checkbox', { checked: true }).all()).reverse())
      if (!(await box.evaluate((el) => el.parentElement!.textContent === 'Status'))) await box.uncheck();
    await expect(preview.getByRole('term')).toHaveText(['Status']);
    await panel.getByRole('button', { name: 'Put it in' }).click();
    await field.press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(2);
    const sent = (await messageRequests(control, 'POST')).at(-1)!.body as {
      body: { content: string };
      attachments: { id: string; contentType: string; content: string }[];
    };
    const [card] = sent.attachments;
    expect(sent.body.content).toBe(`<attachment id="${card!.id}"></attachment>`);
    const { body, actions } = JSON.parse(card!.content);
    expect(body[2].facts).toMatchObject([{ title: 'Status' }]);
    expect(actions).toMatchObject([{ type: 'Action.OpenUrl' }]);
    expect(new URL(actions[0].url).pathname).toMatch(new RegExp(`/project/${PROJECT.name}$`));
    await more(/^Card of the record/);
    await expect(preview.getByRole('term')).toHaveText(['Status']);
  });
});
