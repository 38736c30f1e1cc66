import AxeBuilder from '@axe-core/playwright';
import type { Frame, Page } from '@playwright/test';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { type Control, expect, type Person, test } from './fixtures/deskside.ts';
import { database } from './fixtures/kept.ts';
import { openPopup } from './fixtures/places.ts';
import { ALICE, BOB, composer, EVENT, linkChat, log, OTHER, openTalk } from './fixtures/talk.ts';

test.use({ throttle: 'off' });
test.describe.configure({ timeout: 180_000 });

const READING = ['ChannelMessage.Read.All', 'Chat.ReadWrite'];
const box = (page: Page) => page.getByRole('combobox', { name: 'Search in everything that is stored' });
const found = (page: Page) => page.getByRole('list', { name: 'Messages found' }).getByRole('listitem');
const talks = (page: Page) => page.getByRole('list', { name: 'Conversations, the latest first' }).getByRole('listitem');
const inTeams = (page: Page) => page.getByRole('region', { name: 'Found in Teams' });
const row = (page: Page | Frame, text: string) => page.getByRole('article').filter({ hasText: text });
/** Pictures of its states, where somebody wants to look at them. */
const picture = async (page: Page, name: string) => {
  const folder = process.env.DESKSIDE_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/archive-${name}.png` });
};

async function openArchive(person: Person, extensionId: string, hash = ''): Promise<Page> {
  const page = await person.context.newPage();
  await page.goto(`chrome-extension://${extensionId}/archive.html${hash}`);
  return page;
}

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations, colorScheme).toEqual([]);
  }
}

async function channelOf(control: Control, team: string, name: string) {
  const { teams } = await control.state();
  const its = teams.find(({ displayName }) => displayName === team)!;
  return { teamId: its.id, channelId: its.channels.find(({ displayName }) => displayName === name)!.id };
}

test('all that is stored is found, of two records and a channel, and shown in its place', async ({
  control,
  person,
  sandbox,
}) => {
  await control.tenant({ adminConsented: READING });
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const other = await linkChat(control, alice, OTHER);
  const place = await channelOf(control, 'Projects', 'Website relaunch');
  await control.write({ chatId, from: BOB, html: '<p>The blue pump for Café Straße 7</p>' });
  for (let i = 1; i <= 60; i++) await control.write({ chatId, from: BOB, html: `<p>Message number ${i}</p>` });
  await control.write({ chatId: other, from: BOB, html: '<p>المضخة الزرقاء مكسورة</p>' });
  await control.write({ chatId: other, from: BOB, html: '<p>明日の会議で青いポンプを話します</p>' });
  await control.write({ chatId: other, from: BOB, html: '<p>Is a <b>pump</b> ordered? &lt;img src=x&gt;</p>' });
  const fair = await control.postInChannel({ ...place, from: BOB, subject: 'Fair', html: '<p>Who goes to Dubai?</p>' });
  await control.postInChannel({ ...place, from: BOB, html: '<p>I do, with a pump</p>', replyToId: fair });

  await test.step('what was looked at is stored', async () => {
    const panel = await openTalk(alice);
    await expect(row(panel, 'Message number 60')).toBeVisible();
    await expect(async () => {
      await log(panel).evaluate((list) => {
        list.scrollTop = 0;
      });
      await expect(panel.getByText('This is the start of the conversation')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'More for this chat' }).click();
    await panel.getByRole('button', { name: 'Post to a channel…' }).click();
    const opened = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Allow channels' }).click();
    await passMicrosoft(await opened, { account: ALICE });
    await panel.getByRole('combobox', { name: /Team or channel/ }).fill('relaunch');
    await panel.getByRole('option', { name: /Website relaunch/ }).click();
    await expect(panel.locator('.channel-thread').first()).toContainText('Who goes to Dubai?');
    const second = await alice.context.newPage();
    await expect(row(await openTalk(alice, OTHER, second), 'ordered?')).toBeVisible();
    await second.close();
  });

  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  await popup.bringToFront();
  const tab = alice.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Search everything' }).click();
  let page = await tab;

  await test.step('before anything is searched for: every conversation, the latest first', async () => {
    await expect(talks(page)).toHaveCount(3);
    await expect(talks(page).filter({ hasText: 'Event EV00003' })).toContainText('Is a pump ordered?');
    await expect(talks(page).filter({ hasText: 'Website relaunch' })).toContainText('I do, with a pump');
    await expect(box(page)).toBeFocused();
    await clean(page);
    await picture(page, 'list-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, 'list');
  });

  await test.step('by the keyboard alone: typed, gone down to, shown among what was said around it, and back', async () => {
    await page.keyboard.type('cafe STRASSE');
    await expect(found(page)).toHaveCount(1);
    await expect(found(page).locator('mark')).toHaveText(['Café', 'Straße']);
    await expect(found(page)).toContainText('Event EV00001');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(row(page, 'blue pump')).toBeFocused();
    await expect(row(page, 'blue pump')).toBeInViewport();
    await expect(row(page, 'Message number 2').first()).toBeVisible();
    await clean(page);
    await picture(page, 'reader-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, 'reader');
    await page.keyboard.press('Escape');
    await expect(found(page).getByRole('button')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(box(page)).toBeFocused();
  });

  await test.step('without a network, right after the worker was killed, in any script', async () => {
    await control.faults({ service: 'graph', offline: true });
    await alice.killWorker();
    await page.reload();
    await expect(box(page)).toHaveValue('cafe STRASSE');
    await expect(found(page)).toHaveCount(1);
    await box(page).fill('مضخة');
    await expect(page.getByText('Nothing found').first()).toBeVisible();
    await box(page).fill('المضخة');
    await expect(found(page)).toHaveCount(1);
    await box(page).fill('会議');
    await expect(found(page)).toContainText('明日の会議');
    await box(page).fill('pump');
    await expect(found(page)).toHaveCount(3);
    await expect(found(page).nth(0)).toContainText('Website relaunch');
    await expect(found(page).nth(1)).toContainText('Is a pump ordered? <img src=x>');
    await expect(found(page).nth(2)).toContainText('blue pump');
    await picture(page, 'found');
    await control.clearFaults();
  });

  await test.step('in: and record: narrow it, and say what they take', async () => {
    await page.getByRole('button', { name: 'record: a record' }).click();
    await expect(page.getByRole('option')).toHaveCount(3);
    await page.keyboard.type('EV00003');
    await picture(page, 'offered');
    await clean(page);
    await page.keyboard.press('Enter');
    await expect(box(page)).toHaveValue('pump record:EV00003 ');
    await expect(found(page)).toHaveCount(1);
    await box(page).fill('pump in:relaunch');
    await expect(found(page)).toHaveCount(1);
    await expect(found(page)).toContainText('I do, with a');
    await box(page).fill('pump in:nowhere');
    await expect(page.getByText('No chat, channel or record here is called so')).toBeVisible();
    await box(page).fill('from:bob in:"Talk · EV00003"');
    await expect(found(page)).toHaveCount(3);
  });

  await test.step('a channel’s thread is shown whole, and the address leads there again', async () => {
    await box(page).fill('dubai');
    await expect(found(page)).toHaveCount(1);
    await found(page).getByRole('button').click();
    await expect(row(page, 'Who goes to Dubai?')).toBeFocused();
    await expect(row(page, 'I do, with a pump')).toBeVisible();
    await picture(page, 'thread');
    const address = page.url();
    await page.close();
    page = await openArchive(alice, sandbox.extensionId, new URL(address).hash);
    await expect(box(page)).toHaveValue('dubai');
    await expect(row(page, 'Who goes to Dubai?')).toBeFocused();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(row(page, 'Who goes to Dubai?')).toHaveCount(0);
    await page.goBack();
    await expect(row(page, 'Who goes to Dubai?')).toBeVisible();
  });

  await test.step('the panel’s search says where in: leads, and goes there', async () => {
    await alice.page.bringToFront();
    const panel = await alice.panel();
    await panel.getByRole('navigation', { name: 'Chat or channel' }).getByRole('button', { name: 'Chat' }).click();
    await panel.getByRole('button', { name: 'Search in this chat' }).click();
    const search = panel.getByRole('searchbox', { name: 'Search in this chat' });
    await search.fill('pump record:nothing');
    await expect(panel.getByText('No chat or record that is stored here is called so.')).toBeVisible();
    await search.fill('pump in:EV00003');
    await expect(panel.getByText('That means another chat: Talk · EV00003.')).toBeVisible();
    await picture(alice.page, 'panel');
    const tab = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Search everywhere' }).first().click();
    const everywhere = await tab;
    await expect(found(everywhere)).toHaveCount(1);
    await expect(found(everywhere)).toContainText('Is a pump ordered?');
    await everywhere.close();
    await page.bringToFront();
  });

  await test.step('from there to its record, with the panel at that message', async () => {
    await box(page).fill('blue pump');
    await found(page).filter({ hasText: 'Café' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Open Event EV00001' }).click();
    const panel = await alice.panel();
    await expect(row(panel, 'blue pump')).toBeInViewport();
    await expect(row(panel, 'blue pump')).toBeFocused();
    const tab = alice.context.waitForEvent('page');
    await box(page).fill('ordered');
    await expect(found(page)).toContainText('ordered');
    await found(page).getByRole('button').click();
    await page.getByRole('button', { name: 'Open Event EV00003' }).click();
    const record = await tab;
    await expect(row(await alice.panel(record), 'Is a pump ordered?')).toBeFocused();
    await record.close();
  });

  await test.step('narrow: one thing at a time', async () => {
    await page.setViewportSize({ width: 420, height: 800 });
    await expect(box(page)).toBeHidden();
    await picture(page, 'narrow-reader');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(found(page).getByRole('button')).toBeFocused();
    await picture(page, 'narrow');
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await page.setViewportSize({ width: 1200, height: 800 });
    await box(page).fill('المضخة');
    await expect(found(page)).toContainText('المضخة');
    await found(page).getByRole('button').click();
    await expect(row(page, 'المضخة')).toBeFocused();
    await picture(page, 'rtl');
    await page.close();
  });
});

test('Teams is asked for what is not stored: once that is allowed, politely, and nothing of it is kept', async ({
  control,
  person,
  sandbox,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const private_ = await control.createChat({ from: ALICE, members: [BOB], topic: 'Nothing to do with records' });
  await control.write({ chatId, from: BOB, html: '<p>The <b>pelican</b> &lt;i&gt; of long ago</p>' });
  for (let i = 1; i <= 400; i++) await control.write({ chatId, from: BOB, html: `<p>Message number ${i}</p>` });
  await control.write({ chatId: private_, from: BOB, html: '<p>A pelican of our own</p>' });
  await openTalk(alice);
  const page = await openArchive(alice, sandbox.extensionId, '#q=pelican');
  const searches = async () => (await control.requests()).filter(({ url }) => url.includes('/search/query'));

  await test.step('not allowed: what is missing is said, with who can give it', async () => {
    await expect(page.getByText('No stored message holds all of this.')).toBeVisible();
    await expect(page.getByText(/Deskside needs the permission to read messages/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Search Teams too' })).toHaveCount(0);
    await clean(page);
    await picture(page, 'not-allowed-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, 'not-allowed');
    expect(await searches()).toEqual([]);
  });

  await test.step('allowed from here, it is asked at once', async () => {
    await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
    await page.getByRole('button', { name: 'Allow reading' }).click();
    const hit = inTeams(page).getByRole('listitem');
    await expect(hit).toHaveCount(1);
    await expect(hit).toContainText('pelican <i> of long ago');
    await expect(hit.locator('mark')).toHaveText(['pelican']);
    await expect(page.getByText('1 message in another chat is left out')).toBeVisible();
    await clean(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, 'teams');
    const stored = await database(alice);
    expect(stored).not.toContain('pelican');
    expect(stored).not.toContain(private_);
  });

  await test.step('opened, it is read with what was said around it, and stored from then on', async () => {
    await alice.killWorker();
    await page.reload();
    await inTeams(page).getByRole('listitem').getByRole('button').click();
    await expect(row(page, 'pelican')).toBeFocused();
    await expect(row(page, 'Message number 1').first()).toBeVisible();
    expect(await database(alice)).toContain('pelican');
    await box(page).fill('pelican long');
    await expect(found(page)).toHaveCount(1);
  });

  await test.step('the panel leads there for what it does not have', async () => {
    await alice.page.bringToFront();
    const panel = await alice.panel();
    await expect(composer(panel)).toBeVisible();
    await panel.getByRole('button', { name: 'Search in this chat' }).click();
    await panel.getByRole('searchbox', { name: 'Search in this chat' }).fill('message');
    const tab = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Search Teams for older ones' }).click();
    const there = await tab;
    await expect(box(there)).toHaveValue(`message record:"${EVENT.name}"`);
    await expect(inTeams(there).getByRole('listitem').first()).toBeVisible();
  });

  await test.step('a pause Microsoft asks for is said, and gone on after', async () => {
    await control.faults({ match: 'POST /search/query', status: 429, retryAfter: 40, times: 1 });
    await page.bringToFront();
    await box(page).fill('message after:2020');
    await page.getByRole('button', { name: 'Search Teams too' }).click();
    await expect(page.getByText('Microsoft asks for a pause of 40 seconds')).toBeVisible();
    await picture(page, 'pause');
    await box(page).fill('message has:image');
    await page.getByRole('button', { name: 'Search Teams too' }).click();
    await expect(page.getByText('does not know has:image')).toBeVisible();
  });
});
