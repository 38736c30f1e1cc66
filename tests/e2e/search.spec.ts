import type { Frame } from '@playwright/test';
import { expect, test } from './fixtures/deskside.ts';
import { ALICE, act, actUntil, BOB, composer, linkChat, log, openTalk, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

const searchBox = (panel: Frame) => panel.getByRole('searchbox', { name: 'Search in this chat' });
const hits = (panel: Frame) => panel.getByRole('list', { name: 'Messages found' }).getByRole('listitem');
const open = (panel: Frame) => panel.getByRole('button', { name: 'Search in this chat' }).click();
const row = (panel: Frame, text: string) => log(panel).getByRole('article').filter({ hasText: text });

test('what was said is found, shown in its place, and the way back is one click', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>The Café on Straße 7 has the <b>blue pump</b></p>' });
  for (let i = 1; i <= 320; i++) await control.write({ chatId, from: BOB, html: `<p>Message number ${i}</p>` });
  const panel = await openTalk(alice);
  await expect(row(panel, 'Message number 320')).toBeVisible();

  await test.step('only what is stored is searched, and it says since when', async () => {
    await open(panel);
    await expect(searchBox(panel)).toBeFocused();
    await expect(panel.getByText('Searches what is stored of this chat')).toBeVisible();
    await searchBox(panel).fill('blue pump');
    await expect(panel.getByText('Nothing found')).toBeVisible();
    await expect(panel.getByText(/^Stored since/)).toBeVisible();
    await panel.getByRole('button', { name: 'Back to the conversation' }).click();
    await expect(composer(panel)).toBeVisible();
  });

  await test.step('once the whole talk was seen, all of it', async () => {
    await expect(async () => {
      await log(panel).evaluate((list) => {
        list.scrollTop = 0;
      });
      await expect(panel.getByText('This is the start of the conversation')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
  });

  await test.step('in another life of the worker and the panel, by other letters than it was written with', async () => {
    await alice.killWorker();
    await alice.page.reload();
    const again = await alice.openPanel();
    await expect(row(again, 'Message number 320')).toBeVisible();
    await control.faults({ service: 'graph', offline: true });
    await open(again);
    await searchBox(again).fill('cafe STRASSE from:bob');
    await expect(hits(again)).toHaveCount(1);
    await expect(hits(again).locator('mark')).toHaveText(['Café', 'Straße']);
    await searchBox(again).press('ArrowDown');
    await again.page().keyboard.press('Enter');
    const found = row(again, 'blue pump');
    await expect(found).toBeInViewport();
    await expect(found).toBeFocused();
    await expect(row(again, 'Message number 20').first()).toBeAttached();
    await expect(row(again, 'Message number 320')).toHaveCount(0);
    await control.clearFaults();
  });

  await test.step('from there on the newer ones follow, down to the newest', async () => {
    const panel = await alice.panel();
    await log(panel).evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await expect(row(panel, 'Message number 120')).toBeAttached();
    await control.write({ chatId, from: BOB, html: '<p>Meanwhile</p>' });
    await panel.getByRole('button', { name: /^(To the newest|\d+ new message)/ }).click();
    await expect(row(panel, 'Message number 320')).toBeInViewport();
    await actUntil(panel, () => expect(row(panel, 'Meanwhile')).toBeInViewport({ timeout: 1_000 }), 30_000);
  });
});

test('a word that is everywhere is found page by page, and an own message brings back to the end', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  for (let i = 1; i <= 120; i++)
    await control.write({ chatId, from: BOB, html: i % 2 ? `<p>order ${i}</p>` : `<p>offer ${i}</p>` });
  const panel = await openTalk(alice);
  await expect(row(panel, 'offer 120')).toBeVisible();
  // All of them, so that all can be found.
  await expect(async () => {
    await log(panel).evaluate((list) => {
      list.scrollTop = 0;
    });
    await expect(panel.getByText('This is the start of the conversation')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await open(panel);
  await searchBox(panel).fill('order');
  await expect(panel.getByText('The newest 50 messages')).toBeVisible();
  await expect(hits(panel).first()).toContainText('order 119');
  await panel.getByRole('button', { name: 'Show older ones' }).click();
  await expect(panel.getByText('60 messages')).toBeVisible();
  await expect(hits(panel).last()).toContainText('order 1');

  await hits(panel).last().getByRole('button').click();
  await expect(row(panel, 'order 1').first()).toBeInViewport();
  await say(panel, 'Here I am');
  await expect(panel.getByText('Here I am').last()).toBeInViewport();

  await test.step('what was searched for stands there still, and what was said since is found', async () => {
    await act(panel);
    await open(panel);
    await expect(searchBox(panel)).toHaveValue('order');
    await searchBox(panel).press('Escape');
    await log(panel).press('/');
    await expect(searchBox(panel)).toHaveValue('order');
    await searchBox(panel).fill('here');
    await expect(hits(panel).first()).toContainText('You');
    await searchBox(panel).press('Escape');
    await expect(composer(panel)).toBeVisible();
  });
});
