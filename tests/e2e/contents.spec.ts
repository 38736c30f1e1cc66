import { expect, test } from './fixtures/deskside.ts';
import { ALICE, BOB, linkChat, log, openTalk } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 120_000 });

test('hostile messages do nothing, ask nobody, and can be read', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const evil = [
    '<img src="https://tracker.test/1.gif" onerror="parent.x=1" alt="plan.png">',
    '<a href="javascript:parent.x=1">press me</a><svg onload="parent.x=1"></svg><style>*{display:none}</style>',
    '<form action="https://tracker.test/"><input name="q"><button>Go</button></form><iframe src="https://tracker.test/2"></iframe>',
    `${'<div>'.repeat(1_500)}deep down`,
    `<img src="https://graph.microsoft.com/v1.0/chats/19:other@thread.v2/messages/1/hostedContents/aWQ9/$value" alt="another chat’s">`,
    '<p>The last one</p>',
  ];
  for (const html of evil) await control.write({ chatId, from: BOB, html });
  const asked: string[] = [];
  alice.context.on('request', (request) => asked.push(request.url()));
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('The last one')).toBeVisible();
  await expect(log(panel).getByText('deep down')).toBeVisible();
  await expect(log(panel).getByRole('link', { name: 'Picture: plan.png' })).toHaveAttribute(
    'href',
    'https://tracker.test/1.gif',
  );
  await expect(log(panel).getByText('press me')).toBeVisible();
  const found = await panel.evaluate(() => ({
    forbidden: document.querySelectorAll('.chat-body :is(script, style, form, iframe, svg, input)').length,
    hrefs: [...document.querySelectorAll<HTMLAnchorElement>('.chat-body a')].map((a) => a.protocol),
    remote: [...document.images].filter((img) => !/^(data|blob):/.test(img.src)).length,
  }));
  expect(found).toMatchObject({ forbidden: 0, remote: 0 });
  expect(new Set(found.hrefs)).toEqual(new Set(['https:']));
  expect(asked.filter((url) => /tracker\.test/.test(url))).toEqual([]);
  const hosted = (await control.requests()).filter((r) => r.url.includes('hostedContents'));
  expect(hosted.map((r) => r.url)).toEqual([]);
});

test('a day, the beginning and back: what is not stored is fetched, and the focus stands on the message', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const DAY = 24 * 3_600_000;
  await control.clock({ advance: -5 * DAY });
  const chatId = await linkChat(control, alice);
  for (let day = 0; day < 5; day++) {
    for (let i = 0; i < 25; i++) await control.write({ chatId, from: BOB, html: `<p>Day ${day}, word ${i}</p>` });
    await control.clock({ advance: DAY });
  }
  await control.clock({ now: Date.now() });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Day 4, word 24', { exact: true })).toBeVisible();

  const go = async (fill: string | null) => {
    await panel.getByRole('button', { name: 'More for this chat' }).click();
    await panel.getByRole('button', { name: 'Go to a day' }).click();
    const dialog = panel.getByRole('dialog', { name: 'Go to a day' });
    if (fill) {
      await dialog.getByLabel('Day').fill(fill);
      await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    } else await dialog.getByRole('button', { name: 'The beginning' }).click();
    await expect(dialog).toHaveCount(0, { timeout: 30_000 });
  };
  const day = (n: number) => new Date(Date.now() - (5 - n) * DAY).toISOString().slice(0, 10);
  await go(day(1));
  await expect(panel.locator('article:focus')).toContainText('Day 1, word 0');
  await expect(panel.locator('article:focus')).toBeInViewport();
  await go(null);
  await expect(log(panel).getByText('Day 0, word 0', { exact: true })).toBeInViewport();
  await panel.getByRole('button', { name: 'To the newest' }).click();
  await expect(log(panel).getByText('Day 4, word 24', { exact: true })).toBeInViewport();
});
