import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { launchPerson } from '../../scripts/walk/person.ts';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import type { RecordedRequest } from '../sandbox/shell.ts';
import { type Control, type Person, expect as playwrightExpect, test } from './fixtures/deskside.ts';
import { area, database } from './fixtures/kept.ts';
import type { Extension } from './fixtures/talk.ts';

/** Chromium answers storage.managed only seconds after its start, and a busy machine is slow. */
const expect = playwrightExpect.configure({ timeout: 20_000 });

const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const GINA = 'gina@fabrikam.test';
const BASE = ['User.Read', 'User.ReadBasic.All', 'Chat.ReadBasic', 'Chat.Create', 'ChatMessage.Send'];
const HOUR = 3600_000;

test('asks for the base tier alone, with PKCE, and keeps the worker out of cookies', async ({ control, person }) => {
  const alice = await person(ALICE);
  const panel = await atSignIn(alice);
  await alice.signIn();
  await expect(panel.getByRole('button', { name: 'Create chat' })).toBeEnabled();

  const [asked, ...more] = await authorized(control);
  expect(more, 'one visit of the sign-in page').toEqual([]);
  expect(graphScopes(asked)).toEqual([...BASE].sort());
  expect(asked?.get('response_type')).toBe('code');
  expect(asked?.get('code_challenge_method')).toBe('S256');
  expect(asked?.get('prompt')).toBeNull();
  expect(await consentsOf(control, ALICE), 'nothing else was agreed to').toEqual([...BASE].sort());

  const [redeemed] = await tokenRequests(control);
  expect(redeemed?.form.get('grant_type')).toBe('authorization_code');
  const verifier = redeemed?.form.get('code_verifier') ?? '';
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked?.get('code_challenge'));
  expect(redeemed?.form.get('client_secret')).toBeNull();
  expect(redeemed?.request.headers.cookie, 'the session at Microsoft stays out of it').toBeUndefined();
  expect(redeemed?.request.headers.origin).toMatch(/^chrome-extension:/);
  // What Graph is told is a token of this person, and of nobody else.
  expect(new Set((await control.requests()).filter((r) => r.service === 'graph').map((r) => r.caller))).toEqual(
    new Set([ALICE]),
  );
});

test('tokens are renewed silently: by refresh token, for a claims challenge, by prompt=none, and after that by the person', async ({
  control,
  person,
}) => {
  test.slow();
  const { alice, panel, chatId } = await atChat(control, person);
  const said = (text: string) => timesSaid(control, chatId, text);

  await test.step('an access token that ran out is renewed by refresh token', async () => {
    await control.clock({ advance: 2 * HOUR });
    await control.clearRequests();
    await say(panel, 'after two hours');
    await expect.poll(() => said('after two hours')).toBe(1);
    const renewals = await tokenRequests(control);
    expect(renewals.map((r) => r.form.get('grant_type'))).toEqual(['refresh_token']);
    expect(await authorized(control)).toEqual([]);
  });

  await test.step('a challenge of continuous access evaluation is answered without the person', async () => {
    await control.tenant({ revokeWithClaims: ALICE });
    await control.clearRequests();
    await say(panel, 'after the challenge');
    await expect.poll(() => said('after the challenge')).toBe(1);
    const asked = await tokenRequests(control);
    expect(
      asked.some((r) => r.form.get('claims')?.includes('nbf')),
      'the claims that Graph asked for',
    ).toBe(true);
    expect((await authorized(control)).every((q) => q.get('prompt') === 'none')).toBe(true);
    expect(alice.context.pages(), 'no window was shown').toHaveLength(1);
  });

  await test.step('a refresh token of yesterday: Microsoft answers without a window', async () => {
    await control.clock({ advance: 25 * HOUR });
    await control.clearRequests();
    await say(panel, 'the next day');
    await expect.poll(() => said('the next day')).toBe(1);
    const [silent, ...more] = await authorized(control);
    expect(more).toEqual([]);
    expect(silent?.get('prompt')).toBe('none');
    expect(silent?.get('login_hint')).toBe(ALICE);
  });

  await test.step('a worker that was ended goes on with the tokens it had', async () => {
    await alice.killWorker();
    await control.clearRequests();
    await say(panel, 'after the worker');
    await expect.poll(() => said('after the worker')).toBe(1);
    expect((await control.requests()).filter((r) => r.service === 'entra')).toEqual([]);
  });

  await test.step('the session at Microsoft ended too: the panel asks, nothing is lost, and it goes on by itself', async () => {
    await control.tenant({ revokeRefreshTokens: ALICE, endSessions: ALICE });
    await control.clock({ advance: 2 * HOUR });
    await control.clearRequests();
    await say(panel, 'while signed out');
    await expect(panel.getByText('Please sign in to Microsoft again').first()).toBeVisible();
    expect(await said('while signed out')).toBe(0);
    await expect(panel.getByText('while signed out')).toBeVisible();
    await signInAgain(panel, alice, ALICE);
    await expect.poll(() => said('while signed out')).toBe(1);
    await expect(panel.getByText('Please sign in to Microsoft again')).toHaveCount(0);
  });
});

test('what can go wrong is told apart, each with its next step, and then it works', async ({ control, person }) => {
  test.slow();
  const alice = await person(ALICE);
  const panel = await atSignIn(alice);
  const problem = (title: string | RegExp) => panel.getByRole('status').filter({ hasText: title });

  await test.step('the window is closed', async () => {
    const window = await microsoft(alice, panel);
    await window.close();
    await expect(problem('Sign-in was not finished')).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled();
  });

  await test.step('the account belongs to another organisation', async () => {
    const window = await microsoft(alice, panel);
    await window.locator('input[type=email]').fill(GINA);
    await window.getByRole('button', { name: 'Sign in' }).click();
    await expect(window.getByRole('alert')).toContainText('AADSTS50020');
    await window.close();
    const told = problem('This account belongs to another organisation');
    await expect(told).toContainText('Sign in with your work account');
    // The way out shows the picker: without it Microsoft would take the same account again.
    const again = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Use another account' }).click();
    await (await again).close();
    await expect(problem(/not finished|another organisation/)).toBeVisible();
    const prompts = (await authorized(control)).map((q) => q.get('prompt')).filter((p) => p !== 'none');
    expect(prompts.at(-1)).toBe('select_account');
    await control.tenant({ endSessions: GINA });
  });

  await test.step('permissions are refused', async () => {
    await passMicrosoft(await microsoft(alice, panel), { account: ALICE, consent: 'cancel' });
    await expect(problem('Permission was not given')).toContainText('choose Accept');
  });

  await test.step('a policy blocks the sign-in', async () => {
    await control.tenant({ blocked: [ALICE] });
    const window = await microsoft(alice, panel);
    await window.getByRole('link', { name: 'Return to the application' }).click();
    await expect(problem(/organisation.s rules stopped/)).toContainText('administrator');
    await expect(problem(/organisation.s rules stopped/)).toContainText('AADSTS53003');
    await control.tenant({ blocked: [] });
  });

  await test.step('only an administrator may agree', async () => {
    await control.tenant({ consent: 'none' });
    const window = await microsoft(alice, panel);
    await window.getByRole('link', { name: /Return to the application/ }).click();
    const link = problem('An administrator must approve this first').getByRole('link');
    const url = new URL((await link.getAttribute('href')) ?? '');
    expect(url.pathname).toContain('/v2.0/adminconsent');
    expect(
      url.searchParams
        .get('scope')
        ?.split(' ')
        .map((s) => s.split('/').pop()),
    ).toEqual(BASE);
    await control.tenant({ consent: 'managed' });
  });

  await test.step('Microsoft cannot be reached', async () => {
    await control.faults({ service: 'entra', offline: true });
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await expect(problem('Microsoft cannot be reached')).toContainText('connection');
    await control.clearFaults();
  });

  await test.step('Microsoft is not well', async () => {
    await control.faults({ service: 'entra', match: 'POST /**/token', status: 503 });
    await passMicrosoft(await microsoft(alice, panel), { account: ALICE });
    await expect(problem(/sign-in is not answering properly/)).toContainText('later');
    await control.clearFaults();
  });

  await test.step('after all of it, signing in works', async () => {
    // Alice is known to Microsoft by now and has agreed, so that the window closes by itself.
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await expect(panel.getByRole('button', { name: 'Create chat' })).toBeEnabled();
  });
});

test('the worker is ended while Microsoft’s window is open: the panel says so, and trying again works', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const panel = await atSignIn(alice);
  const window = await microsoft(alice, panel);
  await alice.killWorker();
  const problem = panel.getByRole('alert');
  await expect(problem).toContainText('Try again');
  if (!window.isClosed()) await window.close();
  await passMicrosoft(await microsoft(alice, panel), { account: ALICE });
  await expect(panel.getByRole('button', { name: 'Create chat' })).toBeEnabled();
  await expect(problem).toHaveCount(0);
  expect(await tokenRequests(control), 'one sign-in and no other').toHaveLength(1);
});

test('tokens lie in the browser’s memory alone, and a restarted browser signs in by the hint', async ({
  sandbox,
  control,
}) => {
  test.slow();
  // One profile for two runs of the browser.
  const profile = await sandbox.profile();
  const launch = () => launchPerson({ ...sandbox, profile: async () => profile }, ALICE);
  let alice = await launch();
  try {
    const panel = await atSignIn(alice);
    await alice.signIn();
    await expect(panel.getByRole('button', { name: 'Create chat' })).toBeEnabled();
    const secrets = await secretsOf(alice, control);
    expect(secrets.length, 'access, refresh and ID token').toBeGreaterThanOrEqual(3);
    const kept = `${await area(alice, 'local')} ${await database(alice)}`;
    expect(kept).toContain(ALICE);
    for (const secret of secrets) expect(kept).not.toContain(secret);
    await alice.close();
    const disk = await filesOf(profile);
    expect(holds(disk, ALICE), 'the search finds what is there').toBe(true);
    for (const secret of secrets) expect(holds(disk, secret)).toBe(false);

    alice = await launch();
    await control.clearRequests();
    await alice.openRecord('Event', 'EV00001');
    const again = await alice.openPanel();
    await expect(again.getByRole('button', { name: 'Create chat' })).toBeEnabled();
    const [silent, ...more] = await authorized(control);
    expect(more).toEqual([]);
    expect([silent?.get('prompt'), silent?.get('login_hint')]).toEqual(['none', ALICE]);
    expect(graphScopes(silent)).toEqual([...BASE].sort());
  } finally {
    await alice.close();
  }
});

/** Opens the record's panel, where nobody is signed in. */
async function atSignIn(who: Person): Promise<Frame> {
  await who.openRecord('Event', 'EV00001');
  const panel = await who.openPanel();
  await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  return panel;
}

/** Alice in the panel of a record whose chat exists. */
async function atChat(control: Control, person: (email: string) => Promise<Person>) {
  const alice = await person(ALICE);
  const chatId = await control.createChat({ from: BOB, members: [ALICE], topic: 'Quarterly review · EV00001' });
  await alice.erp.update('Event', 'EV00001', { custom_teams_chat_id: chatId });
  const panel = await atSignIn(alice);
  await alice.signIn();
  await expect(composer(panel)).toBeEnabled();
  return { alice, panel, chatId };
}

/** Presses the sign-in button; Microsoft's window. */
async function microsoft(who: Person, panel: Frame, button = 'Sign in with Microsoft'): Promise<Page> {
  const window = who.context.waitForEvent('page');
  await panel.getByRole('button', { name: button }).click();
  const page = await window;
  await page.waitForURL(/login\.microsoftonline\.com/);
  return page;
}

async function signInAgain(panel: Frame, who: Person, account: string): Promise<void> {
  const notice = panel.getByRole('status').filter({ hasText: 'Please sign in to Microsoft again' }).first();
  const window = who.context.waitForEvent('page');
  await notice.getByRole('button', { name: 'Sign in' }).click();
  await passMicrosoft(await window, { account });
}

const composer = (panel: Frame) => panel.getByRole('textbox', { name: 'Message' });

async function say(panel: Frame, text: string): Promise<void> {
  await composer(panel).fill(text);
  await panel.getByRole('button', { name: /^Send/ }).click();
}

async function timesSaid(control: Control, chatId: string, text: string): Promise<number> {
  const chat = (await control.state()).chats.find((c) => c.id === chatId);
  return (chat?.messages ?? []).filter((m) => m.content.includes(text)).length;
}

/** What the sign-in page was asked, in order. */
async function authorized(control: Control): Promise<URLSearchParams[]> {
  return (await control.requests())
    .filter((r) => r.service === 'entra' && /\/oauth2\/v2\.0\/authorize/.test(r.url))
    .map((r) => new URL(r.url).searchParams);
}

async function tokenRequests(control: Control): Promise<{ request: RecordedRequest; form: URLSearchParams }[]> {
  return (await control.requests())
    .filter((r) => r.service === 'entra' && /\/oauth2\/v2\.0\/token/.test(r.url))
    .map((request) => ({ request, form: new URLSearchParams(String(request.body)) }));
}

function graphScopes(asked: URLSearchParams | undefined): string[] {
  const openId = ['openid', 'profile', 'offline_access'];
  return (asked?.get('scope') ?? '')
    .split(' ')
    .filter((scope) => !openId.includes(scope))
    .sort();
}

async function consentsOf(control: Control, email: string): Promise<string[] | undefined> {
  const state = (await control.state()) as unknown as { consents: { people: Record<string, string[]> } };
  return state.consents.people[email];
}

/** Parts of every token that the browser holds: long enough to be nothing else, short enough to be found in any form. */
async function secretsOf(who: Person, control: Control): Promise<string[]> {
  const worker = await who.worker();
  const session = await worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as Extension;
    return (await chrome.storage.session.get(null)) as Record<string, unknown>;
  });
  const texts = Object.values(session).filter((value) => typeof value === 'string');
  const held = texts.flatMap((text) => [...text.matchAll(/"secret":"([^"]+)"/g)].map(([, secret]) => secret ?? ''));
  const used = (await control.requests())
    .filter((r) => r.service === 'graph')
    .map((r) => r.headers.authorization?.replace(/^Bearer /, '') ?? '');
  expect(held, 'the token that Graph was shown').toEqual(expect.arrayContaining([...new Set(used)]));
  // The end is the signature of a JWT: no two tokens share it.
  return held.map((secret) => secret.slice(-24));
}

/** All files below a folder. */
async function filesOf(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
}

/** Whether a text is in one of the files, in either of the encodings that browsers write. */
function holds(files: Buffer[], text: string): boolean {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return files.some((file) => forms.some((form) => file.includes(form)));
}
