import type { AuthenticationResult } from '@azure/msal-browser';
import type { AccountId, Origin } from '../model/ids.ts';
import { type Account, toAccount } from './account.ts';
import { type Auth, authOf, noAuth } from './auth.ts';
import type { Registration } from './clouds.ts';
import { adminConsentUrl } from './consent.ts';
import { closedOver, notConfigured, signedOut, signInFailure } from './errors.ts';
import { type Msal, openMsal, type PageRequest } from './msal.ts';
import { createRoll, type Entry, type Keeper, type KeptTier } from './roll.ts';
import { covers, grantedScopes, isWithin, requestScopes, type Tier } from './scopes.ts';
import type { Shared } from './shared.ts';
import { speakerOn, withoutAccount, withSignedIn, withSite } from './speaker-on.ts';
import { createStuck, type Stuck } from './stuck.ts';
import { oneAtATime } from './turns.ts';
import type { SessionArea } from './worker-window.ts';

/** All who are signed in to Microsoft here, and the one window in which somebody signs in. */
export interface Accounts {
  /** Who signed in and has not signed out, in that order, whether or not Microsoft still knows them. Asks nobody. */
  known(): Promise<readonly Entry[]>;
  /** One account's tokens; null: nobody's. */
  of(id: AccountId | null): Auth;
  /** As whom Deskside speaks on a site; null where nobody is signed in, or several are and the person has not said. */
  speaker(site: Origin): Promise<AccountId | null>;
  /** From now on this account speaks on the site. */
  use(site: Origin, id: AccountId): Promise<void>;
  /** Interactive; resolves when signed in. Concurrent calls for the same person join. */
  signIn(options: SignInOptions): Promise<Account>;
  /**
   * Forgets the account's tokens on this machine; other Microsoft sites stay signed in. It is off the list only after
   * `forget` has removed its rows, so that a worker that dies between leaves something to sign out of.
   */
  signOut(id: AccountId, forget: () => Promise<void>): Promise<void>;
}

export interface SignInOptions {
  /** Show Microsoft's list of accounts. */
  pickAccount?: boolean;
  /** 'reading' asks for READING too. */
  tier?: Tier;
  /** Who should sign in again; where it is left out, whoever speaks on `site`. */
  account?: AccountId;
  /** Where whoever signs in is to speak; null or left out: nowhere in particular. */
  site?: Origin | null;
  /** Nothing of it may reach the disk. */
  privately?: boolean;
}

export interface AccountsDeps {
  registration(): Promise<Registration | null>;
  redirectUri(): string;
  /** `identity.launchWebAuthFlow`: the URL the window ended on; rejects where the person closed it. */
  launch(details: { url: string; interactive: boolean }): Promise<string | undefined>;
  /** `browser.storage.session`, where tokens live and nowhere else. */
  session: SessionArea;
  /** Kept over a restart of the browser. */
  keeper: Keeper;
  /** The ERPNext sites there are. */
  sites(): Promise<readonly Origin[]>;
  fetch?: typeof fetch;
  now?(): number;
}

export function createAccounts(deps: AccountsDeps): Accounts {
  const page = oneAtATime();
  const roll = createRoll(deps.session, deps.keeper);
  const auths = new Map<AccountId, { auth: Auth; stuck: Stuck }>();
  const eras = new Map<AccountId, number>();
  let opened: { of: string; msal: Promise<Msal> } | null = null;
  let signingIn: { of: string; tier: Tier; done: Promise<Account> } | null = null;

  async function open(): Promise<{ msal: Msal; registration: Registration }> {
    const registration = await deps.registration();
    if (!registration?.clientId.trim() || !registration.tenant.trim()) throw notConfigured(deps.redirectUri());
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

  const shared: Shared = {
    roll,
    configured: async () => (await deps.registration()) !== null,
    open,
    // MSAL keeps one request's verifier and state at a time.
    fromPage: (msal, request, interactive) =>
      page(() => msal.byPage(request, (url) => deps.launch({ url, interactive }))),
    situation: (interactive, tier, registration, tenantId) => ({
      interactive,
      tier,
      redirectUri: deps.redirectUri(),
      consentUrl: adminConsentUrl(registration, deps.redirectUri(), tier, tenantId),
    }),
    era: (id) => eras.get(id) ?? 0,
    now: deps.now ?? Date.now,
  };

  function one(id: AccountId): { auth: Auth; stuck: Stuck } {
    const there = auths.get(id);
    if (there) return there;
    const stuck = createStuck(shared.now);
    const made = { auth: authOf(id, shared, stuck), stuck };
    auths.set(id, made);
    return made;
  }

  /** Whose window it is to be; null where Microsoft shall find out. */
  async function meant({ account, site }: SignInOptions): Promise<Entry | null> {
    const entries = await roll.list();
    if (account) return entries.find((entry) => entry.account.id === account) ?? null;
    if (site) return speakerOn(entries, site);
    return entries.length === 1 ? entries[0]! : null;
  }

  async function askPerson(options: SignInOptions, tier: Tier): Promise<Account> {
    const asked = new Map(eras);
    const { msal, registration } = await open();
    const known = await meant(options);
    const others = (await roll.list()).length > 0;
    const oneTenant = registration.tenant.trim().toLowerCase() !== 'organizations';
    const at = {
      ...shared.situation(true, tier, registration, known?.account.tenantId ?? null),
      // Microsoft's page says that an account is of elsewhere, and nothing of it reaches us while others are signed in.
      another: others && oneTenant,
    };
    const scopes = requestScopes(tier, registration.cloud);
    const whom: Partial<PageRequest> =
      // Somebody else is signed in: Microsoft would take them again without a question.
      options.pickAccount || (!known && others)
        ? { prompt: 'select_account' }
        : known
          ? { loginHint: known.account.username }
          : {};
    try {
      const answer = await shared.fromPage(msal, { scopes, ...whom }, true);
      return await enter(msal, answer, asked, options);
    } catch (e) {
      const failed = signInFailure(e, at);
      if (failed.error.code !== 'sign-in-cancelled') throw failed;
      const told = await page(() =>
        msal.peek({ scopes, prompt: 'none' }, (url) => deps.launch({ url, interactive: false })),
      );
      throw (told && closedOver(told, at)) ?? failed;
    }
  }

  async function enter(
    msal: Msal,
    answer: AuthenticationResult,
    asked: ReadonlyMap<AccountId, number>,
    options: SignInOptions,
  ): Promise<Account> {
    const account = toAccount(answer.account);
    if (shared.era(account.id) !== (asked.get(account.id) ?? 0)) {
      await msal.forget(answer.account);
      throw signedOut();
    }
    const granted = grantedScopes(answer.scopes);
    const tier: KeptTier = covers(new Set(granted), 'reading') ? 'reading' : 'base';
    const listed = await deps.sites();
    await roll.change((entries) => {
      const before = entries.find((entry) => entry.account.id === account.id);
      const privately = !!options.privately && (before?.privately ?? true);
      const entry = { account, tier, granted, privately, leaving: false };
      return withSignedIn(entries, entry, options.site ?? null, listed);
    });
    one(account.id).stuck.clear();
    return account;
  }

  return {
    known: () => roll.list(),
    of: (id) => (id ? one(id).auth : noAuth(shared)),
    speaker: async (site) => speakerOn(await roll.list(), site)?.account.id ?? null,
    use: (site, id) => roll.change((entries) => withSite(entries, id, site)),
    async signIn(options) {
      const tier: Tier = options.tier ?? 'base';
      // Two who ask for the same person share the window; whoever means another waits for theirs.
      const of = (await meant(options))?.account.id ?? '';
      while (signingIn) {
        if (signingIn.of === of && isWithin(tier, signingIn.tier)) return signingIn.done;
        await signingIn.done.catch(() => {});
      }
      const mine = { of, tier, done: askPerson(options, tier) };
      signingIn = mine;
      try {
        return await mine.done;
      } finally {
        if (signingIn === mine) signingIn = null;
      }
    },
    async signOut(id, forget) {
      eras.set(id, shared.era(id) + 1);
      one(id).stuck.clear();
      await roll.change((entries) =>
        entries.map((e) => (e.account.id === id ? { ...e, granted: [], leaving: true } : e)),
      );
      if (await shared.configured()) {
        const { msal } = await open();
        for (const account of msal.accounts()) if (account.homeAccountId === id) await msal.forget(account);
      }
      await forget();
      const listed = await deps.sites();
      await roll.change((entries) => withoutAccount(entries, id, listed));
    },
  };
}
