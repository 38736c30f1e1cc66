import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CLIENT_ID, DEFAULT_REDIRECT_URI } from '../../../sandbox/tenant/registration.ts';
import { createBrowser, createStage, LOGIN, ORIGIN } from './browser.ts';

// The client library itself is the measure: what Microsoft's own code accepts as Entra.
const stage = createStage(Date.now());
const { app, tenant } = stage;
const SCOPES = ['User.Read', 'Chat.Create', 'Chat.ReadBasic'];
const posts: string[] = [];

// Files of logic share their globals: the next one must not find these.
afterAll(() => {
  vi.unstubAllGlobals();
});

beforeAll(() => {
  for (const name of ['window', 'parent', 'top']) vi.stubGlobal(name, globalThis);
  for (const name of ['addEventListener', 'removeEventListener']) vi.stubGlobal(name, () => {});
  vi.stubGlobal('location', new URL(`${ORIGIN}/background.js`));
  vi.stubGlobal('sessionStorage', webStorage());
  vi.stubGlobal('localStorage', webStorage());
  vi.stubGlobal('document', {
    title: '',
    cookie: '',
    visibilityState: 'visible',
    addEventListener() {},
    removeEventListener() {},
  });
});

async function createClient() {
  // mockReset empties spies between tests, so the network is a plain function put there anew.
  vi.stubGlobal('fetch', async (url: string | URL | Request, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', ORIGIN);
    posts.push(String(url));
    return app.request(String(url), { ...init, headers });
  });
  const msal = await import('@azure/msal-browser');
  let gone = '';
  const client = new msal.PublicClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `${LOGIN}/organizations`,
      redirectUri: DEFAULT_REDIRECT_URI,
      clientCapabilities: ['CP1'],
      onRedirectNavigate: (url: string) => {
        gone = url;
        return false;
      },
    },
    cache: { cacheLocation: 'sessionStorage' },
    system: { allowPlatformBroker: false },
  });
  await client.initialize();
  return {
    msal,
    client,
    leaveFor: async (request: object) => {
      await client.acquireTokenRedirect({ scopes: SCOPES, ...request });
      return gone;
    },
  };
}

describe('msal-browser', () => {
  it('signs in, renews, answers a challenge and a silent visit against the stand-in', async () => {
    const { msal, client, leaveFor } = await createClient();
    const browser = createBrowser(stage);
    const comeBack = (response: Response) => {
      const hash = `#${(response.headers.get('location') ?? '').split('#')[1]}`;
      return client.handleRedirectPromise({ hash, navigateToLoginRequestUrl: false });
    };

    const first = await (await browser.get(await leaveFor({ prompt: 'select_account' }))).text();
    const consent = await (await browser.submit(first, { login: 'alice@contoso.test' })).text();
    const signedIn = await comeBack(await browser.submit(consent, { decision: 'accept' }));
    const account = signedIn?.account;
    expect(account).toMatchObject({ username: 'alice@contoso.test', name: 'Alice Anders' });
    if (!account) return;
    expect(account.homeAccountId).toBe(`${tenant.directory.require('alice@contoso.test').id}.${account.tenantId}`);

    const silent = { account, scopes: SCOPES, cacheLookupPolicy: msal.CacheLookupPolicy.AccessTokenAndRefreshToken };
    const asked = posts.length;
    expect((await client.acquireTokenSilent(silent)).accessToken).toBe(signedIn?.accessToken);
    expect(posts.length).toBe(asked);

    const claims = JSON.stringify({
      access_token: { nbf: { essential: true, value: String(Math.ceil(stage.clock.now() / 1000) + 1) } },
    });
    const renewed = await client.acquireTokenSilent({ ...silent, claims, forceRefresh: true });
    expect(renewed.accessToken).not.toBe(signedIn?.accessToken);
    expect(renewed.scopes).toEqual(expect.arrayContaining(SCOPES));

    await expect(client.acquireTokenSilent({ ...silent, scopes: ['Chat.Read'] })).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
    });
    tenant.revokeRefreshTokens('alice@contoso.test');
    await expect(client.acquireTokenSilent({ ...silent, forceRefresh: true })).rejects.toMatchObject({
      errorCode: 'invalid_grant',
    });

    const visit = await browser.get(await leaveFor({ prompt: 'none', account }));
    expect((await comeBack(visit))?.account.username).toBe('alice@contoso.test');
    tenant.endSessions('alice@contoso.test');
    const unknown = await browser.get(await leaveFor({ prompt: 'none', account }));
    await expect(comeBack(unknown)).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
      errorCode: 'login_required',
    });
  });
});

/** Web storage whose own keys can be listed, as MSAL does. */
function webStorage(): Storage {
  const values: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => values[key] ?? null,
    setItem: (key: string, value: string) => {
      values[key] = String(value);
    },
    removeItem: (key: string) => {
      delete values[key];
    },
    clear: () => {
      for (const key of Object.keys(values)) delete values[key];
    },
    key: (index: number) => Object.keys(values)[index] ?? null,
  };
  const target = Object.assign(values, {}) as unknown as Storage;
  return new Proxy(target, {
    get: (_, name: string) =>
      name in methods
        ? methods[name as keyof typeof methods]
        : name === 'length'
          ? Object.keys(values).length
          : values[name],
  });
}
