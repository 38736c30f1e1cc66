import { expect, test } from './fixtures/deskside.ts';
import { openPopup } from './fixtures/places.ts';
import { ALICE, BOB, EVENT, linkChat, log, OTHER, openTalk, passTime } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

const toolbar = async (person: { worker(): Promise<{ evaluate<T>(run: () => T): Promise<T> }> }): Promise<string> =>
  (await person.worker()).evaluate(() => (globalThis as unknown as Extension).chrome.action.getBadgeText({})) as never;

interface Extension {
  chrome: { action: { getBadgeText(details: object): Promise<string> } };
}

test('one list call tells which records have something unread: on the icon, and in the popup, which leads there', async ({
  sandbox,
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await linkChat(control, alice);
  const other = await linkChat(control, alice, OTHER);
  await openTalk(alice, OTHER);
  const panel = await openTalk(alice, EVENT);
  await expect(log(panel).or(panel.getByText('Nothing was said here yet')).first()).toBeVisible();
  expect(await toolbar(alice)).toBe('');

  await control.write({ chatId: other, from: BOB, html: '<p>Over here</p>' });
  await passTime(alice, 61_000);
  await control.clearRequests();
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  const entry = popup.getByRole('button', { name: /EV00003.*1 unread messages/ });
  await expect(entry).toBeVisible();
  await expect.poll(() => toolbar(alice)).toBe('1');
  const graph = (await control.requests()).filter((r) => r.service === 'graph');
  expect(graph.filter((r) => /\/me\/chats\?/.test(r.url))).toHaveLength(1);
  expect(
    graph.filter((r) => r.url.includes('/messages')),
    'no chat is read for it',
  ).toEqual([]);

  const opened = alice.context.waitForEvent('page');
  await entry.click();
  const page = await opened;
  await page.waitForURL(/\/app\/event\/EV00003/);
  await expect.poll(() => toolbar(alice), { timeout: 20_000 }).toBe('');
});
