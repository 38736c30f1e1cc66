import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { DEFAULT_REDIRECT_URI } from '../sandbox/tenant/registration.ts';
import { type Person, expect as playwrightExpect, test } from './fixtures/deskside.ts';
import { area, database } from './fixtures/kept.ts';
import { NO_SITES, openPopup } from './fixtures/places.ts';
import { ALICE, BOB, composer, linkChat, openTalk, say, timesSaid } from './fixtures/talk.ts';

/** Chromium answers storage.managed only seconds after its start, and a busy machine is slow. */
const expect = playwrightExpect.configure({ timeout: 20_000 });

test.use({ throttle: 'off', tier: 'reading' });

test('the registration: what to register, checked as it is typed, then signed in with', async ({
  sandbox,
  person,
  control,
}) => {
  const alice = await person(ALICE, { storage: {} });
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);

  await test.step('nothing works without a client ID, and the popup says so', async () => {
    await expect(popup.getByText('Enter the client ID below')).toBeVisible();
    await expect(popup.getByRole('button', { name: 'Sign in with Microsoft' })).toBeDisabled();
  });

  await test.step('the redirect URI is shown with its platform, and copied', async () => {
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await expect(popup.getByText('“Single-page application”')).toBeVisible();
    const field = popup.getByRole('textbox', { name: 'Redirect URI' });
    await expect(field.or(popup.getByText(DEFAULT_REDIRECT_URI)).first()).toBeVisible();
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Copy' }).click();
    await expect(popup.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await popup.evaluate(() => navigator.clipboard.readText())).toBe(DEFAULT_REDIRECT_URI);
  });

  const clientId = popup.getByRole('textbox', { name: 'Client ID' });
  const tenant = popup.getByRole('textbox', { name: 'Directory (tenant)' });
  const save = popup.getByRole('button', { name: 'Save' });

  await test.step('what cannot be right is refused where it stands', async () => {
    await clientId.fill('not a client id');
    await tenant.fill('not a tenant!');
    await save.click();
    await expect(popup.getByText('A client ID looks like')).toBeVisible();
    await expect(popup.getByText('Enter the directory ID, a domain')).toBeVisible();
    expect(await kept(alice)).not.toContain('not a client id');
  });

  await test.step('what is right is saved, and lasts', async () => {
    await clientId.fill(` ${NO_SITES.registration.clientId.toUpperCase()} `);
    await tenant.fill('contoso.test');
    await save.click();
    await expect(popup.getByText('Saved', { exact: true })).toBeVisible();
    await popup.reload();
    await popup.getByText('App registration', { exact: true }).click();
    await expect(clientId).toHaveValue(NO_SITES.registration.clientId);
    await expect(tenant).toHaveValue('contoso.test');
    await expect(popup.getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled();
  });

  await test.step('signing in asks this tenant', async () => {
    const window = alice.context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await passMicrosoft(await window, { account: ALICE });
    await expect(popup.getByText(ALICE)).toBeVisible();
    const asked = (await control.requests()).find((r) => r.url.includes('/authorize'));
    expect(new URL(asked?.url ?? '').pathname).toBe('/contoso.test/oauth2/v2.0/authorize');
  });

  await test.step('another registration waits until the account that belongs to this one is signed out', async () => {
    await tenant.fill('organizations');
    await save.click();
    await expect(popup.getByRole('alert')).toContainText('Sign out first');
    expect(await kept(alice)).toContain('contoso.test');
  });
});

test('signing out lists unfinished work first, then forgets everything of the account', async ({
  sandbox,
  person,
  control,
}) => {
  test.slow();
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  await control.write({ chatId, from: BOB, html: '<p>Heron, said Bob</p>' });
  const panel = await openTalk(alice);
  await expect(panel.getByText('Heron, said Bob')).toBeVisible();
  await composer(panel).fill('a draft about pelicans');
  await expect.poll(() => database(alice)).toContain('pelicans');
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  await expect(popup.getByText(ALICE)).toBeVisible();

  await test.step('a message that is not sent yet is listed, and staying keeps it', async () => {
    await control.faults({ match: 'POST /chats/*/messages', drop: 'before' });
    await alice.page.bringToFront();
    await say(panel, 'not sent yet');
    await expect.poll(() => database(alice)).toContain('not sent yet');
    await expect(async () => {
      await popup.reload();
      await popup.getByRole('button', { name: 'Sign out' }).click();
      await expect(popup.getByRole('alert')).toContainText('A message in the chat of EV00001', { timeout: 1000 });
    }).toPass();
    await popup.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(popup.getByText(ALICE)).toBeVisible();
    expect(await database(alice)).toContain('not sent yet');
  });

  await test.step('discarded, it and everything else is gone', async () => {
    await composer(panel).fill('a last draft of toucans');
    await popup.getByRole('button', { name: 'Sign out' }).click();
    await popup.getByRole('button', { name: 'Discard it and sign out' }).click();
    await expect(popup.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    await expect(panel.getByText('Heron')).toHaveCount(0);
    // A draft on its way may have come last.
    await alice.page.bringToFront();
    const left = `${await database(alice)} ${await kept(alice)} ${await session(alice)}`;
    for (const trace of ['Heron', 'pelicans', 'toucans', 'not sent yet', 'Quarterly', 'Anders@', 'hint', 'secret'])
      expect(left.toLowerCase(), trace).not.toContain(trace.toLowerCase());
    // ERPNext's own login is another matter: its name stands in what the tab shows.
    expect((await kept(alice)).toLowerCase()).not.toContain('alice');
    expect((await database(alice)).toLowerCase()).not.toContain('alice');
    await control.clearFaults();
    expect(await timesSaid(control, chatId, 'not sent yet')).toBe(0);
  });

  await test.step('somebody else who signs in here finds nothing of it, and is asked for the account', async () => {
    const window = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Use another account' }).click();
    const page = await window;
    // Microsoft's own session is not ours to end: Alice is still offered there.
    await expect(page.getByRole('button', { name: ALICE })).toBeVisible();
    await page.locator('input[type=email]').fill(BOB);
    await page.getByRole('button', { name: 'Sign in' }).click();
    if (!page.isClosed()) await passMicrosoft(page, { account: BOB });
    // ERPNext still knows Alice here: Bob says that he means it, once for this site.
    const doubt = panel.getByRole('alert').filter({ hasText: 'Two different people' });
    await expect(doubt).toContainText('In ERPNext you are alice@contoso.test. In Teams you would write as Bob Bhatt');
    await expect(composer(panel)).toHaveValue('');
    await doubt.getByRole('button', { name: 'Write as this person' }).click();
    await expect(doubt).toHaveCount(0);
    const prompts = (await control.requests())
      .filter((r) => r.url.includes('/authorize?'))
      .map((r) => new URL(r.url).searchParams.get('prompt'));
    expect(prompts.at(-1)).toBe('select_account');
    await control.clearRequests();
    await say(panel, 'Bob is here');
    await expect.poll(() => timesSaid(control, chatId, 'Bob is here')).toBe(1);
    const callers = (await control.requests()).filter((r) => r.service === 'graph').map((r) => r.caller);
    expect(new Set(callers)).toEqual(new Set([BOB]));
  });
});

test('the timer is off until the person turns it on', async ({ sandbox, person }) => {
  const alice = await person(ALICE);
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  const live = popup.getByRole('switch', { name: 'Look for new messages by itself' });
  await expect(live).not.toBeChecked();
  await expect(popup.getByText('Microsoft asks apps not to poll')).toBeVisible();
  await live.click();
  await expect(live).toBeChecked();
  expect(JSON.parse(await kept(alice))).toMatchObject({ liveSeconds: 60 });
  await live.click();
  await expect(live).not.toBeChecked();
});

/** chrome.storage.local as text. */
const kept = (person: Person) => area(person, 'local');
/** chrome.storage.session as text. */
const session = (person: Person) => area(person, 'session');
