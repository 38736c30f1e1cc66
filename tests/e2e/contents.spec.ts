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
