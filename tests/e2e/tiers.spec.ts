import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { type Person, expect as playwrightExpect, test } from './fixtures/deskside.ts';
import { ALICE, actUntil, BOB, composer, linkChat, openTalk, outgoing, say, timesSaid } from './fixtures/talk.ts';

/** Chromium answers storage.managed only seconds after its start, and a busy machine is slow. */
const expect = playwrightExpect.configure({ timeout: 20_000 });
const READING = 'Chat.ReadWrite';
// Two messages within a second may meet Graph's limit: its 429 would be the answer that gets lost here.
test.use({ throttle: 'off' });

test('the base tier: writing works, an uncertain send stays unknown, and history is asked for and appears', async ({
  control,
  person,
}) => {
  test.slow();
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>What Bob said before</p>' });
  const panel = await openTalk(alice);
  const missing = panel.getByText('History needs your administrator');

  await test.step('nothing is read, and the panel says what is missing', async () => {
    await expect(missing).toBeVisible();
    await expect(panel.getByRole('link', { name: /Open in Teams/ }).first()).toHaveAttribute(
      'href',
      new RegExp(encodeURIComponent(chatId)),
    );
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.getByRole('button', { name: 'Copy link for administrator' }).click();
    const link = new URL(await alice.page.evaluate(() => navigator.clipboard.readText()));
    expect(link.pathname).toMatch(/\/v2\.0\/adminconsent$/);
    expect(link.searchParams.get('scope')).toContain(READING);
    await say(panel, 'written without reading');
    await expect.poll(() => timesSaid(control, chatId, 'written without reading')).toBe(1);
    const reads = (await control.requests()).filter(
      (r) => r.method === 'GET' && /\/chats\/[^/]+\/messages/.test(r.url),
    );
    expect(reads, 'what is not allowed is not tried').toEqual([]);
  });

  await test.step('a send without an answer stays unknown: nothing is sent again by itself', async () => {
    await control.faults({ match: 'POST /chats/*/messages', drop: 'after', times: 1 });
    await say(panel, 'perhaps sent');
    const row = outgoing(panel).filter({ hasText: 'perhaps sent' });
    await expect(row).toContainText('Not certain that it was sent');
    await expect(row.getByRole('button', { name: 'Send again' })).toBeVisible();
    await alice.killWorker();
    await alice.page.mouse.move(300, 300);
    await expect(row).toContainText('Not certain that it was sent');
    expect(await timesSaid(control, chatId, 'perhaps sent')).toBe(1);
    const sends = (await control.requests()).filter((r) => r.method === 'POST' && r.url.endsWith('/messages'));
    expect(sends.filter((r) => JSON.stringify(r.body).includes('perhaps sent'))).toHaveLength(1);
  });

  await test.step('asked for too early, the way back names the administrator', async () => {
    const window = await allowReading(alice);
    await window.getByRole('link', { name: /Return to the application/ }).click();
    await expect(panel.getByRole('alert')).toContainText('An administrator must approve this first');
    await expect(missing, 'and the base tier goes on').toBeVisible();
    await expect(composer(panel)).toBeEnabled();
  });

  await test.step('granted by the administrator, history appears and settles what was unknown', async () => {
    await control.tenant({ adminConsented: [READING] });
    await panel.getByRole('button', { name: 'Allow reading' }).click();
    await expect(panel.getByText('What Bob said before')).toBeVisible();
    await expect(missing).toHaveCount(0);
    const asked = (await control.requests()).filter((r) => r.url.includes('/authorize?')).at(-1);
    expect(new URL(asked?.url ?? '').searchParams.get('scope')).toContain(READING);
    await actUntil(panel, () => expect(outgoing(panel)).toHaveCount(0, { timeout: 1000 }), 20_000);
    await expect(panel.getByText('perhaps sent')).toHaveCount(1);
  });

  await test.step('taken back, the base tier goes on by itself', async () => {
    await control.tenant({ adminConsented: [] });
    await control.clock({ advance: 2 * 3600_000 });
    await say(panel, 'without reading again');
    await expect.poll(() => timesSaid(control, chatId, 'without reading again')).toBe(1);
    await expect(missing).toBeVisible();
    expect(alice.context.pages(), 'nobody was asked').toHaveLength(1);
  });

  async function allowReading(who: Person) {
    const window = who.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Allow reading' }).click();
    return window;
  }
});

test('where people may agree themselves, one click brings history', async ({ control, person }) => {
  await control.tenant({ consent: 'user' });
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>What Bob said before</p>' });
  const panel = await openTalk(alice);
  await expect(panel.getByText('History needs your administrator')).toBeVisible();
  const window = alice.context.waitForEvent('page');
  await panel.getByRole('button', { name: 'Allow reading' }).click();
  await passMicrosoft(await window, { account: ALICE });
  await expect(panel.getByText('What Bob said before')).toBeVisible();
});
