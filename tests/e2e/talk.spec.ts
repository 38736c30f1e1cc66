import { expect, test } from './fixtures/deskside.ts';
import {
  ALICE,
  BOB,
  composer,
  EVENT,
  goTo,
  linkChat,
  log,
  OTHER,
  openTalk,
  panelAgain,
  said,
  say,
  timesSaid,
} from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
// A browser, a sign-in and a first read before anything can be looked at.
test.describe.configure({ timeout: 120_000 });

test('the composer: Enter sends, Shift+Enter breaks the line, marks and links, everything else escaped', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  const field = composer(panel);
  const sent = async (count: number) => {
    await expect.poll(async () => (await said(control, chatId)).length).toBe(count);
    return (await said(control, chatId)).at(-1)!;
  };

  await field.press('Enter');
  await field.fill('   ');
  await field.press('Enter');
  await expect(panel.getByRole('button', { name: /^Send/ })).toBeDisabled();

  await field.fill('');
  await field.pressSequentially('one');
  await field.press('Shift+Enter');
  await field.pressSequentially('two');
  await field.press('Enter');
  expect(await sent(1)).toMatch(/one<br ?\/?>two/);
  await expect(field).toHaveValue('');

  await field.pressSequentially('big');
  await field.press('ControlOrMeta+a');
  await panel.getByRole('button', { name: /^Bold/ }).click();
  await expect(field).toHaveValue('**big**');
  await field.press('End');
  await field.pressSequentially(' slanted');
  for (let i = 0; i < 'slanted'.length; i++) await field.press('Shift+ArrowLeft');
  await field.press('ControlOrMeta+i');
  await expect(field).toHaveValue('**big** *slanted*');
  await panel.getByRole('button', { name: /^Send/ }).click();
  const marked = await sent(2);
  expect(marked).toMatch(/<strong>big<\/strong> <em>slanted<\/em>|<b>big<\/b> <i>slanted<\/i>/);

  await field.fill('first\nsecond');
  await field.press('ControlOrMeta+a');
  await panel.getByRole('button', { name: 'List', exact: true }).click();
  await expect(field).toHaveValue('- first\n- second');
  await field.press('Enter');
  expect(await sent(3)).toMatch(/<ul>\s*<li>first<\/li>\s*<li>second<\/li>\s*<\/ul>/);

  await field.fill('the plan');
  await field.press('ControlOrMeta+a');
  await panel.getByRole('button', { name: 'Link', exact: true }).click();
  await field.pressSequentially('https://plans.example/a?b=1&c=2');
  await field.press('Enter');
  expect(await sent(4)).toMatch(/<a href="https:\/\/plans\.example\/a\?b=1&(amp;)?c=2"[^>]*>the plan<\/a>/);

  const raw = '<img src=x onerror="alert(1)"> & <b>no</b> [x](javascript:alert(1)) "quoted" \'single\'';
  await field.fill(raw);
  await field.press('Enter');
  const escaped = await sent(5);
  expect(escaped).not.toMatch(/<(img|b|a)\b/);
  expect(escaped).toContain('&lt;img');
  await expect(log(panel).getByRole('article').last()).toContainText(raw);
});

test('text typed for one record never reaches another, whatever happens to the route', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chats = { here: await linkChat(control, alice), there: await linkChat(control, alice, OTHER) };
  const panel = await openTalk(alice);
  const field = composer(panel);
  const title = (name: string) => panel.getByText(`Talk · ${name}`).first();

  await test.step('each record keeps its own text', async () => {
    await field.fill('for the first');
    await goTo(alice.page, OTHER);
    await expect(title(OTHER.name)).toBeVisible();
    await expect(field).toHaveValue('');
    await field.fill('for the third');
    await goTo(alice.page, EVENT);
    await expect(title(EVENT.name)).toBeVisible();
    await expect(field).toHaveValue('for the first');
    await goTo(alice.page, OTHER);
    await expect(title(OTHER.name)).toBeVisible();
    await expect(field).toHaveValue('for the third');
    await field.fill('');
    await goTo(alice.page, EVENT);
    await expect(title(EVENT.name)).toBeVisible();
  });

  await test.step('Enter after the route changed, while the panel still shows the record before', async () => {
    await field.fill('too late');
    await control.faults({ match: `GET /api/resource/Event/${OTHER.name}`, service: 'erpnext', delay: 4_000 });
    await goTo(alice.page, OTHER);
    await alice.page.waitForFunction((name) => document.body.dataset.route === `Form/Event/${name}`, OTHER.name);
    // The content script has told the worker once its launcher stands in the other form's head.
    await alice.page.waitForTimeout(1_000);
    await expect(title(EVENT.name)).toBeVisible();
    await expect(field).toHaveValue('too late');
    await field.press('Enter');
    await expect(title(OTHER.name)).toBeVisible();
    await expect(field).toHaveValue('');
    await control.clearFaults();
    expect(await timesSaid(control, chats.there, 'too late')).toBe(0);
    expect(await timesSaid(control, chats.here, 'too late'), 'refused, not sent').toBe(0);
    await goTo(alice.page, EVENT);
    await expect(title(EVENT.name)).toBeVisible();
    await expect(field).toHaveValue(/too late/);
    await field.fill('');
  });

  await test.step('Enter and the change of the route in the same instant', async () => {
    for (let round = 0; round < 6; round++) {
      const text = `Race number ${round}.`;
      await field.fill(text);
      await Promise.all(
        round % 2 ? [goTo(alice.page, OTHER), field.press('Enter')] : [field.press('Enter'), goTo(alice.page, OTHER)],
      );
      await expect(title(OTHER.name)).toBeVisible();
      await expect(field).toHaveValue('');
      await goTo(alice.page, EVENT);
      await expect(title(EVENT.name)).toBeVisible();
      // Sent where it was written, or still to be sent there.
      const kept = (await field.inputValue()).includes(text);
      if (!kept) await expect.poll(() => timesSaid(control, chats.here, text)).toBe(1);
      expect(await timesSaid(control, chats.there, text)).toBe(0);
      await field.fill('');
    }
    expect(await said(control, chats.there)).toEqual([]);
  });
});

test('a draft outlives the route, a reload, a dead worker and the tab', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  let panel = await openTalk(alice);

  await composer(panel).fill('not yet finis');
  // No pause: whatever was typed last is written down while the page goes away.
  await alice.page.reload();
  panel = await panelAgain(alice);
  await expect(composer(panel)).toHaveValue('not yet finis');

  await composer(panel).press('End');
  await composer(panel).pressSequentially('hed');
  await alice.killWorker();
  await alice.page.reload();
  panel = await panelAgain(alice);
  await expect(composer(panel)).toHaveValue('not yet finished');

  const tab = await alice.context.newPage();
  await alice.page.close();
  panel = await openTalk(alice, EVENT, tab);
  await expect(composer(panel)).toHaveValue('not yet finished');
  await composer(panel).press('Enter');
  await expect.poll(() => timesSaid(control, chatId, 'not yet finished')).toBe(1);
  await tab.reload();
  await expect(composer(await panelAgain(alice, tab))).toHaveValue('');
});

test('every chat and message opens in Teams', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const id = await control.write({ chatId, from: BOB, html: '<p>Look here</p>' });
  const panel = await openTalk(alice);
  const message = log(panel).getByRole('article').filter({ hasText: 'Look here' });
  const links = {
    chat: panel.getByRole('link', { name: 'Open in Teams' }).first(),
    message: message.getByRole('link', { name: 'Open this message in Teams' }),
  };
  await message.hover();
  await message.getByRole('button', { name: 'More about this message' }).click();
  const chat = encodeURIComponent(chatId);
  await expect(links.message).toHaveAttribute(
    'href',
    `https://teams.microsoft.com/l/message/${chat}/${id}?context=${encodeURIComponent('{"contextType":"chat"}')}`,
  );
  await expect(links.chat).toHaveAttribute('href', /^https:\/\/teams\.microsoft\.com\/l\/chat\//);
  expect(decodeURIComponent((await links.chat.getAttribute('href'))!)).toContain(chatId);
  for (const link of Object.values(links)) {
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', /noopener/);
  }
});

test('in the base tier messages leave, and nothing is read', async ({ control, person }) => {
  await control.tenant({ adminConsented: [] });
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Not for the base tier</p>' });
  const panel = await openTalk(alice);
  await expect(panel.getByText('History needs your administrator')).toBeVisible();
  await expect(panel.getByRole('link', { name: 'Open in Teams' }).first()).toBeVisible();
  await say(panel, 'Hello from the base tier');
  await expect.poll(() => timesSaid(control, chatId, 'Hello from the base tier')).toBe(1);
  await expect(composer(panel)).toHaveValue('');
  const reads = (await control.requests()).filter((r) => r.method === 'GET' && /\/messages(\?|$|\/)/.test(r.url));
  expect(reads).toEqual([]);
});
