import type { AccountInfo, AuthenticationResult } from '@azure/msal-browser';
import { type AppError, AppFailure } from '../model/errors.ts';
import { type Account, toAccount } from './account.ts';
import type { Registration } from './clouds.ts';
import { adminConsentUrl } from './consent.ts';
import { closedOver, needsPage, notConfigured, type SignInSituation, signedOut, signInFailure } from './errors.ts';
import { type Msal, openMsal, type PageRequest } from './msal.ts';
import { covers, grantedScopes, isWithin, requestScopes, type Tier } from './scopes.ts';
import { createStuck } from './stuck.ts';
import { oneAtATime, onePerKey } from './turns.ts';
import type { SessionArea } from './worker-window.ts';

/** What lets a restarted browser sign in silently: whom to ask Microsoft for, and for how much. No secret. */
export interface SignInHint {
  loginHint: string;
  tier: Tier;
}

export interface Auth {
  /** Who is signed in; after a restart of the browser by a silent sign-in with the hint. Throws only when offline. */
  account(): Promise<Account | null>;
  /** Interactive; resolves when signed in. Concurrent calls join. `tier` 'reading' asks for READING too. */
  signIn(options: { pickAccount?: boolean; tier?: Tier }): Promise<Account>;
  /**
   * Silent only: cache, then refresh token, then `prompt=none`, then AppFailure `signed-out` with the action sign-in.
   * Parallel calls share one renewal.
   */
  token(options?: { claims?: string; forceRefresh?: boolean; tier?: Tier }): Promise<string>;
  /** Why the account's tokens cannot be renewed without the person; null where they can, or nobody tried. */
  problem(): AppError | null;
  /** Scopes MSAL says were granted (short names, e.g. 'Chat.ReadBasic'). */
  granted(): Promise<ReadonlySet<string>>;
  /** Forgets the account's tokens on this machine; other Microsoft sites stay signed in. */
  signOut(): Promise<void>;
  /** The page on which an administrator grants a tier for everybody. */
  adminConsentUrl(tier: Tier): Promise<string>;
}

export interface AuthDeps {
  registration(): Promise<Registration | null>;
  redirectUri(): string;
  /** `identity.launchWebAuthFlow`: the URL the window ended on; rejects where the person closed it. */
  launch(details: { url: string; interactive: boolean }): Promise<string | undefined>;
  /** `browser.storage.session`, where tokens live and nowhere else. */
  session: SessionArea;
  /** Kept over a restart of the browser where the lead thinks fit; null on sign-out. */
  remember?(hint: SignInHint | null): void | Promise<void>;
  hint?(): SignInHint | null | Promise<SignInHint | null>;
  fetch?: typeof fetch;
  now?(): number;
}

const ACCOUNT = 'auth.account';
const GRANTED = 'auth.granted';

export function createAuth(deps: AuthDeps): Auth {
  const page = oneAtATime();
  const renewals = onePerKey<string>();
  let opened: { of: string; msal: Promise<Msal> } | null = null;
  let signingIn: { tier: Tier; done: Promise<Account> } | null = null;
  const stuck = createStuck(deps.now ?? Date.now);
  /** Raised by sign-out: what was asked for before must not bring the account back. */
  let era = 0;

  async function configured(): Promise<Registration> {
    const registration = await deps.registration();
    if (!registration?.clientId.trim() || !registration.tenant.trim()) throw notConfigured(deps.redirectUri());
    return registration;
  }

  async function open(): Promise<{ msal: Msal; registration: Registration }> {
    const registration = await configured();
    const of = JSON.stringify([registration.clientId, registration.tenant, registration.cloud, deps.redirectUri()]);
    if (opened?.of !== of) {
      const fetchFn = deps.fetch ?? ((...args: Parameters<typeof fetch>) => globalThis.fetch(...args));
      const msal = openMsal({
        registration: { ...registration, clientId: registration.clientId.trim() },
        redirectUri: deps.redirectUri(),
        session: deps.session,
        fetch: fetchFn,
      });
      opened = { of, msal };
      msal.catch(() => {
        if (opened?.of === of) opened = null;
      });
    }
    return { msal: await opened.msal, registration };
  }

  async function cached(msal: Msal): Promise<AccountInfo | null> {
    const id = (await deps.session.get(ACCOUNT))[ACCOUNT];
    return msal.accounts().find((a) => a.homeAccountId === id) ?? null;
  }

  async function granted(): Promise<ReadonlySet<string>> {
    const stored = (await deps.session.get(GRANTED))[GRANTED];
    return new Set(Array.isArray(stored) ? stored.filter((s): s is string => typeof s === 'string') : []);
  }

  async function situation(interactive: boolean, tier: Tier, registration: Registration, account: AccountInfo | null) {
    const consentUrl = adminConsentUrl(registration, deps.redirectUri(), tier, account?.tenantId ?? null);
    return { interactive, tier, redirectUri: deps.redirectUri(), consentUrl } satisfies SignInSituation;
  }

  /** Writes down who is signed in with what; refuses an answer that a sign-out overtook. */
  async function keep(msal: Msal, answer: AuthenticationResult, asked: number): Promise<Account> {
    if (asked !== era) {
      await msal.forget(answer.account);
      throw signedOut();
    }
    if (!answer.fromCache) {
      const scopes = grantedScopes(answer.scopes);
      await deps.session.set({ [ACCOUNT]: answer.account.homeAccountId, [GRANTED]: scopes });
      const tier = covers(new Set(scopes), 'reading') ? 'reading' : 'base';
      await deps.remember?.({ loginHint: answer.account.username, tier });
    }
    return toAccount(answer.account);
  }

  async function renew(options: { claims?: string; forceRefresh?: boolean; tier?: Tier }): Promise<string> {
    const asked = era;
    const { msal, registration } = await open();
    const known = await cached(msal);
    const hint = known ? null : ((await deps.hint?.()) ?? null);
    const tier = options.tier ?? (covers(await granted(), 'reading') ? 'reading' : (hint?.tier ?? 'base'));
    const scopes = requestScopes(tier, registration.cloud);
    const claims = options.claims ? { claims: options.claims } : {};
    const failure = async (e: unknown) => signInFailure(e, await situation(false, tier, registration, known));
    if (known) {
      try {
        const forced = options.forceRefresh ? { forceRefresh: true } : {};
        const answer = await msal.silent({ account: known, scopes, ...forced, ...claims });
        await keep(msal, answer, asked);
        // One from the cache proves nothing: Graph may have refused it just now.
        if (!answer.fromCache) stuck.renewed(tier);
        return answer.accessToken;
      } catch (e) {
        if (e instanceof AppFailure || !needsPage(e)) throw await failure(e);
      }
    }
    const loginHint = known?.username ?? hint?.loginHint;
    if (!loginHint) throw signedOut();
    const silence = stuck.silence(tier);
    if (silence) throw silence;
    try {
      const answer = await fromPage(msal, { scopes, prompt: 'none', loginHint, ...claims }, false);
      if (known && answer.account.homeAccountId !== known.homeAccountId) {
        await msal.forget(answer.account);
        throw signedOut('another account answered');
      }
      await keep(msal, answer, asked);
      stuck.renewed(tier);
      return answer.accessToken;
    } catch (e) {
      const failed = await failure(e);
      // The administrator took reading back: what the person may still do goes on.
      if (failed.error.code === 'admin-consent-needed' && !options.tier) return renew({ ...options, tier: 'base' });
      stuck.failed(tier, failed);
      throw failed;
    }
  }

  function fromPage(msal: Msal, request: PageRequest, interactive: boolean): Promise<AuthenticationResult> {
    // MSAL keeps one request's verifier and state at a time.
    return page(() => msal.byPage(request, (url) => deps.launch({ url, interactive })));
  }

  async function askPerson(options: { pickAccount?: boolean }, tier: Tier): Promise<Account> {
    const asked = era;
    const { msal, registration } = await open();
    const known = await cached(msal);
    const loginHint = known?.username ?? (await deps.hint?.())?.loginHint;
    const whom = options.pickAccount ? { prompt: 'select_account' as const } : loginHint ? { loginHint } : {};
    try {
      const scopes = requestScopes(tier, registration.cloud);
      const answer = await fromPage(msal, { scopes, ...whom }, true);
      const account = await keep(msal, answer, asked);
      stuck.clear();
      // One person at a time: tokens of whoever was here before go.
      for (const other of msal.accounts()) if (other.homeAccountId !== account.id) await msal.forget(other);
      return account;
    } catch (e) {
      const at = await situation(true, tier, registration, known);
      const failed = signInFailure(e, at);
      if (failed.error.code !== 'sign-in-cancelled' || asked !== era) throw failed;
      const ask = { scopes: requestScopes(tier, registration.cloud), prompt: 'none' as const };
      const told = await page(() => msal.peek(ask, (url) => deps.launch({ url, interactive: false })));
      throw (told && closedOver(told, at)) ?? failed;
    }
  }

  async function signIn(options: { pickAccount?: boolean; tier?: Tier }): Promise<Account> {
    const tier: Tier = options.tier ?? 'base';
    while (signingIn) {
      if (isWithin(tier, signingIn.tier)) return signingIn.done;
      await signingIn.done.catch(() => {});
    }
    const mine = { tier, done: askPerson(options, tier) };
    signingIn = mine;
    try {
      return await mine.done;
    } finally {
      if (signingIn === mine) signingIn = null;
    }
  }

  const token = (options: { claims?: string; forceRefresh?: boolean; tier?: Tier } = {}) =>
    renewals(JSON.stringify([options.tier, options.claims, !!options.forceRefresh]), () => renew(options));

  return {
    token,
    signIn,
    granted,
    problem: () => stuck.problem(),
    async account() {
      if (!(await deps.registration())) return null;
      const { msal } = await open();
      const known = await cached(msal);
      if (known) return toAccount(known);
      if (!(await deps.hint?.())) return null;
      try {
        await token();
      } catch (e) {
        if (e instanceof AppFailure && e.error.code === 'offline') throw e;
        return null;
      }
      const found = await cached(msal);
      return found && toAccount(found);
    },
    async signOut() {
      era++;
      stuck.clear();
      await deps.remember?.(null);
      await deps.session.remove([ACCOUNT, GRANTED]);
      if (!(await deps.registration())) return;
      const { msal } = await open();
      for (const account of msal.accounts()) await msal.forget(account);
    },
    async adminConsentUrl(tier) {
      const { msal, registration } = await open();
      return adminConsentUrl(registration, deps.redirectUri(), tier, (await cached(msal))?.tenantId ?? null);
    },
  };
}
