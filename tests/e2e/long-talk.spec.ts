import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/deskside.ts';
import { ALICE, actUntil, BOB, composer, EVENT, linkChat, log, openTalk } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

const DAY = 24 * 3_600_000;

test('20,000 messages: what is unread, a day, up and down: nothing jumps, and few stand in the page', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  // Whoever makes a chat has read all that was written before.
  await control.clock({ advance: -401 * DAY });
  const chatId = await control.createChat({ from: ALICE, members: [BOB], topic: `Long · ${EVENT.name}` });
  await control.clock({ now: Date.now() });
  await alice.erp.update(EVENT.doctype, EVENT.name, { custom_teams_chat_id: chatId });
  await control.history({ chatId, count: 20_000, days: 400, authors: [BOB], unread: 70 });
  const panel = await openTalk(alice);
  const rows = log(panel).getByRole('article');
  const axe = async () =>
    expect((await new AxeBuilder({ page: alice.page }).include('[data-deskside=dock]').analyze()).violations).toEqual(
      [],
    );

  await test.step('the pill leads to the first that was not read, under its line', async () => {
    const pill = panel.getByRole('button', { name: /^\d+ or more new/ });
    await expect(pill).toBeVisible();
    await axe();
    await pill.click();
    await expect(panel.locator('.chat-new')).toBeInViewport();
    await axe();
  });

  const turn = (to: 'up' | 'down') =>
    panel.evaluate(async (to) => {
      const box = document.querySelector('.chat-scroll')!;
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const lines = () => [...box.querySelectorAll<HTMLElement>('article')];
      const edgeLine = () => (to === 'up' ? lines()[0] : lines().at(-1))?.dataset.line;
      box.scrollTop = to === 'up' ? 60 : box.scrollHeight - box.clientHeight - 60;
      const edge = box.getBoundingClientRect();
      const held = lines().find((line) => line.getBoundingClientRect().bottom > edge.top + 60)!;
      const before = held.getBoundingClientRect().top;
      const first = edgeLine();
      const until = performance.now() + 8000;
      while (edgeLine() === first && performance.now() < until) await frame();
      const moved = edgeLine() !== first;
      await frame();
      await frame();
      const found = box.querySelector(`[data-line="${held.dataset.line}"]`);
      const drift = found ? Math.abs(found.getBoundingClientRect().top - before) : Number.POSITIVE_INFINITY;
      return { drift, moved, lines: lines().length };
    }, to);

  await test.step('up by pages', async () => {
    for (let page = 0; page < 6; page++) {
      const { drift, moved, lines } = await turn('up');
      expect([moved, drift <= 1, lines <= 400], `page ${page}: drift ${drift}, ${lines} lines`).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  await test.step('to a day a year ago, and down from there', async () => {
    await panel.getByRole('button', { name: 'More for this chat' }).click();
    await panel.getByRole('button', { name: 'Go to a day' }).click();
    const dialog = panel.getByRole('dialog', { name: 'Go to a day' });
    await dialog.getByLabel('Day').fill(new Date(Date.now() - 300 * DAY).toISOString().slice(0, 10));
    await axe();
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    await expect(dialog).toHaveCount(0, { timeout: 30_000 });
    await expect(panel.locator('article:focus')).toBeInViewport();
    for (let page = 0; page < 4; page++) {
      const { drift, moved, lines } = await turn('down');
      expect([moved, drift <= 1, lines <= 400], `page ${page}: drift ${drift}, ${lines} lines`).toEqual([
        true,
        true,
        true,
      ]);
    }
    await panel.getByRole('button', { name: 'To the newest' }).click();
    await expect(rows.last()).toBeInViewport();
  });
});

test('pictures of a message are blobs of ours, a quote leads to what it quotes, and a selection is copied with its words', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await control.clock({ advance: -2 * DAY });
  const chatId = await linkChat(control, alice);
  const first = await control.write({ chatId, from: BOB, html: '<p>The <b>very first</b> word</p>' });
  await control.clock({ now: Date.now() });
  await control.history({ chatId, count: 120, days: 1, authors: [BOB] });
  await control.write({ chatId, from: BOB, html: '<p>As I said</p>', quotes: [first] });
  await control.write({
    chatId,
    from: BOB,
    html: '<p>The plan: <img src="../hostedContents/1/$value" alt="plan" width="60" height="40"></p>',
    images: [{}],
  });
  await control.write({ chatId, from: BOB, html: '<p>Then <i>go</i> on</p>' });
  const panel = await openTalk(alice);
  await actUntil(panel, () => expect(log(panel)).toContainText('Then go on', { timeout: 500 }));

  await test.step('a picture, asked for by the worker alone', async () => {
    const picture = panel.getByRole('button', { name: /^Enlarge|plan/ }).locator('img');
    await expect(picture).toHaveAttribute('src', /^blob:chrome-extension:/);
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  });

  await test.step('a selection over two messages, as text and as HTML', async () => {
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.evaluate(() => {
      const rows = [...document.querySelectorAll('.chat-scroll article')];
      const [from, to] = [rows.find((row) => row.textContent?.includes('As I said')), rows.at(-1)];
      getSelection()!.setBaseAndExtent(from!.querySelector('.chat-body')!, 0, to!.querySelector('.chat-body')!, 1);
    });
    await alice.page.keyboard.press('ControlOrMeta+c');
    const copied = await alice.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const of = async (type: string) => (await item!.getType(type)).text();
      return { text: await of('text/plain'), html: await of('text/html') };
    });
    expect(copied.text).toMatch(/Bob Bhatt.*\n.*As I said[\s\S]*Bob Bhatt.*\n.*Then go on/);
    expect(copied.html).toMatch(/As I said[\s\S]*Then <(i|em)>go<\/(i|em)> on/);
    expect(copied.html).not.toMatch(/<button|class=|blob:/);
  });

  await test.step('the quote jumps to its message, which was not loaded', async () => {
    await expect(log(panel).getByText('very first', { exact: true })).toHaveCount(0);
    await log(panel).getByRole('article').filter({ hasText: 'As I said' }).locator('.chat-quote-jump').click();
    const original = log(panel).getByRole('article').filter({ hasText: 'The very first word' }).first();
    await expect(original).toBeInViewport();
    await panel.getByRole('button', { name: 'To the newest' }).click();
    await expect(log(panel).getByText('Then go on')).toBeInViewport();
    await expect(composer(panel)).toBeVisible();
  });
});
