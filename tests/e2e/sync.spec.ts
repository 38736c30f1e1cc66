import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Sandbox } from '../sandbox/start.ts';
import { type Control, expect, type Person, test } from './fixtures/deskside.ts';
import { openOptions, setPolicy } from './fixtures/options.ts';
import { openPopup } from './fixtures/places.ts';
import {
  ALICE,
  act,
  BOB,
  EVENT,
  type Extension,
  linkChat,
  log,
  messageRequests,
  openTalk,
  passTime,
} from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 240_000 });

const SHOTS = process.env.DESKSIDE_SHOTS;
const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};
const axe = async (page: Page, part = 'body') => {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
};

/** Rows of the extension's database, all of a store. */
async function rows<T>(person: Person, store: string): Promise<T[]> {
  const worker = await person.worker();
  return worker.evaluate(async (store) => {
    const open = indexedDB.open('deskside');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction(store).objectStore(store).getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    return all.result as never;
  }, store);
}

/** So many chats of records that were opened once, without opening each: on a site without a tab, which cannot be asked for them. */
async function linkMany(person: Person, sandbox: Sandbox, chatIds: readonly string[]): Promise<void> {
  const worker = await person.worker();
  const order = { chatIds, origin: sandbox.erpnext.v14! };
  await worker.evaluate(async ({ chatIds, origin }) => {
    const open = indexedDB.open('deskside');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const links = open.result.transaction('links', 'readwrite').objectStore('links');
    const first = links.getAll();
    await new Promise((resolve) => first.addEventListener('success', resolve));
    const [model] = first.result as object[];
    for (const [i, chatId] of chatIds.entries())
      links.put({ ...model, chatId, recordKey: JSON.stringify([origin, 'Event', `EV9${i}`]) });
    await new Promise((resolve) => links.transaction.addEventListener('complete', resolve));
    open.result.close();
  }, order);
}

const storedIn = async (person: Person, chatId: string): Promise<number> => {
  const [chats, blocks] = await Promise.all([
    rows<{ chatId: string; no: number }>(person, 'chats'),
    rows<{ no: number; lines: Uint8Array }>(person, 'messages'),
  ]);
  const no = chats.find((chat) => chat.chatId === chatId)?.no;
  return blocks.filter((block) => block.no === no).reduce((sum, { lines }) => sum + countLines(lines), 0);
};

/** A message a line; of bytes a worker hands over the values by their place. */
function countLines(lines: Uint8Array): number {
  const bytes = Object.values(lines);
  return bytes.filter((byte) => byte === 10).length + (bytes.length && bytes.at(-1) !== 10 ? 1 : 0);
}

/** What a run asks Graph for: lists of chats, and requests that carry many. */
async function asked(control: Control): Promise<{ lists: number; batches: number }> {
  const all = (await control.requests()).filter((r) => r.service === 'graph');
  const lists = all.filter((r) => /\/me\/chats\?.*lastMessagePreview&/.test(decodeURIComponent(r.url))).length;
  return { lists, batches: all.filter(isRead).length };
}

/** Photos come twenty a request as well. */
const isRead = ({ url, body }: { url: string; body?: unknown }) =>
  url.endsWith('/$batch') && JSON.stringify(body).includes('/messages?');

/** The alarm rings now. */
async function ring(person: Person): Promise<void> {
  await (await person.worker()).evaluate(async () => {
    const { chrome } = globalThis as unknown as Extension;
    await chrome.alarms.create('sync', { when: 0 });
  });
}

async function syncAlarm(person: Person): Promise<number | null> {
  return (await person.worker()).evaluate(async () => {
    const { chrome } = globalThis as unknown as Extension;
    return (await chrome.alarms.get('sync'))?.scheduledTime ?? null;
  });
}

test('one chat is brought up to date by its menu, and its history is filled, whenever the worker dies', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.history({ chatId, count: 700, days: 60 });
  const edited = await control.write({ chatId, from: BOB, html: '<p>As it was</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('As it was')).toBeVisible();
  const menu = panel.getByRole('button', { name: 'More for this chat' });
  const syncNow = async () => {
    await menu.click();
    await panel.getByRole('button', { name: 'Sync now' }).click();
  };

  const line = panel.getByText(/^Older messages are being fetched: back to /);
  await test.step('at its top it says that older messages are on their way', async () => {
    await expect(line).toBeAttached();
    await expect(panel.getByRole('progressbar', { name: "How much of the chat's history is fetched" })).toBeAttached();
  });

  await test.step('nothing, much, and an edit of an older message', async () => {
    await menu.click();
    await shot(alice.page, 'sync-menu');
    await panel.getByRole('button', { name: 'Sync now' }).press('Enter');
    await expect(panel.getByText('Up to date', { exact: true })).toBeVisible();
    await shot(alice.page, 'sync-up-to-date');
    for (let i = 1; i <= 60; i++) await control.write({ chatId, from: BOB, html: `<p>News ${i}</p>` });
    await control.faults({ match: 'GET /chats/*/messages$', delay: 1_500, times: 2 });
    await syncNow();
    await expect(panel.getByRole('progressbar', { name: 'Looking for what is new…' })).toBeVisible();
    await shot(alice.page, 'sync-reading');
    await expect(panel.getByText('60 new messages', { exact: true })).toBeVisible();
    await expect(log(panel).getByText('News 60')).toBeVisible();
    await control.editMessage({ chatId, id: edited, html: '<p>As it is now</p>' });
    await syncNow();
    await expect(panel.getByText('Up to date', { exact: true })).toBeVisible();
  });

  await test.step('a refusal is said, with what to do', async () => {
    await control.faults({ match: 'GET /chats/*/messages$', status: 403 });
    await syncNow();
    await expect(panel.getByText('You are not in this chat')).toHaveCount(1);
    await control.clearFaults();
    await syncNow();
    await expect(panel.getByText('Up to date', { exact: true })).toBeVisible();
  });

  await test.step('the filling goes on in another life of the worker', async () => {
    await log(panel).evaluate((list) => {
      list.scrollTop = 0;
    });
    await shot(alice.page, 'sync-filling');
    const results = await new AxeBuilder({ page: alice.page }).analyze();
    expect(results.violations.filter(({ nodes }) => JSON.stringify(nodes).includes('sync-'))).toEqual([]);
    const before = await storedIn(alice, chatId);
    await expect.poll(() => storedIn(alice, chatId), { timeout: 60_000 }).toBeGreaterThan(before + 40);
    await alice.killWorker();
    // The person does something, which wakes it.
    await alice.page.reload();
    await expect.poll(() => storedIn(alice, chatId), { timeout: 90_000 }).toBeGreaterThanOrEqual(761);
    await control.clearRequests();
    await alice.page.waitForTimeout(6_000);
    const older = (await messageRequests(control, 'GET')).filter((r) => r.url.includes('createdDateTime%20lt'));
    expect(older, 'what is filled is left alone').toEqual([]);
  });
});

test('all conversations: progress, cancel, a pause that Microsoft asks for, and a worker that dies', async ({
  sandbox,
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const first = await linkChat(control, alice);
  await control.write({ chatId: first, from: BOB, html: '<p>Here</p>' });
  const many = await control.createManyChats({ from: ALICE, members: [BOB], topic: 'Talk', count: 64, messages: 2 });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Here')).toBeVisible();
  const linked = many.slice(0, 44);
  await linkMany(alice, sandbox, linked);
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  const start = popup.getByRole('button', { name: 'Sync all conversations' });
  const bar = popup.getByRole('progressbar', { name: /of 4\d conversations/ });

  await test.step('cancelled in the middle, it keeps what it has and asks for no more', async () => {
    await expect(popup.getByText('Not all conversations were brought up to date yet.')).toBeVisible();
    await shot(popup, 'popup-never');
    await control.faults({ match: 'POST /$batch', delay: 2_500 });
    await control.clearRequests();
    await start.click();
    await expect(bar).toHaveAttribute('value', '20', { timeout: 20_000 });
    await shot(popup, 'popup-progress');
    await axe(popup, '.sync-all');
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await expect(start).toBeVisible();
    // What was under way then ends.
    await popup.waitForTimeout(3_000);
    const reads = (await messageRequests(control, 'GET')).length;
    expect(reads).toBeLessThanOrEqual(40);
    await popup.waitForTimeout(4_000);
    expect(await messageRequests(control, 'GET'), 'nothing more is asked for').toHaveLength(reads);
    const [sync] = await rows<{ run: unknown; doneAt: unknown }>(alice, 'syncs');
    expect(sync).toMatchObject({ run: null, doneAt: null });
  });

  await test.step('Microsoft asks for a pause: it is kept to the second, and the worker dies in it', async () => {
    await control.clearFaults();
    await control.faults({ match: 'POST /$batch', status: 429, retryAfter: 40, times: 1 });
    await control.clearRequests();
    await start.click();
    await expect(popup.getByText(/Microsoft asks for a pause\. It goes on by itself at/)).toBeVisible();
    await shot(popup, 'popup-pause');
    const refusedAt = (await control.requests()).find(isRead)!.time;
    await alice.killWorker();
    await popup.reload();
    await expect(popup.getByText(/It goes on by itself at/)).toBeVisible();
    await expect(popup.getByText(/^All up to date since/)).toBeVisible({ timeout: 90_000 });
    const after = (await control.requests()).filter(isRead).slice(1);
    expect(after.length).toBeGreaterThan(0);
    for (const { time } of after) expect(time - refusedAt).toBeGreaterThanOrEqual(39_900);
    await shot(popup, 'popup-done');
  });

  await test.step('only what records have is stored, all of it', async () => {
    const chats = (await rows<{ chatId: string }>(alice, 'chats')).map(({ chatId }) => chatId);
    expect(new Set(chats)).toEqual(new Set([first, ...linked]));
    for (const chatId of linked.slice(0, 3)) expect(await storedIn(alice, chatId)).toBeGreaterThanOrEqual(2);
  });

  await test.step('nothing changed: one call', async () => {
    await control.clearRequests();
    await start.click();
    await expect.poll(() => asked(control)).toEqual({ lists: 1, batches: 0 });
    await expect(popup.getByText(/nothing new\.$/)).toBeVisible();
    await popup.waitForTimeout(1_000);
    expect(await asked(control)).toEqual({ lists: 1, batches: 0 });
    expect(await messageRequests(control, 'GET')).toEqual([]);
  });

  await test.step('a worker killed in a run: the next one goes on with what is left, by itself', async () => {
    for (const chatId of linked.slice(0, 30)) await control.write({ chatId, from: BOB, html: '<p>Then</p>' });
    await control.faults({ match: 'POST /$batch', delay: 3_000 });
    await control.clearRequests();
    await start.click();
    await expect(popup.getByRole('progressbar', { name: '20 of 30 conversations' })).toBeVisible({ timeout: 20_000 });
    await alice.killWorker();
    await control.clearFaults();
    await popup.reload();
    await expect
      .poll(async () => (await rows<{ run: unknown }>(alice, 'syncs'))[0]?.run, { timeout: 60_000 })
      .toBeNull();
    await expect(popup.getByText(/: 30 new messages\.$/)).toBeVisible({ timeout: 60_000 });
    const read = (await messageRequests(control, 'GET')).map((r) => decodeURIComponent(r.url).split('/')[5]);
    expect(new Set(read).size).toBe(30);
    expect(read.length, 'what was stored is not read again').toBeLessThanOrEqual(40);
  });
});

test('the day’s first use brings all up to date after a while; the timer only once it is turned on', async ({
  sandbox,
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const first = await linkChat(control, alice);
  await control.write({ chatId: first, from: BOB, html: '<p>Here</p>' });
  const many = await control.createManyChats({ from: ALICE, members: [BOB], topic: 'Talk', count: 5, messages: 2 });
  await control.clearRequests();
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Here')).toBeVisible();
  await linkMany(alice, sandbox, many);
  await act(panel);

  await test.step('not while the record opens', async () => {
    await expect.poll(() => syncAlarm(alice)).not.toBeNull();
    const wait = (await syncAlarm(alice))! - Date.now();
    expect(wait).toBeGreaterThan(20_000);
    expect((await asked(control)).batches).toBe(0);
  });

  await test.step('then once', async () => {
    await passTime(alice, 85_000);
    await ring(alice);
    await expect.poll(async () => (await asked(control)).batches, { timeout: 30_000 }).toBe(1);
    for (const chatId of many) await expect.poll(() => storedIn(alice, chatId)).toBeGreaterThanOrEqual(2);
    await expect
      .poll(async () => (await rows<{ run: unknown; due: unknown }>(alice, 'syncs'))[0])
      .toMatchObject({
        run: null,
        due: null,
      });
  });

  const options = await openOptions(alice, sandbox.extensionId, 'messages');
  const timer = options.getByRole('switch', { name: 'Look for new messages in the background too' });

  await test.step('the timer is off, and stands beside Microsoft’s rule', async () => {
    await expect(timer).not.toBeChecked();
    await expect(options.getByText(/allow asking for changes by a timer once a day/)).toBeVisible();
    await expect(options.getByText('The history of all 6 conversations is fetched that far back.')).toBeVisible();
    await shot(options, 'options-messages');
    await axe(options);
  });

  await test.step('turned on, it rings by itself; its period can be chosen', async () => {
    await timer.focus();
    await options.keyboard.press('Space');
    await expect(timer).toBeChecked();
    await options.getByLabel('How often').selectOption({ label: 'Every 15 minutes' });
    await expect(options.getByText(/^Next at /)).toBeVisible();
    await shot(options, 'options-timer');
    await axe(options);
    const due = async () => (await rows<{ due: { at: number } | null }>(alice, 'syncs'))[0]?.due?.at ?? 0;
    const now = () => alice.worker().then((worker) => worker.evaluate(() => Date.now()));
    await expect.poll(async () => Math.round(((await due()) - (await now())) / 60_000)).toBeLessThanOrEqual(16);
    expect(await syncAlarm(alice)).toBeGreaterThan(Date.now() + 10 * 60_000);
    await control.clearRequests();
    await passTime(alice, 16 * 60_000);
    await ring(alice);
    await expect.poll(() => asked(control)).toEqual({ lists: 1, batches: 0 });
    await timer.click();
    await expect(timer).not.toBeChecked();
    await expect.poll(due).toBe(0);
  });

  await test.step('a depth can be chosen, and an administrator decides both', async () => {
    await options.getByLabel('Fetch older messages by itself').selectOption('Everything');
    await options.reload();
    await expect(options.getByLabel('Fetch older messages by itself')).toHaveValue('0');
    await setPolicy(alice, { historyDays: 30, syncMinutes: 60 });
    await options.reload();
    await expect(options.getByLabel('Fetch older messages by itself')).toBeDisabled();
    await expect(options.getByLabel('Fetch older messages by itself')).toHaveValue('30');
    await expect(timer).toBeChecked();
    await expect(timer).toBeDisabled();
    await expect(options.getByText(/Set by your organisation/)).toHaveCount(2);
    await shot(options, 'options-policy');
  });

  await test.step('in the dark, and where nobody may read', async () => {
    await options.emulateMedia({ colorScheme: 'dark' });
    await options.setViewportSize({ width: 480, height: 900 });
    await shot(options, 'options-dark-narrow');
    await axe(options);
  });
});

test('without the permission to read, the popup says what is missing', async ({ sandbox, control, person }) => {
  await control.tenant({ adminConsented: [] });
  const alice = await person(ALICE);
  await linkChat(control, alice, EVENT);
  await openTalk(alice);
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  await expect(popup.getByText(/must be allowed to read them/)).toBeVisible();
  await expect(popup.getByRole('button', { name: 'Sync all conversations' })).toHaveCount(0);
  await shot(popup, 'popup-no-reading');
});
