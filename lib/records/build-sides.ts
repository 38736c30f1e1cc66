import { type Browser, browser } from 'wxt/browser';
import { type Auth, createAuth, type SignInHint } from '../auth/accounts.ts';
import { CLOUDS } from '../auth/clouds.ts';
import { createGraph } from '../graph/client.ts';
import { systemClock } from '../model/clock.ts';
import type { Changes } from '../rpc/changes.ts';
import { loadSettings } from '../settings/items.ts';
import { openMemoryStore, openPrivateStore, openStore } from '../storage/open.ts';
import { buildWorker, type SessionArea } from './build-worker.ts';
import type { Sides } from './sides.ts';

const session = browser.storage.session as unknown as SessionArea;
/** Set while the account was signed in from a private window: then nothing of it is remembered on disk. */
const PRIVATELY = 'signed in privately';

/**
 * The worker for ordinary tabs and, where one background serves private windows too (Firefox; Chromium runs a second
 * one), another for those: same account, but every row of theirs in memory, and their own tabs, since those have
 * another ERPNext session. `wake` sets the alarm of that name.
 */
export async function buildSides(changes: Changes, wake: (name: string, at: number) => void): Promise<Sides> {
  const incognito = browser.extension.inIncognitoContext;
  const store = await (incognito ? openPrivateStore() : openStore());
  const keepsNothing = incognito || store.problem !== null;
  const redirectUri = browser.identity.getRedirectURL();
  const auth = createAuth({
    registration: async () => (await loadSettings()).registration,
    redirectUri: () => redirectUri,
    launch: (details) => browser.identity.launchWebAuthFlow(details as Browser.identity.WebAuthFlowDetails),
    session,
    // Only so that a restarted browser can sign in without a window; never from a private one, whose disk is shared.
    remember: async (hint) => {
      if (keepsNothing || (hint && (await session.get(PRIVATELY))[PRIVATELY])) return;
      await (hint ? browser.storage.local.set({ hint }) : browser.storage.local.remove('hint'));
    },
    hint: async () =>
      keepsNothing ? null : (((await browser.storage.local.get('hint')).hint ?? null) as SignInHint | null),
  });
  const graph = createGraph({
    token: (options) => auth.token(options),
    base: async () => CLOUDS[(await loadSettings()).registration?.cloud ?? 'global'].graph,
    consentUrl: () => auth.adminConsentUrl('reading'),
    clock: systemClock,
    session,
  });
  const parts = { graph, session, changes, wake };
  if (browser.runtime.getManifest().incognito === 'split')
    return { ordinary: buildWorker({ ...parts, auth, store, incognito }), hidden: null };

  const hiddenStore = openMemoryStore();
  const from = (privately: boolean): Auth => ({
    ...auth,
    signIn: async (options) => {
      await session.set({ [PRIVATELY]: privately });
      return auth.signIn(options);
    },
    signOut: async () => {
      const account = await auth.account();
      await auth.signOut();
      // Whoever signs out by the popup means both; it does not say over which window it stood.
      if (account) await hiddenStore.forgetAccount(account.id);
    },
  });
  return {
    ordinary: buildWorker({ ...parts, auth: from(false), store, incognito }),
    hidden: buildWorker({ ...parts, auth: from(true), store: hiddenStore, incognito: true }),
  };
}
