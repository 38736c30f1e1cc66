import { type Browser, browser } from 'wxt/browser';
import { type Accounts, createAccounts } from '../auth/accounts.ts';
import { CLOUDS } from '../auth/clouds.ts';
import type { Tier } from '../auth/scopes.ts';
import { budgetOf, createBudget } from '../graph/budget.ts';
import { createGraph, type Graph } from '../graph/client.ts';
import { systemClock } from '../model/clock.ts';
import type { AccountId } from '../model/ids.ts';
import type { Changes } from '../rpc/changes.ts';
import { loadSettings, loadSites } from '../settings/items.ts';
import { openMemoryStore, openPrivateStore, openStore } from '../storage/open.ts';
import { buildSide, type SideParts } from './build-side.ts';
import type { SessionArea } from './build-worker.ts';
import { keeperOver } from './keep-accounts.ts';
import type { Sides } from './sides.ts';

const session = browser.storage.session as unknown as SessionArea;

/**
 * The side for ordinary tabs and, where one background serves private windows too (Firefox; Chromium runs a second
 * one), another for those: same accounts, but every row of theirs in memory, and their own tabs, since those have
 * another ERPNext session. `wake` sets the alarm of that name.
 */
export async function buildSides(changes: Changes, wake: SideParts['wake']): Promise<Sides> {
  const incognito = browser.extension.inIncognitoContext;
  const store = await (incognito ? openPrivateStore() : openStore());
  if (!incognito && !store.problem) {
    const { hadStore } = await browser.storage.local.get('hadStore');
    // The browser deletes by itself what it finds damaged: then there is none where there was one.
    if (store.isNew && hadStore) await store.rebuilt.note();
    if (!hadStore) await browser.storage.local.set({ hadStore: true });
  }
  const redirectUri = browser.identity.getRedirectURL();
  const accounts = createAccounts({
    registration: async () => (await loadSettings()).registration,
    redirectUri: () => redirectUri,
    launch: (details) => browser.identity.launchWebAuthFlow(details as Browser.identity.WebAuthFlowDetails),
    session,
    keeper: keeperOver(store.accounts),
    sites: loadSites,
  });
  const shared = { graphOf: graphsOver(accounts), session, changes, wake };
  const ordinary = (all: Accounts) => buildSide({ ...shared, accounts: all, store, incognito });
  if (browser.runtime.getManifest().incognito === 'split') return { ordinary: ordinary(accounts), hidden: null };

  const hiddenStore = openMemoryStore();
  // Whoever signs out by the popup means both; it does not say over which window it stood.
  const signOut: Accounts['signOut'] = (id, forget) =>
    accounts.signOut(id, async () => {
      await forget();
      await hiddenStore.forgetAccount(id);
    });
  const signIn: Accounts['signIn'] = (options) => accounts.signIn({ ...options, privately: true });
  return {
    ordinary: ordinary({ ...accounts, signOut }),
    hidden: buildSide({ ...shared, accounts: { ...accounts, signIn, signOut }, store: hiddenStore, incognito: true }),
  };
}

/** What an administrator grants for what was refused. */
function tierOf(path: string): Tier {
  if (/^\/?(teams|me\/joinedTeams)\b/.test(path)) return 'channel-reading';
  if (/^\/?me\/(events|calendar|calendarView)\b/.test(path)) return 'calendar';
  if (/^\/?me\/onlineMeetings\b/.test(path)) return 'online-meetings';
  return /^\/?me\/drive\b/.test(path) ? 'files' : 'reading';
}

/** Graph as each account, over one throttle. */
function graphsOver(accounts: Accounts): (id: AccountId | null) => Graph {
  const budget = createBudget(systemClock, session);
  const graphs = new Map<AccountId | null, Graph>();
  return (id) => {
    const auth = accounts.of(id);
    // A guest counts with their home organisation here; what Graph counts otherwise its 429 says.
    const payer = { account: id ?? '', tenant: id?.split('.')[1] ?? '' };
    const graph =
      graphs.get(id) ??
      createGraph({
        token: (options) => auth.token(options),
        base: async () => CLOUDS[(await loadSettings()).registration?.cloud ?? 'global'].graph,
        consentUrl: (path) => auth.adminConsentUrl(tierOf(path)),
        clock: systemClock,
        budget: budgetOf(budget, payer),
      });
    graphs.set(id, graph);
    return graph;
  };
}
