import type { AuthenticationResult } from '@azure/msal-browser';
import { type AppError, AppFailure } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import { type Account, toAccount } from './account.ts';
import { needsPage, signedOut, signInFailure } from './errors.ts';
import type { Msal } from './msal.ts';
import type { KeptTier } from './roll.ts';
import { covers, grantedScopes, requestScopes, type Tier } from './scopes.ts';
import type { Shared } from './shared.ts';
import type { Stuck } from './stuck.ts';
import { onePerKey } from './turns.ts';

/** One account's sign-in. */
export interface Auth {
  /** The account while it is signed in; after a restart of the browser by a silent sign-in. Throws only when offline. */
  account(): Promise<Account | null>;
  /**
   * Silent only: cache, then refresh token, then `prompt=none`, then AppFailure `signed-out` with the action sign-in.
   * Parallel calls share one renewal.
   */
  token(options?: TokenOptions): Promise<string>;
  /** Why the account's tokens cannot be renewed without the person; null where they can, or nobody tried. */
  problem(): AppError | null;
  /** Scopes MSAL says were granted (short names, e.g. 'Chat.ReadBasic'). */
  granted(): Promise<ReadonlySet<string>>;
  /** The page on which an administrator grants a tier for everybody. */
  adminConsentUrl(tier: Tier): Promise<string>;
}

export interface TokenOptions {
  claims?: string;
  forceRefresh?: boolean;
  tier?: Tier;
}

/** @param stuck what its silent renewal came to grief on. */
export function authOf(id: AccountId, shared: Shared, stuck: Stuck): Auth {
  const { roll } = shared;
  const renewals = onePerKey<string>();

  async function renew(options: TokenOptions): Promise<string> {
    const asked = shared.era(id);
    const { msal, registration } = await shared.open();
    const entry = await roll.find(id);
    if (!entry || entry.leaving) throw signedOut();
    const { username, tenantId } = entry.account;
    const tier = options.tier ?? entry.tier;
    const scopes = requestScopes(tier, registration.cloud);
    const claims = options.claims ? { claims: options.claims } : {};
    const failure = (e: unknown) => signInFailure(e, shared.situation(false, tier, registration, tenantId));
    const cached = msal.accounts().find((account) => account.homeAccountId === id);
    if (cached) {
      try {
        const forced = options.forceRefresh ? { forceRefresh: true } : {};
        const answer = await msal.silent({ account: cached, scopes, ...forced, ...claims });
        await keep(msal, answer, asked);
        // One from the cache proves nothing: Graph may have refused it just now.
        if (!answer.fromCache) stuck.renewed(tier);
        return answer.accessToken;
      } catch (e) {
        if (e instanceof AppFailure || !needsPage(e)) throw failure(e);
      }
    }
    const silence = stuck.silence(tier);
    if (silence) throw silence;
    try {
      const answer = await shared.fromPage(msal, { scopes, prompt: 'none', loginHint: username, ...claims }, false);
      if (answer.account.homeAccountId !== id) {
        const another = toAccount(answer.account);
        if (!(await roll.find(another.id))) await msal.forget(answer.account);
        throw signedOut('another account answered');
      }
      await keep(msal, answer, asked);
      stuck.renewed(tier);
      return answer.accessToken;
    } catch (e) {
      const failed = failure(e);
      // The administrator took reading back: what the person may still do goes on.
      if (failed.error.code === 'admin-consent-needed' && !options.tier) return renew({ ...options, tier: 'base' });
      stuck.failed(tier, failed);
      throw failed;
    }
  }

  /** Writes down what was granted; refuses an answer that a sign-out overtook. */
  async function keep(msal: Msal, answer: AuthenticationResult, asked: number): Promise<void> {
    if (asked !== shared.era(id)) {
      await msal.forget(answer.account);
      throw signedOut();
    }
    if (answer.fromCache) return;
    const granted = grantedScopes(answer.scopes);
    const tier: KeptTier = covers(new Set(granted), 'reading') ? 'reading' : 'base';
    const account = toAccount(answer.account);
    await roll.change((entries) =>
      entries.map((entry) => (entry.account.id === id ? { ...entry, account, tier, granted } : entry)),
    );
  }

  const token = (options: TokenOptions = {}) =>
    renewals(JSON.stringify([options.tier, options.claims, !!options.forceRefresh]), () => renew(options));

  return {
    token,
    problem: () => stuck.problem(),
    granted: async () => new Set((await roll.find(id))?.granted),
    async account() {
      if (!(await shared.configured())) return null;
      const entry = await roll.find(id);
      if (!entry || entry.leaving) return null;
      const { msal } = await shared.open();
      if (msal.accounts().some((account) => account.homeAccountId === id)) return entry.account;
      try {
        await token();
      } catch (e) {
        if (e instanceof AppFailure && e.error.code === 'offline') throw e;
        return null;
      }
      return (await roll.find(id))?.account ?? null;
    },
    async adminConsentUrl(tier) {
      const { registration } = await shared.open();
      const tenantId = (await roll.find(id))?.account.tenantId ?? null;
      return shared.situation(false, tier, registration, tenantId).consentUrl;
    },
  };
}

/** Where nobody is signed in. */
export function noAuth(shared: Pick<Shared, 'open' | 'situation'>): Auth {
  return {
    account: async () => null,
    token: () => Promise.reject(signedOut()),
    problem: () => null,
    granted: async () => new Set(),
    async adminConsentUrl(tier) {
      const { registration } = await shared.open();
      return shared.situation(false, tier, registration, null).consentUrl;
    },
  };
}
