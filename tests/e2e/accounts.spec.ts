import type { Frame, Page } from '@playwright/test';
import { erpClient } from '../../scripts/walk/erp.ts';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { CLIENT_ID } from '../sandbox/tenant/registration.ts';
import { type Control, type Person, expect as playwrightExpect, test } from './fixtures/deskside.ts';
import { area, database } from './fixtures/kept.ts';
import { openPopup } from './fixtures/places.ts';
import {
  ALICE,
  act,
  BOB,
  composer,
  type Extension,
  log,
  outgoing,
  panelAgain,
  passTime,
  say,
  timesSaid,
} from './fixtures/talk.ts';

const expect = playwrightExpect.configure({ timeout: 20_000 });
const GINA = 'gina@fabrikam.test';
const GUS = 'gus@fabrikam.test';
const READING = ['Chat.ReadWrite'];

test.use({ throttle: 'off', tier: 'reading' });
test.describe.configure({ timeout: 240_000 });

/** One person, two companies: an ERPNext and an account of each. */
test('two sites speak as two accounts, each to the end', async ({ sandbox, control, person }) => {
  await control.tenant({ of: 'fabrikam.test', adminConsented: READING });
  const [north, south] = [sandbox.erpnext.v15!, sandbox.erpnext.v16!];
  const alice = await person(ALICE, {
    storage: {
      sites: [{ origin: north }, { origin: south }],
      registration: { clientId: CLIENT_ID, tenant: 'organizations', cloud: 'global' },
    },
  });
  const erpSouth = erpClient(alice.context.request, south);
  const northChat = await control.createChat({ from: BOB, members: [ALICE], topic: 'North · EV00001' });
  const southChat = await control.createChat({ from: GUS, members: [GINA], topic: 'South · EV00001' });
  await alice.erp.update('Event', 'EV00001', { custom_teams_chat_id: northChat });
  await erpSouth.update('Event', 'EV00001', { custom_teams_chat_id: southChat });

  const northPanel = await test.step('the first account speaks everywhere', async () => {
    await alice.openRecord('Event', 'EV00001');
    const panel = await alice.openPanel();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    await alice.signIn();
    await expect(composer(panel)).toBeVisible();
    return panel;
  });
  const southTab = await alice.context.newPage();
  let southPanel = await test.step('on the other site too, where its chats are not open to it', async () => {
    await southTab.goto(`${south}/desk/event/EV00001`);
    await southTab.bringToFront();
    const panel = await alice.openPanel(southTab);
    await expect(panel.getByRole('heading', { name: 'You are not in this record' })).toBeVisible();
    return panel;
  });
  const popup = await openPopup(alice, sandbox.extensionId, southTab);

  await test.step('another signs in for that site, says that it is meant, and the first keeps its own', async () => {
    await expect(popup.getByText('Speaks on')).toHaveCount(0);
    const window = alice.context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Use another account on this site' }).click();
    await asAnother(await window, GINA);
    await expect(popup.locator('.popup-accounts').getByText(GINA)).toBeVisible();
    await expect(popup.getByText(`Speaks on ${south}`)).toBeVisible();
    await toFront(southTab, southPanel);
    const doubt = southPanel.getByRole('alert').filter({ hasText: 'Two different people' });
    await expect(doubt).toContainText('Gina Green');
    await doubt.getByRole('button', { name: 'Write as this person' }).click();
    await expect(composer(southPanel)).toBeEnabled();
    await expect(southPanel.getByText('You write as Gina Green')).toBeVisible();
    await toFront(alice.page, northPanel);
    await expect(northPanel.getByText('You write as Alice Anders')).toBeVisible();
  });

  await test.step('what is written goes out as the right person each', async () => {
    await say(northPanel, 'north one');
    await toFront(southTab, southPanel);
    await say(southPanel, 'south one');
    await expect.poll(() => timesSaid(control, northChat, 'north one')).toBe(1);
    await expect.poll(() => timesSaid(control, southChat, 'south one')).toBe(1);
    expect(await authors(control, northChat, 'north one')).toEqual([ALICE]);
    expect(await authors(control, southChat, 'south one')).toEqual([GINA]);
  });

  await test.step('a worker that dies with both on their way sends both, once, as whoever wrote them', async () => {
    // Longer than a worker sleeps: the rows wait, not the call.
    await control.faults({ match: 'POST /chats/*/messages', status: 429, retryAfter: 25, times: 2 });
    await say(southPanel, 'south two');
    await expect(outgoing(southPanel)).toContainText('Waiting to be sent');
    await toFront(alice.page, northPanel);
    await say(northPanel, 'north two');
    await expect(outgoing(northPanel)).toContainText('Waiting to be sent');
    await alice.killWorker();
    // No tab of either site wakes it.
    await popup.reload();
    for (const [chat, text, author] of [
      [northChat, 'north two', ALICE] as const,
      [southChat, 'south two', GINA] as const,
    ]) {
      await expect.poll(() => timesSaid(control, chat, text), { timeout: 70_000 }).toBe(1);
      expect(await authors(control, chat, text)).toEqual([author]);
    }
  });

  await test.step('what is unread for either stands on the icon and in the popup, and leads to its site', async () => {
    await popup.bringToFront();
    await control.write({ chatId: northChat, from: BOB, html: '<p>for Alice</p>' });
    await control.write({ chatId: southChat, from: GUS, html: '<p>for Gina</p>' });
    await passTime(alice, 61_000);
    await popup.reload();
    const list = popup.locator('.popup-unread');
    await expect(list.getByRole('button', { name: /South/ })).toBeVisible();
    await expect(list.getByRole('button', { name: /North/ })).toBeVisible();
    await expect.poll(() => badge(alice)).toBe('2');
  });

  await test.step('one that Microsoft wants to see again does not stop the other', async () => {
    await control.tenant({ revokeRefreshTokens: GINA, endSessions: GINA });
    await control.clock({ advance: 2 * 3600_000 });
    southPanel = await again(alice, southTab);
    await say(southPanel, 'south three');
    await expect(southPanel.getByText('Please sign in to Microsoft again').first()).toBeVisible();
    await say(await again(alice, alice.page), 'north three');
    await expect.poll(() => timesSaid(control, northChat, 'north three')).toBe(1);
    expect(await timesSaid(control, southChat, 'south three')).toBe(0);
  });

  await test.step('signing one out leaves the other, and nobody takes the place unasked', async () => {
    await popup.reload();
    await popup.getByRole('button', { name: `Sign out ${GINA}` }).click();
    await expect(popup.getByRole('alert')).toContainText('A message in the chat of EV00001');
    await popup.getByRole('button', { name: 'Discard it and sign out' }).click();
    await expect(popup.getByText(GINA)).toHaveCount(0);
    await expect(southPanel.getByText('Nobody speaks for you on this site yet')).toBeVisible();
    await expect(log(southPanel)).toHaveCount(0);
    const left = `${await database(alice)} ${await speakers(alice)}`;
    for (const trace of ['fabrikam', 'Gina', 'south', 'South ·']) expect(left, trace).not.toContain(trace);
    expect(left).toContain('north one');
    const panel = await again(alice, alice.page);
    await say(panel, 'north four');
    await expect.poll(() => timesSaid(control, northChat, 'north four')).toBe(1);
  });

  await test.step('until the person says who speaks there', async () => {
    await toFront(southTab, southPanel);
    await southPanel.getByRole('button', { name: /^Write as Alice Anders/ }).click();
    await expect(southPanel.getByRole('heading', { name: 'You are not in this record' })).toBeVisible();
    await popup.reload();
    await expect(popup.getByText('Speaks on')).toHaveCount(0);
  });
});

/** Microsoft's list shows who is signed in; somebody else types their address. */
async function asAnother(window: Page, account: string): Promise<void> {
  await window.locator('input[type=email]').fill(account);
  await window.getByRole('button', { name: 'Sign in' }).click();
  if (!window.isClosed()) await passMicrosoft(window, { account });
}

/** The person turns to a tab. What it shows takes clicks once it was painted: the browser drops those that come before. */
async function toFront(page: Page, panel: Frame): Promise<void> {
  await page.bringToFront();
  await panel.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

/** The panel of a tab that the person turns to, and moves the pointer over. */
async function again(person: Person, page: Page): Promise<Frame> {
  await page.bringToFront();
  const panel = await panelAgain(person, page);
  await toFront(page, panel);
  await act(panel);
  return panel;
}

async function authors(control: Control, chatId: string, text: string): Promise<(string | null)[]> {
  const chat = (await control.state()).chats.find(({ id }) => id === chatId);
  return (chat?.messages ?? []).filter(({ content }) => content.includes(text)).map(({ from }) => from);
}

async function badge(person: Person): Promise<string> {
  const worker = await person.worker();
  return worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as Extension;
    return chrome.action.getBadgeText({});
  });
}

/** What the browser's session holds, but for what stands on screen and what was asked of Microsoft. */
async function speakers(person: Person): Promise<string> {
  const {
    tabs: _,
    'graph.budget': __,
    ...session
  } = JSON.parse(await area(person, 'session')) as Record<string, unknown>;
  return JSON.stringify(session);
}
