import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../../lib/auth/account.ts';
import { type Accounts, type AccountsDeps, createAccounts } from '../../../lib/auth/accounts.ts';
import type { Auth } from '../../../lib/auth/auth.ts';
import type { Kept } from '../../../lib/auth/roll.ts';
import { type AppError, AppFailure } from '../../../lib/model/errors.ts';
import { asOrigin } from '../../../lib/model/ids.ts';
import { ADA, BOB, CLIENT, fakeEntra, fakeSession, GINA, REDIRECT, TENANT } from './fake-entra.ts';

// These pin what Deskside relies on in msal-browser's worker environment: an upgrade that breaks one is seen here.

let entra: ReturnType<typeof fakeEntra>;
let session: ReturnType<typeof fakeSession>;
/** What lies on the disk. */
let kept: Kept[];

const NORTH = asOrigin('https://north.example');
const SOUTH = asOrigin('https://south.example');

/** A worker's life: its own accounts over whatever the session area holds. */
function accountsOf(more: Partial<AccountsDeps> = {}): Accounts {
  return createAccounts({
    registration: async () => ({ clientId: CLIENT, tenant: TENANT, cloud: 'global' }),
    redirectUri: () => REDIRECT,
    launch: entra.launch,
    // Another object over the same items: a copy in memory dies with the worker.
    session: { ...session },
    keeper: {
      load: async () => kept,
      save: async (all) => {
        kept = structuredClone(all);
      },
    },
    sites: async () => [NORTH, SOUTH],
    fetch: entra.fetch,
    ...more,
  });
}

/** A worker's life of a person with one account, as a site sees it: whoever speaks there. */
function worker(now = () => Date.now(), more: Partial<AccountsDeps> = {}) {
  const accounts = accountsOf({ now, ...more });
  const auth = async () => accounts.of(await accounts.speaker(NORTH));
  let last: Auth | null = null;
  return {
    accounts,
    signIn: accounts.signIn,
    signOut: async () => {
      for (const { account } of await accounts.known()) await accounts.signOut(account.id, async () => {});
    },
    account: async (): Promise<Account | null> => (await auth()).account(),
    token: async (...options: Parameters<Auth['token']>) => {
      last = await auth();
      return last.token(...options);
    },
    problem: () => last?.problem() ?? null,
    granted: async () => (await auth()).granted(),
    adminConsentUrl: async (...tier: Parameters<Auth['adminConsentUrl']>) => (await auth()).adminConsentUrl(...tier),
  };
}

async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const caught = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(caught).toBeInstanceOf(AppFailure);
  return (caught as AppFailure).error;
}

// Files of logic share their globals: the next one must not find these.
afterAll(() => {
  vi.unstubAllGlobals();
});

beforeEach(() => {
  // What a service worker has and Node has not.
  vi.stubGlobal('location', new URL('chrome-extension://galidifhoabiablhokbmfdbhibocfmaf/background.js'));
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  entra = fakeEntra();
  session = fakeSession();
  kept = [];
});

describe('signing in', () => {
  it('asks for the base tier with PKCE and answers with the account', async () => {
    const auth = worker();
    expect(await auth.account()).toBeNull();
    const account = await auth.signIn({});
    expect(account).toEqual({
      id: `${ADA.oid}.${TENANT}`,
      userId: ADA.oid,
      name: 'Ada',
      username: 'ada@example.org',
      tenantId: TENANT,
    });
    expect(await auth.account()).toEqual(account);
    const [visit] = entra.visits;
    expect(visit?.interactive).toBe(true);
    expect(visit?.url.href.split('?')[0]).toBe(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`);
    const asked = visit?.url.searchParams;
    expect(asked?.get('code_challenge_method')).toBe('S256');
    expect(asked?.get('redirect_uri')).toBe(REDIRECT);
    expect(asked?.get('scope')).toContain('Chat.ReadBasic');
    expect(asked?.get('scope')).not.toContain('Chat.ReadWrite');
    expect(decodeURIComponent(asked?.get('claims') ?? '')).toContain('CP1');
    expect([...(await auth.granted())].sort()).toEqual([
      'Chat.Create',
      'Chat.ReadBasic',
      'ChatMessage.Send',
      'User.Read',
      'User.ReadBasic.All',
    ]);
    expect(kept).toEqual([{ account, tier: 'base', sites: [] }]);
  });

  it('asks for presence apart from the rest, and stays signed in where the organisation refuses it', async () => {
    const auth = worker();
    await auth.signIn({});
    entra.withdrawn = 'Presence.Read.All';
    expect((await errorOf(auth.signIn({ tier: 'presence' }))).code).toBe('admin-consent-needed');
    expect((await auth.account())?.name).toBe('Ada');
    expect(await auth.token({ forceRefresh: true })).toBeTruthy();
    expect(auth.problem()).toBeNull();
    entra.withdrawn = null;
    await auth.signIn({ tier: 'presence' });
    const asked = entra.visits.at(-1)?.url.searchParams.get('scope')?.split(' ');
    expect(asked).toContain('Presence.Read.All');
    expect(asked).not.toContain('Chat.ReadWrite');
    expect(await auth.granted()).toContain('Presence.Read.All');
  });

  it('opens one window for two who ask at once, and a second for more scopes', async () => {
    const auth = worker();
    const [a, b] = await Promise.all([auth.signIn({}), auth.signIn({ pickAccount: true })]);
    expect(a).toEqual(b);
    expect(entra.visits).toHaveLength(1);
    await Promise.all([auth.signIn({}), auth.signIn({ tier: 'reading' })]);
    expect(entra.visits).toHaveLength(3);
    expect(await auth.granted()).toContain('Chat.ReadWrite');
  });

  it('shows the account picker when asked to; whoever was there before stays, on the other sites', async () => {
    const { accounts, ...auth } = worker();
    const ada = await auth.signIn({ site: NORTH });
    entra.who = BOB;
    const bob = await auth.signIn({ pickAccount: true, site: NORTH });
    expect(entra.visits[1]?.url.searchParams.get('prompt')).toBe('select_account');
    expect(bob.name).toBe('Bob');
    expect(await auth.account()).toEqual(bob);
    expect([await accounts.speaker(NORTH), await accounts.speaker(SOUTH)]).toEqual([bob.id, ada.id]);
  });

  it('can be tried again after the window was closed, even by the next life of the worker', async () => {
    entra.windowCloses = true;
    expect((await errorOf(worker().signIn({}))).code).toBe('sign-in-cancelled');
    entra.windowCloses = false;
    expect((await worker().signIn({})).name).toBe('Ada');
  });

  it('tells a page of Microsoft that leads nowhere from a window that was just closed', async () => {
    const auth = worker();
    entra.windowCloses = true;
    entra.authorizeErrors.none = ['login_required', 'AADSTS50058: no session'];
    expect((await errorOf(auth.signIn({}))).code).toBe('sign-in-cancelled');
    entra.authorizeErrors.none = ['interaction_required', 'AADSTS50020: not in this tenant'];
    const error = await errorOf(auth.signIn({}));
    expect(error).toMatchObject({ code: 'wrong-tenant', action: { kind: 'sign-in', pickAccount: true } });
    entra.authorizeErrors = {};
    expect((await errorOf(auth.signIn({}))).code, 'nobody is signed in who closed the window').toBe(
      'sign-in-cancelled',
    );
    expect(entra.tokens).toEqual([]);
    expect(await auth.account()).toBeNull();
  });

  it('goes on after a worker that died while the window was open', async () => {
    const dying = accountsOf({ launch: () => new Promise(() => {}) });
    void dying.signIn({});
    await vi.waitFor(() => expect(JSON.stringify([...session.items.keys()])).toContain('interaction.status'));
    expect((await worker().signIn({})).name).toBe('Ada');
  });
});

describe('tokens', () => {
  it('come from the cache without a request', async () => {
    const auth = worker();
    await auth.signIn({});
    expect(await auth.token()).toBe('access-1');
    expect(await auth.token()).toBe('access-1');
    expect(entra.tokens).toHaveLength(1);
  });

  it('are renewed once for three who ask at once', async () => {
    const auth = worker();
    await auth.signIn({});
    const three = await Promise.all([1, 2, 3].map(() => auth.token({ forceRefresh: true })));
    expect(three).toEqual(['access-2', 'access-2', 'access-2']);
    expect(entra.tokens.map((t) => t.grant)).toEqual(['authorization_code', 'refresh_token']);
    expect(entra.visits).toHaveLength(1);
  });

  it('are renewed by refresh token when they have run out', async () => {
    entra.expiresIn = 1;
    const auth = worker();
    await auth.signIn({});
    expect(await auth.token()).toBe('access-2');
    expect(entra.tokens[1]).toMatchObject({ grant: 'refresh_token', refreshToken: 'refresh-1' });
  });

  it('answer a claims challenge, and the new one is used from then on', async () => {
    const auth = worker();
    await auth.signIn({});
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1700000000' } } });
    expect(await auth.token({ claims })).toBe('access-2');
    expect(JSON.parse(entra.tokens[1]?.claims ?? '{}').access_token).toMatchObject({
      nbf: { essential: true, value: '1700000000' },
      xms_cc: { values: ['CP1'] },
    });
    expect(await auth.token()).toBe('access-2');
  });

  it('outlive the worker in session storage', async () => {
    await worker().signIn({ tier: 'reading' });
    const next = worker();
    expect((await next.account())?.name).toBe('Ada');
    expect(await next.token()).toBe('access-1');
    expect(await next.granted()).toContain('Chat.ReadWrite');
    expect(await next.token({ forceRefresh: true })).toBe('access-2');
    expect(entra.tokens[1]?.scope, 'a renewal keeps the tier').toContain('Chat.ReadWrite');
  });

  it('come by prompt=none when the refresh token is refused, without asking the person', async () => {
    const auth = worker();
    await auth.signIn({});
    entra.revoked = true;
    expect(await auth.token({ forceRefresh: true })).toBe('access-2');
    const silent = entra.visits[1];
    expect(silent?.interactive).toBe(false);
    expect(silent?.url.searchParams.get('prompt')).toBe('none');
    expect(silent?.url.searchParams.get('login_hint')).toBe('ada@example.org');
  });

  it('end in "signed out" when Microsoft wants the person, with one hidden window a minute', async () => {
    let time = 1_000_000;
    const auth = worker(() => time);
    await auth.signIn({});
    entra.revoked = true;
    entra.authorizeErrors.none = ['login_required', 'AADSTS50058: no session'];
    const error = await errorOf(auth.token({ forceRefresh: true }));
    expect(error).toMatchObject({ code: 'signed-out', action: { kind: 'sign-in' } });
    expect(error.detail).toContain('AADSTS50058');
    await errorOf(auth.token({ forceRefresh: true }));
    expect(entra.visits).toHaveLength(2);
    time += 61_000;
    await errorOf(auth.token({ forceRefresh: true }));
    expect(entra.visits).toHaveLength(3);
    entra.authorizeErrors = {};
    await auth.signIn({});
    expect(await auth.token()).toBe('access-2');
  });

  it('are said to need the person until they come again, by whatever way', async () => {
    let time = 1_000_000;
    const auth = worker(() => time);
    await auth.signIn({});
    expect(auth.problem()).toBeNull();
    entra.revoked = true;
    entra.authorizeErrors.none = ['login_required', 'AADSTS50058: no session'];
    await errorOf(auth.token({ forceRefresh: true }));
    expect(auth.problem()?.code).toBe('signed-out');
    await auth.token();
    expect(auth.problem()?.code, 'a cached token proves nothing').toBe('signed-out');
    time += 61_000;
    entra.authorizeErrors = {};
    await auth.token({ forceRefresh: true });
    expect(auth.problem()).toBeNull();
  });

  it('go on for the base tier where reading was taken back', async () => {
    const auth = worker();
    await auth.signIn({ tier: 'reading' });
    entra.withdrawn = 'Chat.ReadWrite';
    expect(await auth.token({ forceRefresh: true })).toBe('access-2');
    expect(await auth.granted()).not.toContain('Chat.ReadWrite');
    expect(auth.problem(), 'nothing that the person could mend').toBeNull();
    expect((await errorOf(auth.token({ tier: 'reading', forceRefresh: true }))).code).toBe('admin-consent-needed');
  });

  it('refuse a silent answer for somebody else', async () => {
    const auth = worker();
    await auth.signIn({});
    entra.revoked = true;
    entra.who = BOB;
    expect((await errorOf(auth.token({ forceRefresh: true }))).code).toBe('signed-out');
    expect((await auth.account())?.name).toBe('Ada');
  });

  it('are said to be out of reach when offline, which is not "signed out"', async () => {
    const auth = worker();
    await auth.signIn({});
    entra.offline = true;
    expect(await auth.token(), 'a cached one still serves').toBe('access-1');
    expect((await errorOf(auth.token({ forceRefresh: true }))).code).toBe('offline');
    expect(entra.visits, 'no hidden window for a network that is gone').toHaveLength(1);
    entra.offline = false;
    expect(await auth.token({ forceRefresh: true })).toBe('access-2');
  });
});

describe('a restarted browser', () => {
  it('signs in silently with the hint, for the tier it had', async () => {
    await worker().signIn({ tier: 'reading' });
    session = fakeSession();
    const auth = worker();
    expect((await auth.account())?.name).toBe('Ada');
    expect(entra.visits[1]?.interactive).toBe(false);
    expect(await auth.granted()).toContain('Chat.ReadWrite');
  });

  it('is signed out where that fails, and says "offline" where nobody answered', async () => {
    await worker().signIn({});
    session = fakeSession();
    entra.authorizeErrors.none = ['interaction_required', 'AADSTS50079: second factor'];
    expect(await worker().account()).toBeNull();
    entra.offline = true;
    expect((await errorOf(worker().account())).code).toBe('offline');
  });
});

describe('signing out', () => {
  it('forgets everything of the account on this machine', async () => {
    const auth = worker();
    await auth.signIn({});
    await auth.signOut();
    expect(await auth.account()).toBeNull();
    expect((await errorOf(auth.token())).code).toBe('signed-out');
    expect(kept).toEqual([]);
    const left = JSON.stringify([...session.items]);
    expect(left).not.toContain('access-');
    expect(left).not.toContain('refresh-');
    expect(left).not.toContain(ADA.username);
    expect(entra.visits, 'other Microsoft sites stay signed in').toHaveLength(1);
  });

  it('is not undone by a renewal that was under way', async () => {
    const auth = worker();
    await auth.signIn({});
    const renewal = errorOf(auth.token({ forceRefresh: true }));
    await auth.signOut();
    expect((await renewal).code).toBe('signed-out');
    expect(await auth.account()).toBeNull();
    expect(JSON.stringify([...session.items])).not.toContain('access-');
  });
});

it('two clients of one life, as after a change of settings, share what is stored', async () => {
  const area = { ...session };
  const make = (tenant: string) =>
    worker(undefined, { session: area, registration: async () => ({ clientId: CLIENT, tenant, cloud: 'global' }) });
  const first = make(TENANT);
  await first.signIn({});
  const second = make('organizations');
  expect((await second.account())?.name).toBe('Ada');
  await first.token({ forceRefresh: true });
  await first.signOut();
  expect(JSON.stringify([...session.items])).not.toContain('refresh-');
  expect(await second.account()).toBeNull();
});

describe('without a registration', () => {
  it('says what to do', async () => {
    const auth = worker(undefined, { registration: async () => null });
    expect(await auth.account()).toBeNull();
    expect(await errorOf(auth.signIn({}))).toMatchObject({
      code: 'not-configured',
      action: { kind: 'copy', text: REDIRECT },
    });
    await auth.signOut();
  });
});

it('the link for the administrator names tenant, client and the scopes in full', async () => {
  const auth = worker();
  const url = new URL(await auth.adminConsentUrl('reading'));
  expect(url.origin + url.pathname).toBe(`https://login.microsoftonline.com/${TENANT}/v2.0/adminconsent`);
  expect(url.searchParams.get('client_id')).toBe(CLIENT);
  expect(url.searchParams.get('redirect_uri')).toBe(REDIRECT);
  expect(url.searchParams.get('scope')?.split(' ')).toContain('https://graph.microsoft.com/Chat.ReadWrite');
});

describe('several accounts', () => {
  /** Ada on the north site, Gina of another organisation on the south one. */
  async function both() {
    const accounts = accountsOf();
    const ada = await accounts.signIn({ site: NORTH });
    entra.who = GINA;
    const gina = await accounts.signIn({ pickAccount: true, site: SOUTH });
    return { accounts, ada, gina };
  }

  it('each site speaks as its own, with its own tokens and scopes, and the next life knows it', async () => {
    const { ada, gina } = await both();
    const next = accountsOf();
    const speakers = await Promise.all([NORTH, SOUTH].map((site) => next.speaker(site)));
    expect(speakers).toEqual([ada.id, gina.id]);
    for (const [id, who] of [[ada.id, ADA] as const, [gina.id, GINA] as const])
      for (const options of [{}, { forceRefresh: true }])
        expect(entra.holders.get(await next.of(id).token(options))).toEqual(who);
    entra.who = ADA;
    await next.signIn({ tier: 'reading', site: NORTH });
    expect([...(await next.of(ada.id).granted())]).toContain('Chat.ReadWrite');
    expect([...(await next.of(gina.id).granted())]).not.toContain('Chat.ReadWrite');
  });

  it('one that Microsoft wants to see does not stop the other, and signing in again asks for that one', async () => {
    const { accounts, ada, gina } = await both();
    entra.revoked = true;
    entra.authorizeErrors.none = ['login_required', 'AADSTS50058: no session'];
    await errorOf(accounts.of(ada.id).token({ forceRefresh: true }));
    expect(accounts.of(ada.id).problem()?.code).toBe('signed-out');
    expect(accounts.of(gina.id).problem()).toBeNull();
    expect(entra.holders.get(await accounts.of(gina.id).token())).toEqual(GINA);
    entra.who = ADA;
    await accounts.signIn({ site: NORTH });
    expect(entra.visits.at(-1)?.url.searchParams.get('login_hint')).toBe(ADA.username);
    expect(accounts.of(ada.id).problem()).toBeNull();
  });

  it('signing one out leaves the other, and its site asks instead of speaking as somebody else', async () => {
    const { accounts, ada, gina } = await both();
    await accounts.signOut(ada.id, async () => {});
    expect(await accounts.of(ada.id).account()).toBeNull();
    expect(await accounts.of(gina.id).account()).toEqual(gina);
    expect([await accounts.speaker(NORTH), await accounts.speaker(SOUTH)]).toEqual([null, gina.id]);
    expect(JSON.stringify([...session.items])).not.toContain(ADA.oid);
    expect(entra.holders.get(await accounts.of(gina.id).token({ forceRefresh: true }))).toEqual(GINA);
    // Microsoft would take Gina again without a question: it shows its list.
    entra.who = BOB;
    await accounts.signIn({ site: NORTH });
    expect(entra.visits.at(-1)?.url.searchParams.get('prompt')).toBe('select_account');
  });

  it('of another organisation, where the registration is for one: what would make it available', async () => {
    const accounts = accountsOf();
    entra.windowCloses = true;
    const alone = await errorOf(accounts.signIn({ site: NORTH }));
    expect(alone.text).not.toContain('multitenant');
    entra.windowCloses = false;
    await accounts.signIn({ site: NORTH });
    entra.windowCloses = true;
    // Two sessions: asked without a window, Microsoft would not know whom we mean.
    entra.authorizeErrors.none = ['interaction_required', 'AADSTS16000: several sessions'];
    const error = await errorOf(accounts.signIn({ pickAccount: true, site: SOUTH }));
    expect(error.code).toBe('sign-in-cancelled');
    expect(error.text).toContain('“multitenant”');
  });

  it('a worker that dies while it signs out leaves an account without tokens, to be signed out of again', async () => {
    const { accounts, ada } = await both();
    void accounts.signOut(ada.id, () => new Promise(() => {}));
    await vi.waitFor(() => expect(JSON.stringify([...session.items])).not.toContain('"secret":"refresh-1"'));
    const next = accountsOf();
    expect((await next.known()).map(({ account }) => account.name)).toEqual(['Ada', 'Gina']);
    expect(await next.of(ada.id).account()).toBeNull();
    expect(entra.visits, 'nor does it come back by itself').toHaveLength(2);
    await next.signOut(ada.id, async () => {});
    expect((await next.known()).map(({ account }) => account.name)).toEqual(['Gina']);
  });

  it('a restarted browser signs each in by its own hint; one refused keeps its site and can be signed out', async () => {
    const { ada, gina } = await both();
    session = fakeSession();
    entra.sessions = [GINA];
    entra.who = BOB;
    const accounts = accountsOf();
    expect(await accounts.of(gina.id).account()).toEqual(gina);
    expect(await accounts.of(ada.id).account(), 'Microsoft answered for Bob').toBeNull();
    expect(await accounts.speaker(NORTH), 'no other account takes the place').toBe(ada.id);
    expect((await accounts.known()).map(({ account }) => account.name)).toEqual(['Ada', 'Gina']);
    expect(JSON.stringify([...session.items])).not.toContain(BOB.oid);
    await accounts.signOut(ada.id, async () => {});
    expect(kept.map(({ account }) => account.name)).toEqual(['Gina']);
  });

  it('nothing of one that signed in from a private window is kept, not even where the other is', async () => {
    const accounts = accountsOf();
    await accounts.signIn({ site: NORTH });
    entra.who = GINA;
    await accounts.signIn({ pickAccount: true, site: SOUTH, privately: true });
    expect(JSON.stringify(kept)).not.toContain(GINA.username);
    expect(kept).toHaveLength(1);
    await accounts.signIn({ pickAccount: true, site: SOUTH });
    expect(kept).toHaveLength(2);
    await accounts.signIn({ pickAccount: true, site: SOUTH, privately: true });
    expect(kept, 'what an ordinary window knows stays known').toHaveLength(2);
  });
});

it('accounts of several organisations sign in by one registration for all', async () => {
  const accounts = accountsOf({
    registration: async () => ({ clientId: CLIENT, tenant: 'organizations', cloud: 'global' }),
  });
  const ada = await accounts.signIn({ site: NORTH });
  entra.who = GINA;
  const gina = await accounts.signIn({ pickAccount: true, site: SOUTH });
  expect([ada.tenantId, gina.tenantId]).toEqual([TENANT, GINA.tid]);
  entra.sessions = [ADA];
  for (const { id } of [ada, gina]) expect(await accounts.of(id).token({ forceRefresh: true })).toMatch(/^access-/);
  entra.revoked = true;
  expect(entra.holders.get(await accounts.of(ada.id).token({ forceRefresh: true }))).toEqual(ADA);
});
