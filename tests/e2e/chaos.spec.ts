import { expect, test } from './fixtures/deskside.ts';
import { ALICE, act, BOB, composer, linkChat, log, openTalk, outgoing, passTime, said, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

const SEND = 'POST /chats/*/messages$';

test('thirty messages through 429, 5xx, cut lines and a killed worker: none lost, none twice, in their order', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.faults(
    { match: SEND, every: 11, times: 2, status: 503 },
    { match: SEND, every: 7, times: 3, status: 429, retryAfter: 1 },
    { match: SEND, every: 6, times: 3, status: 504, after: true },
    { match: SEND, every: 5, times: 3, drop: 'after' },
    { match: SEND, every: 13, times: 1, drop: 'before' },
  );
  const texts = Array.from({ length: 30 }, (_, i) => `Message ${String(i).padStart(2, '0')} of thirty`);
  for (const [i, text] of texts.entries()) {
    await say(panel, text);
    if (i === 9 || i === 19) await alice.killWorker();
  }
  await expect(composer(panel)).toHaveValue('');
  await expect(async () => {
    // Two looks a minute apart come before the person may send again; Microsoft's clock goes along.
    await control.clock({ advance: 61_000 });
    await passTime(alice, 61_000);
    await act(panel);
    await expect(outgoing(panel).filter({ hasText: 'Sending…' })).toHaveCount(0);
    for (const button of await panel.getByRole('button', { name: /^(Send again|Try again)$/ }).all())
      await button.click({ timeout: 1000 }).catch(() => {});
    await expect(outgoing(panel)).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 60_000, intervals: [100] });
  const there = (await said(control, chatId)).map((html) => html.replace(/<[^>]*>/g, ''));
  expect(there).toEqual(texts);
  await expect(log(panel).getByText(texts.at(-1)!)).toHaveCount(1);
  expect(await log(panel).getByRole('article').filter({ hasText: 'of thirty' }).count()).toBe(30);
});

test('what is done to messages waits for a network and outlives the worker: each done once', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const mine: string[] = [];
  for (const text of ['To be edited', 'To be deleted', 'Deleted and back'])
    mine.push(await control.write({ chatId, from: ALICE, html: `<p>${text}</p>` }));
  await control.write({ chatId, from: BOB, html: '<p>To be liked</p>' });
  const panel = await openTalk(alice);
  const row = (text: string) => log(panel).getByRole('article').filter({ hasText: text });
  const choose = async (text: string, name: string) => {
    await row(text).hover();
    await row(text).getByRole('button', { name: 'More about this message' }).click();
    await panel.getByRole('button', { name, exact: true }).click();
  };
  await expect(row('To be liked')).toBeVisible();
  await control.faults({ service: 'graph', offline: true });
  await choose('To be liked', 'Like');
  await choose('To be edited', 'Edit');
  await composer(panel).fill('Was edited');
  await composer(panel).press('Enter');
  await choose('To be deleted', 'Delete');
  await choose('Deleted and back', 'Delete');
  await panel.getByRole('button', { name: 'Undo deletion' }).last().click();
  await expect(row('Was edited')).toBeVisible();
  await alice.killWorker();
  await expect(row('To be liked').getByRole('button', { name: '👍 by You' })).toBeVisible();
  await expect(row('Deleted and back')).toBeVisible();
  await control.clearFaults();
  await control.clearRequests();
  await expect(async () => {
    await passTime(alice, 61_000);
    await act(panel);
    expect((await said(control, chatId)).join()).toMatch(/Was edited.*Deleted and back.*To be liked/s);
    expect((await said(control, chatId)).join()).not.toContain('To be deleted');
    await expect(panel.locator('.chat-waits')).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 40_000 });
  const changes = (await control.requests()).filter(
    ({ url, method }) => /\/messages\/\d/.test(url) && method !== 'GET',
  );
  const wanted = [/setReaction$/, /softDelete$/, new RegExp(`messages/${mine[0]}$`)];
  for (const one of wanted) expect(changes.filter(({ url }) => one.test(new URL(url).pathname))).toHaveLength(1);
});
