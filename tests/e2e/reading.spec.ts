import { launcher } from '../../scripts/walk/panel.ts';
import type { RecordedRequest } from '../sandbox/shell.ts';
import { expect, type Person, test } from './fixtures/deskside.ts';
import {
  ALICE,
  act,
  actUntil,
  BOB,
  composer,
  EVENT,
  type Extension,
  linkChat,
  log,
  messageRequests,
  OTHER,
  openTalk,
  panelAgain,
  passTime,
} from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
// A browser, a sign-in and a first read before anything can be looked at.
test.describe.configure({ timeout: 120_000 });

const DAY = 24 * 3_600_000;

test('the history reads as it was said: days, people, own apart, edited, deleted, events in words', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await control.clock({ advance: -2 * DAY });
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Two days ago</p>' });
  await control.clock({ advance: DAY });
  await control.write({ chatId, from: ALICE, html: '<p>My own of yesterday</p>' });
  await control.renameChat({ chatId, from: BOB, topic: 'Budget · EV00001' });
  await control.clock({ now: Date.now() });
  const edited = await control.write({ chatId, from: BOB, html: '<p>At nien</p>' });
  const deleted = await control.write({ chatId, from: BOB, html: '<p>Secret slip</p>' });
  await control.editMessage({ chatId, id: edited, html: '<p>At nine</p>' });
  await control.deleteMessage({ chatId, id: deleted });
  const panel = await openTalk(alice);
  const lines = log(panel);

  await test.step('what is there already', async () => {
    await expect(lines.getByText('Two days ago')).toBeVisible();
    await expect(panel.locator('.chat-day')).toHaveCount(3);
    await expect(panel.locator('.chat-day').last()).toHaveText('Today');
    await expect(panel.locator('.chat-day').nth(1)).toHaveText('Yesterday');
    await expect(lines.getByRole('article', { name: /^You,/ })).toContainText('My own of yesterday');
    await expect(lines.getByRole('article', { name: /^Bob/ }).first()).toContainText('Two days ago');
    const nine = lines.getByRole('article').filter({ hasText: 'At nine' });
    await expect(nine).toContainText('Edited');
    await expect(lines.getByText('This message was deleted.')).toBeVisible();
    await expect(lines).not.toContainText('Secret slip');
    await expect(lines).not.toContainText('At nien');
    await expect(panel.locator('.chat-event').filter({ hasText: 'Budget' })).toHaveText(
      /^Bob \S+ renamed the chat to “Budget · EV00001”$/,
    );
    await expect(lines).not.toContainText('Someone');
    await expect(lines).not.toContainText('Unknown person');
  });

  await test.step('what a colleague does arrives with the next act', async () => {
    await control.write({ chatId, from: BOB, html: '<p>Brand new</p>' });
    await control.editMessage({ chatId, id: edited, html: '<p>At ten</p>' });
    await control.react({ chatId, id: edited, from: BOB, type: '👍' });
    await passTime(alice, 15_000);
    await actUntil(panel, () => expect(lines.getByText('Brand new')).toBeVisible({ timeout: 500 }));
    await expect(lines.getByText('At ten')).toBeVisible();
    await expect(lines).not.toContainText('At nine');
    await expect(lines.getByText('👍')).toBeVisible();
  });

  await test.step('after a reload the stored messages stand there at once, without Microsoft', async () => {
    await control.faults({ service: 'graph', offline: true });
    await alice.page.reload();
    const again = await panelAgain(alice);
    await expect(log(again).getByText('Two days ago')).toBeVisible();
    await expect(log(again).getByText('Brand new')).toBeVisible();
    await expect(composer(again)).toBeEnabled();
    await alice.killWorker();
    await alice.page.reload();
    await expect(log(await panelAgain(alice)).getByText('Brand new')).toBeVisible();
  });
});

test('three hundred messages: fifty at once, older ones on scrolling up, and nothing jumps', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const words = Array.from({ length: 300 }, (_, i) => `Message number ${i + 1}.`);
  for (const [i, text] of words.entries())
    await control.write({ chatId, from: i % 3 ? BOB : ALICE, html: `<p>${text}</p>` });
  const panel = await openTalk(alice);
  const rows = log(panel).getByRole('article');
  await expect(rows.last()).toContainText('Message number 300.');
  // Events (the chat's creation) count among Graph's fifty too.
  expect(await messageRequests(control, 'GET'), 'one read of fifty').toHaveLength(1);
  await expect(panel.getByText('To the newest')).toHaveCount(0);

  await test.step('older pages come above what is read, which stays where it is', async () => {
    for (let page = 0; page < 20; page++) {
      if (await log(panel).getByText('This is the start of the conversation').isVisible()) break;
      const jump = await panel.evaluate(async () => {
        const box = document.querySelector('.chat-scroll')!;
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        box.scrollTop = 120;
        const lines = [...box.querySelectorAll<HTMLElement>('article')];
        const edge = box.getBoundingClientRect().top;
        const held = lines.find((line) => line.getBoundingClientRect().bottom > edge + 40)!;
        // Its lower edge: it loses its head where an older one of the same author comes above it.
        const before = held.getBoundingClientRect().bottom;
        const first = box.querySelector('article')!.dataset.line;
        const until = performance.now() + 5000;
        while (box.querySelector('article')?.dataset.line === first && performance.now() < until) await frame();
        await frame();
        const found = box.querySelector(`[data-line="${held.dataset.line}"]`);
        return found ? Math.abs(found.getBoundingClientRect().bottom - before) : Number.POSITIVE_INFINITY;
      });
      expect(jump, `page ${page}`).toBeLessThan(3);
    }
    await expect(log(panel).getByText('This is the start of the conversation')).toBeVisible();
  });
  const shown = await rows.allTextContents();
  expect(shown.map((text) => /Message number \d+\./.exec(text)?.[0])).toEqual(words);
  const reads = await messageRequests(control, 'GET');
  expect(new Set(reads.map((r) => r.url)).size, 'no page is asked for twice').toBe(reads.length);

  await test.step('a message that arrives meanwhile moves nothing, and is offered below', async () => {
    await control.write({ chatId, from: BOB, html: '<p>And one more.</p>' });
    const top = await rows.nth(5).evaluate((row) => row.getBoundingClientRect().top);
    await passTime(alice, 15_000);
    await actUntil(panel, () => expect(panel.getByText('1 new message')).toBeVisible({ timeout: 500 }));
    const after = await rows
      .filter({ hasText: 'Message number 6.' })
      .evaluate((row) => row.getBoundingClientRect().top);
    expect(Math.abs(after - top)).toBeLessThan(3);
    await panel.getByText('1 new message').click();
    await expect(rows.last()).toContainText('And one more.');
    await expect(rows.last()).toBeInViewport();
  });
});

test('many acts in two tabs are one read in fifteen seconds, and none where nobody acts', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Here I am</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Here I am')).toBeVisible();
  const tab = await alice.context.newPage();
  const other = await openTalk(alice, EVENT, tab);
  await expect(log(other).getByText('Here I am')).toBeVisible();

  await control.clearRequests();
  await passTime(alice, 15_000);
  for (let i = 0; i < 4; i++) {
    await act(panel);
    await tab.mouse.click(600, 500);
    await act(other);
    await composer(other).press('ArrowLeft');
  }
  await expect.poll(() => messageRequests(control, 'GET')).toHaveLength(1);
  const acted = Date.now();

  await test.step('twenty seconds without an act ask Microsoft nothing', async () => {
    // Nothing can be awaited where nothing shall happen.
    await tab.waitForTimeout(21_000);
    const quiet = (await control.requests()).filter((r) => r.service === 'graph' && r.time > acted + 1_000);
    expect(quiet.map((r) => `${r.method} ${r.url}`)).toEqual([]);
    expect(await messageRequests(control, 'GET')).toHaveLength(1);
  });
  await test.step('the next act reads once more', async () => {
    await act(panel);
    await expect.poll(() => messageRequests(control, 'GET')).toHaveLength(2);
  });
});

test('a tab in the background reads nothing until it is looked at', async ({ control, person }) => {
  const alice = await person(ALICE);
  await linkChat(control, alice);
  const chatId = await linkChat(control, alice, OTHER);
  await control.write({ chatId, from: BOB, html: '<p>In the other one</p>' });
  const first = await openTalk(alice, OTHER);
  await expect(log(first).getByText('In the other one')).toBeVisible();
  await openTalk(alice);
  await passTime(alice, 15_000);
  await control.clearRequests();
  const opened = alice.context.waitForEvent('page');
  const worker = await alice.worker();
  await worker.evaluate(
    async (url) => {
      const { chrome } = globalThis as unknown as Extension;
      await chrome.tabs.create({ url, active: false });
    },
    alice.url(OTHER.doctype, OTHER.name),
  );
  const tab = await opened;
  // All is shown from the store: whatever its record's coming would have asked for has been asked for.
  await expect(log(await panelAgain(alice, tab)).getByText('In the other one')).toBeVisible();
  const ofOther = async () =>
    (await messageRequests(control, 'GET')).filter((r) => decodeURIComponent(r.url).includes(chatId));
  expect(await ofOther()).toEqual([]);

  await tab.bringToFront();
  await tab.mouse.click(600, 500);
  await expect.poll(ofOther).toHaveLength(1);
});

test('twenty quick messages of a colleague arrive in their order, once each', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>First</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('First')).toBeVisible();
  const words = Array.from({ length: 20 }, (_, i) => `Quick ${i + 1}!`);
  for (const text of words.slice(0, 10)) await control.write({ chatId, from: BOB, html: `<p>${text}</p>` });
  await passTime(alice, 15_000);
  await act(panel);
  for (const text of words.slice(10)) await control.write({ chatId, from: BOB, html: `<p>${text}</p>` });
  await passTime(alice, 15_000);
  await actUntil(panel, () => expect(log(panel).getByText('Quick 20!')).toBeVisible({ timeout: 500 }));
  const shown = await log(panel).getByRole('article').allTextContents();
  expect(shown.flatMap((text) => /Quick \d+!/.exec(text)?.[0] ?? [])).toEqual(words);
});

test('a timer reads only where it was switched on, each minute and while somebody is there', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Before</p>' });
  await alice.page.clock.install();
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Before')).toBeVisible();
  const pass = async (ms: number) => {
    await passTime(alice, ms);
    await alice.page.clock.fastForward(ms);
  };

  await control.clearRequests();
  await pass(120_000);
  await switchTimer(alice);
  expect(await messageRequests(control, 'GET'), 'off unless it is switched on').toEqual([]);

  for (const reads of [1, 2]) {
    await pass(50_000);
    expect(await messageRequests(control, 'GET'), 'not before its minute').toHaveLength(reads - 1);
    // The panel hears of the switch, or of the read, a moment later than we do: its minute began then.
    await expect(async () => {
      await pass(1_000);
      expect(await messageRequests(control, 'GET')).toHaveLength(reads);
    }).toPass({ timeout: 30_000, intervals: [300] });
  }
});

test('hostile messages are shown as what they say: nothing runs, nothing is fetched', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  for (const [i, html] of HOSTILE.entries())
    await control.write({ chatId, from: BOB, html: `${html}<p>End of ${i + 1}.</p>` });
  const asked: string[] = [];
  alice.context.on('request', (request) => asked.push(request.url()));
  alice.page.on('dialog', (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const panel = await openTalk(alice);
  for (let i = 1; i <= HOSTILE.length; i++) await expect(log(panel).getByText(`End of ${i}.`)).toHaveCount(1);

  const found = await log(panel).evaluate((root) => {
    const bodies = [...root.querySelectorAll('.chat-body')];
    const all = bodies.flatMap((body) => [...body.querySelectorAll('*')]);
    return {
      ran: 'pwned' in window,
      tags: [...new Set(all.map((node) => node.localName))].filter(
        (tag) => !/^(a|p|div|span|b|strong|table|tbody|tr|td|pre|br)$/.test(tag),
      ),
      attributes: [...new Set(all.flatMap((node) => node.getAttributeNames()))].sort(),
      links: [...root.querySelectorAll<HTMLAnchorElement>('.chat-body a')].map(({ href, target, rel }) => ({
        href,
        target,
        rel,
      })),
    };
  });
  expect(found.ran, 'no script ran').toBe(false);
  expect(found.tags).toEqual([]);
  expect(found.attributes.filter((name) => /^on|style|src|srcset|id|name|action/.test(name))).toEqual([]);
  expect(found.links.length).toBeGreaterThan(0);
  for (const link of found.links) {
    expect(link.href).toMatch(/^(https?|mailto):/);
    expect(link.target).toBe('_blank');
    expect(link.rel.split(' ')).toContain('noopener');
  }
  await log(panel).getByText('a form to press').click();
  expect(await alice.page.evaluate(() => 'pwned' in window)).toBe(false);
  const ours = [
    alice.site,
    'chrome-extension://',
    'https://graph.microsoft.com/',
    'https://login.microsoftonline.com/',
    'data:image/',
    'blob:',
    // Where sign-in ends.
    `https://${new URL(panel.url()).host}.chromiumapp.org/`,
  ];
  expect(asked.filter((url) => !ours.some((start) => url.startsWith(start)))).toEqual([]);
  expect(await control.requests().then((all) => all.filter((r) => r.url.includes('steal')))).toEqual([]);
});

test('the launcher counts what was not seen, and forgets it once it stands on screen', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Hello</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Hello')).toBeVisible();
  // Microsoft marks the whole chat: what came before this is told would be marked with it.
  await expect.poll(async () => markedRead(await control.requests()).map((r) => r.status)).toEqual([204]);
  const badge = launcher(alice.page);

  await launcher(alice.page).click();
  await expect(composer(panel)).toBeHidden();
  await control.clearRequests();
  for (const text of ['One', 'Two']) await control.write({ chatId, from: BOB, html: `<p>${text}</p>` });
  await passTime(alice, 15_000);
  await expect(async () => {
    await alice.page.mouse.click(600, 500);
    await expect(badge).toHaveAccessibleName(/2 unread messages/, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  expect(markedRead(await control.requests()), 'nothing was seen yet').toHaveLength(0);

  await launcher(alice.page).click();
  await expect(log(panel).getByText('Two')).toBeVisible();
  await expect(badge).not.toHaveAccessibleName(/unread/);
  await expect.poll(async () => markedRead(await control.requests()).map((r) => r.status)).toEqual([204]);
});

test('with leave to read alone, what was seen is not told to Microsoft', async ({ control, person }) => {
  await control.tenant({ adminConsented: ['Chat.Read'] });
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Hello</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Hello')).toBeVisible();
  await control.write({ chatId, from: BOB, html: '<p>Again</p>' });
  await passTime(alice, 15_000);
  await actUntil(panel, () => expect(log(panel).getByText('Again')).toBeVisible({ timeout: 500 }));
  await expect(launcher(alice.page)).not.toHaveAccessibleName(/unread/);
  expect(markedRead(await control.requests())).toEqual([]);
});

test('a notification says of which record, never what was written, and comes only where nobody looks', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Hello</p>' });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText('Hello')).toBeVisible();
  // What the browser's own question and the system's notification would do; headless has neither.
  await (await alice.worker()).evaluate(() => {
    const { chrome, browser = chrome } = globalThis as unknown as Extension;
    const shown: unknown[] = [];
    Object.assign(globalThis, { shown });
    const create = (...what: unknown[]) => void shown.push(what);
    for (const api of [chrome, browser]) {
      api.permissions.contains = async () => true;
      Object.defineProperty(api, 'notifications', { value: { ...api.notifications, create } });
    }
  });
  const shown = async () =>
    (await alice.worker()).evaluate(
      () => (globalThis as unknown as { shown: [string, Record<string, string>][] }).shown,
    );
  await panel.evaluate(() => {
    const { chrome, browser = chrome } = globalThis as unknown as Extension;
    for (const api of [chrome, browser]) api.permissions.request = async () => true;
  });
  const come = async (text: string) => {
    await control.write({ chatId, from: BOB, html: `<p>${text}</p>` });
    await passTime(alice, 15_000);
    await actUntil(panel, () => expect(log(panel).getByText(text)).toBeVisible({ timeout: 500 }));
  };

  await come('Nobody asked to be told');
  expect(await shown()).toEqual([]);
  await panel.getByRole('button', { name: 'Notify me of new messages' }).click();
  await expect(panel.getByRole('button', { name: 'Stop notifying me' })).toBeVisible();
  await come('Before everybody’s eyes');
  expect(await shown()).toEqual([]);

  await launcher(alice.page).click();
  await expect(composer(panel)).toBeHidden();
  await control.write({ chatId, from: BOB, html: '<p>The secret budget</p>' });
  await passTime(alice, 15_000);
  await expect(async () => {
    await alice.page.mouse.click(600, 500);
    expect(await shown()).toHaveLength(1);
  }).toPass({ timeout: 20_000, intervals: [500] });
  const [, note] = (await shown())[0]!;
  expect(note.title).toContain('EV00001');
  expect(JSON.stringify(note)).not.toContain('secret');
});

const markedRead = (requests: RecordedRequest[]) => requests.filter((r) => r.url.includes('/markChatReadForUser'));

/** In the popup, as a person does it. */
async function switchTimer(alice: Person): Promise<void> {
  const popup = await alice.context.newPage();
  await popup.goto(`chrome-extension://${new URL((await alice.worker()).url()).host}/popup.html`);
  await popup.getByRole('switch', { name: 'Look for new messages by itself' }).click();
  await expect(popup.getByRole('switch', { name: 'Look for new messages by itself' })).toBeChecked();
  await popup.close();
  await alice.page.bringToFront();
}

/** Must do nothing; each ends in words that show. */
const HOSTILE = [
  '<script>window.pwned = 1; top.pwned = 1</script>',
  '<p onclick="window.pwned=1" onmouseover="window.pwned=1">a paragraph</p>',
  '<img src="x" onerror="window.pwned=1"><img src="https://steal.example/pixel.gif" alt="pixel">',
  '<img srcset="https://steal.example/set.gif 1x"><picture><source srcset="https://steal.example/p.gif"></picture>',
  '<a href="javascript:window.pwned=1">a script</a> <a href="jAvA&#x09;script:window.pwned=1">another</a>',
  '<a href="data:text/html,<script>window.pwned=1</script>">data</a> <a href="vbscript:x">vb</a> <a href="chrome://settings">chrome</a>',
  '<a href="https://good.example/page" target="_top" rel="opener" onclick="window.pwned=1">a good link</a>',
  '<svg onload="window.pwned=1"><animate onbegin="window.pwned=1" attributeName="x"/><script>window.pwned=1</script></svg>',
  '<style>@import "https://steal.example/a.css"; body { background: url(https://steal.example/b.gif) }</style>',
  '<div style="background:url(https://steal.example/c.gif); position:fixed; inset:0">over all</div>',
  '<form action="https://steal.example/form"><input name="password"><button formaction="javascript:window.pwned=1">a form to press</button></form>',
  '<iframe src="https://steal.example/frame"></iframe><iframe srcdoc="<script>top.pwned=1</script>"></iframe>',
  '<meta http-equiv="refresh" content="0;url=https://steal.example/meta"><base href="https://steal.example/"><link rel="stylesheet" href="https://steal.example/l.css">',
  '<object data="https://steal.example/o"></object><embed src="https://steal.example/e"><video src="https://steal.example/v" poster="https://steal.example/w" autoplay></video><audio src="https://steal.example/x" autoplay></audio>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;"></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>"></noscript>',
  '<template><script>window.pwned=1</script></template><details open ontoggle="window.pwned=1">details</details>',
  '<table background="https://steal.example/t.gif"><tr><td background="https://steal.example/td.gif">cell</td></tr></table>',
  '<at id="0"><img src=x onerror="window.pwned=1">Alice</at><attachment id="1"><script>window.pwned=1</script></attachment>',
  '<a name="pwned" id="pwned" href="//steal.example/relative">clobber</a><span id="app">app</span>',
];
