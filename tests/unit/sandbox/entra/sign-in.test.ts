import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { OTHER_TENANT_ID, TENANT_ID } from '../../../sandbox/tenant/people.ts';
import { CLIENT_ID, DEFAULT_REDIRECT_URI } from '../../../sandbox/tenant/registration.ts';
import { authorizeRequest, createBrowser, createStage, LOGIN, redeem, returned, signIn } from './browser.ts';

const stage = createStage();
const { tenant } = stage;
beforeEach(() => tenant.reset());

describe('signing in', () => {
  it('asks who, asks for consent, answers in the fragment and gives tokens for the code', async () => {
    const browser = createBrowser(stage);
    const { url, verifier } = authorizeRequest();
    const signInPage = await browser.get(url);
    expect(signInPage.status).toBe(200);
    const consent = await browser.submit(await signInPage.text(), { login: 'alice@contoso.test' });
    const consentText = await consent.text();
    for (const scope of ['Chat.Create', 'Chat.ReadBasic', 'ChatMessage.Send'])
      expect(consentText).toContain(`<li>${scope}</li>`);
    const back = await browser.submit(consentText, { decision: 'accept' });
    expect(back.status).toBe(302);
    expect(back.headers.get('location')).toMatch(new RegExp(`^${DEFAULT_REDIRECT_URI}#code=`));
    const answer = returned(back);
    expect(answer.state).toBe('the state & more');

    const { status, response, json } = await redeem(stage, {
      grant_type: 'authorization_code',
      code: answer.code ?? '',
      code_verifier: verifier,
      redirect_uri: DEFAULT_REDIRECT_URI,
      scope: 'User.Read openid profile offline_access',
    });
    expect(status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toMatch(/^chrome-extension:/);
    const alice = tenant.directory.require('alice@contoso.test');
    expect(decodeJwt(String(json.id_token))).toMatchObject({
      iss: `${LOGIN}/${TENANT_ID}/v2.0`,
      aud: CLIENT_ID,
      tid: TENANT_ID,
      oid: alice.id,
      preferred_username: 'alice@contoso.test',
      nonce: 'the-nonce',
      ver: '2.0',
    });
    expect(json.expires_in).toBeGreaterThanOrEqual(3600);
    expect(json.expires_in).toBeLessThan(5400);
    // Everything consented is in the token, though User.Read alone was asked for.
    expect(String(json.scope).split(' ')).toEqual(expect.arrayContaining(['Chat.Create', 'User.Read', 'openid']));
    expect(String(decodeJwt(String(json.access_token)).scp).split(' ')).toContain('ChatMessage.Send');
    expect(JSON.parse(Buffer.from(String(json.client_info), 'base64url').toString())).toEqual({
      uid: alice.id,
      utid: TENANT_ID,
    });
  });

  it('signs on a person who is signed in, without a page, and offers the picker when asked', async () => {
    const { browser } = await signIn(stage, 'alice@contoso.test');
    expect(returned(await browser.get(authorizeRequest().url)).code).toBeTruthy();
    expect(
      returned(await browser.get(authorizeRequest({ prompt: 'none', login_hint: 'alice@contoso.test' }).url)).code,
    ).toBeTruthy();
    const picker = await browser.get(authorizeRequest({ prompt: 'select_account' }).url);
    const page = await picker.text();
    expect(page).toContain('Alice Anders');
    const alice = tenant.directory.require('alice@contoso.test');
    expect(returned(await browser.submit(page, { account: alice.id })).code).toBeTruthy();
  });

  it('shows an unknown account on the page and takes another one', async () => {
    const browser = createBrowser(stage);
    const first = await (await browser.get(authorizeRequest().url)).text();
    const again = await browser.submit(first, { login: 'nobody@contoso.test' });
    const text = await again.text();
    expect(text).toContain('AADSTS50034');
    expect((await browser.submit(text, { login: 'bob@contoso.test' })).status).toBe(200);
  });

  it('knows people by their UPN, and guests by their own address at the host tenant alone', async () => {
    await expect(signIn(stage, 'ddiaz@contoso.test').then((s) => s.tokens.scope)).resolves.toContain('Chat.Create');
    await expect(signIn(stage, 'dana.diaz@contoso.test')).rejects.toThrow('AADSTS50034');
    await expect(signIn(stage, 'erin@partner.example')).rejects.toThrow('AADSTS50034');
    const { tokens } = await signIn(stage, 'erin@partner.example', {}, 'contoso.test');
    expect(decodeJwt(tokens.access_token).upn).toBe('erin_partner.example#EXT#@contoso.onmicrosoft.test');
  });
});

describe('answers to prompt=none', () => {
  it('says login_required without a session, and with one that is not the hinted person', async () => {
    const nobody = await createBrowser(stage).get(authorizeRequest({ prompt: 'none' }).url);
    expect(returned(nobody)).toMatchObject({ error: 'login_required', state: 'the state & more' });
    const { browser } = await signIn(stage, 'alice@contoso.test');
    const other = await browser.get(authorizeRequest({ prompt: 'none', login_hint: 'bob@contoso.test' }).url);
    expect(returned(other).error).toBe('login_required');
  });

  it('says consent_required for a scope not consented, and interaction_required where policy blocks', async () => {
    const { browser } = await signIn(stage, 'alice@contoso.test');
    const more = await browser.get(authorizeRequest({ prompt: 'none', scope: 'Presence.Read.All' }).url);
    expect(returned(more)).toMatchObject({ error: 'consent_required' });
    expect(returned(more).error_description).toMatch(/^AADSTS65001/);
    tenant.blocked.add('alice@contoso.test');
    const blocked = returned(await browser.get(authorizeRequest({ prompt: 'none' }).url));
    expect(blocked.error).toBe('interaction_required');
    expect(blocked.error_description).toMatch(/^AADSTS53003/);
  });

  it('says interaction_required when two people are signed in and none is named', async () => {
    const { browser } = await signIn(stage, 'alice@contoso.test');
    const page = await (await browser.get(authorizeRequest({ prompt: 'login' }).url)).text();
    const consent = await (await browser.submit(page, { login: 'bob@contoso.test' })).text();
    await browser.submit(consent, { decision: 'accept' });
    expect(returned(await browser.get(authorizeRequest({ prompt: 'none' }).url)).error).toBe('interaction_required');
  });
});

describe('several accounts in one browser', () => {
  /** Alice of contoso and Gina of fabrikam, one after the other. */
  const both = async () => {
    const { browser } = await signIn(stage, 'alice@contoso.test');
    const { url, verifier } = authorizeRequest({ prompt: 'select_account' });
    const consent = await browser.submit(await (await browser.get(url)).text(), { login: 'gina@fabrikam.test' });
    const back = await browser.submit(await consent.text(), { decision: 'accept' });
    return { browser, verifier, code: returned(back).code ?? '' };
  };
  const silent = async (browser: ReturnType<typeof createBrowser>, hint: string, authority?: string) =>
    returned(await browser.get(authorizeRequest({ prompt: 'none', login_hint: hint }, authority).url));

  it('gives each their own tokens, of their own organization, with consents of their own', async () => {
    const { verifier, code } = await both();
    const grant = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: DEFAULT_REDIRECT_URI,
    };
    const { json } = await redeem(stage, { ...grant, scope: 'User.Read openid offline_access' });
    expect(decodeJwt(String(json.access_token))).toMatchObject({ tid: OTHER_TENANT_ID, upn: 'gina@fabrikam.test' });
    tenant.consentsFor(OTHER_TENANT_ID).grantForAll(['Chat.ReadWrite']);
    const renewed = await redeem(stage, {
      grant_type: 'refresh_token',
      refresh_token: String(json.refresh_token),
      scope: 'User.Read offline_access',
    });
    expect(String(renewed.json.scope)).toContain('Chat.ReadWrite');
    expect(tenant.consents.adminConsented.size).toBe(0);
  });

  it('offers both in the picker, goes on by the hint, and asks where neither is named', async () => {
    const { browser } = await both();
    for (const prompt of [null, 'select_account']) {
      const page = await (await browser.get(authorizeRequest({ prompt }).url)).text();
      for (const name of ['Alice Anders', 'Gina Green']) expect(page).toContain(name);
    }
    expect(returned(await browser.get(authorizeRequest({ login_hint: 'gina@fabrikam.test' }).url)).code).toBeTruthy();
    for (const hint of ['alice@contoso.test', 'gina@fabrikam.test'])
      expect((await silent(browser, hint)).code).toBeTruthy();
    const unnamed = returned(await browser.get(authorizeRequest({ prompt: 'none' }).url));
    expect(unnamed.error).toBe('interaction_required');
    expect(unnamed.error_description).toMatch(/^AADSTS16000/);
    expect((await silent(browser, 'bob@contoso.test')).error_description).toMatch(/^AADSTS50058/);
    expect((await silent(browser, 'gina@fabrikam.test', 'contoso.test')).error_description).toMatch(/^AADSTS50020/);
  });

  it('signs out the one that is picked, or named, and leaves the other', async () => {
    const { browser } = await both();
    const page = await (await browser.get(`${LOGIN}/organizations/oauth2/v2.0/logout`)).text();
    expect(page).toContain('Which account do you want to sign out of?');
    await browser.submit(page, { account: tenant.directory.require('alice@contoso.test').id });
    expect((await silent(browser, 'alice@contoso.test')).error).toBe('login_required');
    expect((await silent(browser, 'gina@fabrikam.test')).code).toBeTruthy();
    await browser.get(`${LOGIN}/organizations/oauth2/v2.0/logout?logout_hint=gina@fabrikam.test`);
    expect((await silent(browser, 'gina@fabrikam.test')).error).toBe('login_required');
  });

  it('refuses a registration of one tenant to everybody else', async () => {
    tenant.registration.multiTenant = false;
    const page = async (authority: string) =>
      (await createBrowser(stage).get(authorizeRequest({}, authority).url)).text();
    expect(await page('organizations')).toContain('AADSTS50194');
    expect(await page('fabrikam.test')).toContain('AADSTS700016');
    expect(await page('contoso.test')).toContain('Sign in');
  });
});

describe('refusals', () => {
  it.each([
    ['wrong client', { client_id: '11111111-1111-1111-1111-111111111111' }, 'AADSTS700016'],
    ['unregistered redirect URI', { redirect_uri: 'https://elsewhere.example/' }, 'AADSTS50011'],
    ['no redirect URI', { redirect_uri: null }, 'AADSTS900971'],
  ])('shows %s to the person and never redirects', async (_, differs, number) => {
    const response = await createBrowser(stage).get(authorizeRequest(differs).url);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(number);
  });

  it.each([
    ['a request without PKCE', { code_challenge: null }, 'AADSTS9002325'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'AADSTS9002341'],
    ['the implicit flow', { response_type: 'token' }, 'AADSTS700051'],
    ['a scope that does not exist', { scope: 'Chat.Destroy' }, 'AADSTS650053'],
    ['no scope', { scope: null }, 'AADSTS900144'],
    ['claims that are no JSON', { claims: '{' }, 'AADSTS901002'],
  ])('sends %s back to the app', async (_, differs, number) => {
    const answer = returned(await createBrowser(stage).get(authorizeRequest(differs).url));
    expect(answer.error).toBeTruthy();
    expect(answer.error_description).toMatch(new RegExp(`^${number}`));
  });

  it('knows no other tenant', async () => {
    const response = await createBrowser(stage).get(authorizeRequest({}, 'nowhere.test').url);
    expect(await response.text()).toContain('AADSTS90002');
  });

  it('turns away a disabled account, another tenant, and whom policy blocks', async () => {
    const page = async (email: string, authority: string) => {
      const browser = createBrowser(stage);
      const first = await (await browser.get(authorizeRequest({}, authority).url)).text();
      return (await browser.submit(first, { login: email })).text();
    };
    expect(await page('frank@contoso.test', 'organizations')).toContain('AADSTS50057');
    expect(await page('gina@fabrikam.test', 'contoso.test')).toContain('AADSTS50020');
    tenant.blocked.add('bob@contoso.test');
    expect(await page('bob@contoso.test', 'organizations')).toContain('AADSTS53003');
  });
});

describe('consent', () => {
  const READING = 'Chat.Read openid profile offline_access';
  const ask = async (email: string, scope: string) => {
    const browser = createBrowser(stage);
    const first = await (await browser.get(authorizeRequest({ scope }).url)).text();
    return { browser, page: await (await browser.submit(first, { login: email })).text() };
  };

  it('needs an administrator for reading under the managed policy, and says so to the app on the way back', async () => {
    const { page } = await ask('alice@contoso.test', READING);
    expect(page).toContain('Need admin approval');
    const back = page.match(/id="back" href="([^"]*)"/)?.[1] ?? '';
    expect(back).toMatch(/#error=consent_required&amp;error_description=AADSTS90094/);
  });

  it('lets people grant reading where the policy says so, and nothing where it says none', async () => {
    tenant.consents.policy = 'user';
    expect((await ask('alice@contoso.test', READING)).page).toContain('Permissions requested');
    expect((await ask('alice@contoso.test', 'ChatMember.ReadWrite')).page).toContain('Need admin approval');
    tenant.consents.policy = 'none';
    expect((await ask('bob@contoso.test', 'User.Read')).page).toContain('Need admin approval');
  });

  it('tells Cancel from other refusals', async () => {
    const { browser, page } = await ask('alice@contoso.test', 'User.Read');
    const answer = returned(await browser.submit(page, { decision: 'cancel' }));
    expect(answer).toMatchObject({ error: 'access_denied', error_subcode: 'cancel' });
    expect(answer.error_description).toMatch(/^AADSTS65004/);
  });

  it('takes an administrator’s consent for everybody, so that nobody is asked again', async () => {
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      redirect_uri: DEFAULT_REDIRECT_URI,
      scope: 'https://graph.microsoft.com/Chat.Read User.Read',
      state: 's',
    });
    const url = `${LOGIN}/contoso.test/v2.0/adminconsent?${query}`;
    const member = createBrowser(stage);
    const refused = await member.submit(await (await member.get(url)).text(), { login: 'alice@contoso.test' });
    expect(await refused.text()).toContain('Need admin approval');

    const browser = createBrowser(stage);
    const page = await (
      await browser.submit(await (await browser.get(url)).text(), { login: 'admin@contoso.test' })
    ).text();
    const back = await browser.submit(page, { decision: 'accept' });
    const location = new URL(back.headers.get('location') ?? '');
    expect(location.searchParams.get('admin_consent')).toBe('True');
    expect(location.searchParams.get('state')).toBe('s');
    const alice = createBrowser(stage);
    const signed = await alice.submit(await (await alice.get(authorizeRequest({ scope: READING }).url)).text(), {
      login: 'alice@contoso.test',
    });
    expect(returned(signed).code).toBeTruthy();
  });
});

describe('signing out', () => {
  it('ends the browser’s session', async () => {
    const { browser } = await signIn(stage, 'alice@contoso.test');
    await browser.get(`${LOGIN}/organizations/oauth2/v2.0/logout`);
    expect(returned(await browser.get(authorizeRequest({ prompt: 'none' }).url)).error).toBe('login_required');
  });
});
