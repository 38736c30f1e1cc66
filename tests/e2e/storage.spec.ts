import AxeBuilder from '@axe-core/playwright';
import { expect, type Person, test } from './fixtures/deskside.ts';
import { openOptions } from './fixtures/options.ts';
import { ALICE, actUntil, linkChat, log, messageRequests, openTalk, outgoing, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 180_000 });

const DAY = 24 * 3600_000;

test('old messages are taken from this computer after a look at what that is, and read again from Teams', async ({
  control,
  person,
  sandbox,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.history({ chatId, count: 260, days: 300 });
  const panel = await openTalk(alice);
  const toTheStart = async () => {
    const panel = await alice.panel();
    await expect(async () => {
      await log(panel).evaluate((list) => {
        list.scrollTop = 0;
      });
      await expect(panel.getByText('This is the start of the conversation')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 40_000 });
  };
  await expect(log(panel).getByRole('article').first()).toBeVisible();
  await toTheStart();

  const options = await openOptions(alice, sandbox.extensionId, 'storage');
  const line = options.getByRole('listitem').filter({ hasText: /^Talk/ });
  const before = new Date(Date.now() - 150 * DAY).toISOString().slice(0, 10);
  let taken = 0;
  // With what Teams itself said: who made the chat, and whom it has.
  const all = 262;

  await test.step('what is stored is shown, by chat', async () => {
    await expect(line).toContainText(`${all} messages`);
    await expect(options.getByText('Words for searching')).toBeVisible();
    await expect(options.getByText(/^The browser keeps what is stored here|^Should the disk fill up/)).toBeVisible();
    expect((await new AxeBuilder({ page: options }).analyze()).violations).toEqual([]);
  });

  await test.step('nothing goes before the person has seen what that is', async () => {
    await options.getByLabel('Written before').fill(before);
    await options.getByRole('button', { name: 'See what that is' }).click();
    const plan = options.getByText(/messages from before .* of 1 chat/);
    await expect(plan).toBeVisible();
    taken = Number(/^(\d+) messages/.exec((await plan.textContent()) ?? '')?.[1]);
    expect(taken).toBeGreaterThan(80);
    await options.screenshot({ path: '.output/storage-plan.png' });
    expect((await new AxeBuilder({ page: options }).analyze()).violations).toEqual([]);
    await options.getByRole('button', { name: 'Keep them' }).click();
    await expect(line).toContainText(`${all} messages`);
    await options.getByRole('button', { name: 'See what that is' }).click();
    await options.getByRole('button', { name: 'Take them from this computer' }).click();
    await expect(options.getByText(`${taken} messages were taken from this computer`)).toBeVisible();
    await expect(line).toContainText(`${all - taken} messages`);
  });

  await test.step('in another life of the worker too; whoever reads back there has them again', async () => {
    await alice.killWorker();
    await options.reload();
    await expect(line).toContainText(`${all - taken} messages`);
    await alice.page.reload();
    await expect(
      log(await alice.openPanel())
        .getByRole('article')
        .first(),
    ).toBeVisible();
    await control.clearRequests();
    await toTheStart();
    expect((await messageRequests(control, 'GET')).length).toBeGreaterThan(0);
    await options.reload();
    await expect(line).toContainText(`${all} messages`);
  });
});

test('a damaged database is made anew: what waits is still there, messages load again, and that is said', async ({
  control,
  person,
  sandbox,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.history({ chatId, count: 30, days: 3 });
  const panel = await openTalk(alice);
  await expect(log(panel).getByRole('article').first()).toBeVisible();
  await control.faults({ service: 'graph', match: 'POST /chats/*/messages$', offline: true });
  await say(panel, 'Not lost');
  await expect(panel.getByRole('article', { name: /^Your message:/ })).toBeVisible();
  await breakDatabase(alice, sandbox.extensionId);
  await control.clearFaults();

  const again = await openTalk(alice);
  await expect(again.getByText('What was stored here was damaged')).toBeVisible();
  await expect(log(again).getByText('Not lost')).toBeVisible();
  // A chat is read at most once in 15 seconds, whatever became of what was read.
  await actUntil(again, () => expect(log(again).getByRole('article')).not.toHaveCount(1, { timeout: 500 }), 40_000);
  await again.page().screenshot({ path: '.output/storage-rebuilt.png' });
  // The worker died while it was on its way: it is looked for, and never sent again by itself.
  await expect(outgoing(again)).toContainText('Not lost');

  await alice.killWorker();
  await alice.page.reload();
  const later = await alice.openPanel();
  await expect(outgoing(later)).toContainText('Not lost');
  await expect(log(later).getByRole('article')).not.toHaveCount(1);
  const chat = (await control.state(60)).chats.find(({ id }) => id === chatId);
  expect(chat?.messages.filter(({ content }) => content.includes('Not lost'))).toEqual([]);
});

/** The database as it is, but without its messages' store, as after a crash of the disk. */
async function breakDatabase(alice: Person, extensionId: string): Promise<void> {
  await alice.page.goto('about:blank');
  // A page of the extension that wakes no worker.
  const page = await alice.context.newPage();
  await page.goto(`chrome-extension://${extensionId}/icon/16.png`);
  await alice.killWorker();
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const old = await done(indexedDB.open('deskside'));
    const kept: { name: string; keyPath: string | string[] | null; rows: unknown[] }[] = [];
    for (const name of [...old.objectStoreNames].filter((name) => name !== 'messages')) {
      const store = old.transaction(name).objectStore(name);
      kept.push({ name, keyPath: store.keyPath, rows: await done(store.getAll()) });
    }
    const { version } = old;
    old.close();
    await done(indexedDB.deleteDatabase('deskside'));
    const opening = indexedDB.open('deskside', version);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath } of kept) opening.result.createObjectStore(name, { keyPath });
    };
    const made = await done(opening);
    for (const { name, rows } of kept)
      for (const row of rows) await done(made.transaction(name, 'readwrite').objectStore(name).put(row));
    made.close();
  });
  await page.close();
}
