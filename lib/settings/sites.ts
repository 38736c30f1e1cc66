import { browser } from 'wxt/browser';
import { asOrigin, type Origin } from '../model/ids.ts';
import { loadSites, saveSites } from './items.ts';

/** Where our scripts are in the build: the content script and the bridge into the page's own world. */
const DESK_SCRIPT = 'content-scripts/desk.js';
const BRIDGE_SCRIPT = 'desk-bridge.js';

/**
 * The pattern of an origin. Never with a port: Chromium would ask again for a host already granted, Firefox has no ports
 * in patterns. The grant so covers all ports of the host; our code acts on the listed origins alone (`isListed`).
 */
export function patternOf(origin: Origin): string {
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}/*`;
}

export async function isListed(origin: string): Promise<boolean> {
  return (await loadSites()).includes(asOrigin(origin));
}

/** After the person granted the host: remember it, register the scripts, start in tabs that are open already. */
export async function addSite(origin: Origin): Promise<void> {
  const sites = await loadSites();
  if (!sites.includes(origin)) await saveSites([...sites, origin]);
  await registerScripts();
  await injectIntoOpenTabs([origin]);
}

/** Forget an origin: its entry, its scripts, and the host's grant where no other listed origin lives there. */
export async function removeSite(origin: Origin): Promise<void> {
  const rest = (await loadSites()).filter((s) => s !== origin);
  await saveSites(rest);
  await registerScripts();
  const pattern = patternOf(origin);
  if (!rest.some((s) => patternOf(s) === pattern)) await browser.permissions.remove({ origins: [pattern] });
}

/** The person took the browser's grant back where we were not asked: such sites are forgotten, so that the popup offers them again. */
export async function forgetRevoked(): Promise<void> {
  const sites = await loadSites();
  const kept: Origin[] = [];
  for (const site of sites) if (await browser.permissions.contains({ origins: [patternOf(site)] })) kept.push(site);
  if (kept.length < sites.length) await saveSites(kept);
  await registerScripts();
}

let registering: Promise<void> = Promise.resolve();

/** Bring the registered scripts in line with the listed sites that are granted. Safe to call at any time. */
export function registerScripts(): Promise<void> {
  registering = registering.catch(() => {}).then(bringInLine);
  return registering;
}

async function bringInLine(): Promise<void> {
  const sites = await loadSites();
  const granted: string[] = [];
  for (const pattern of new Set(sites.map(patternOf)))
    if (await browser.permissions.contains({ origins: [pattern] })) granted.push(pattern);
  const wanted = granted.flatMap((pattern) => [
    script(`bridge ${pattern}`, pattern, BRIDGE_SCRIPT, 'MAIN'),
    script(`desk ${pattern}`, pattern, DESK_SCRIPT, 'ISOLATED'),
  ]);
  const present = (await browser.scripting.getRegisteredContentScripts()).map((s) => s.id);
  const stale = present.filter((id) => !wanted.some((w) => w.id === id));
  if (stale.length > 0) await browser.scripting.unregisterContentScripts({ ids: stale });
  const missing = wanted.filter((w) => !present.includes(w.id));
  if (missing.length === 0) return;
  await browser.scripting.registerContentScripts(missing);
  // Tabs that were opened before: at the first start after an install or update the browser may be ahead of us.
  const fresh = new Set(missing.flatMap((m) => m.matches));
  await injectIntoOpenTabs(sites.filter((site) => fresh.has(patternOf(site))));
}

function script(id: string, pattern: string, file: string, world: 'MAIN' | 'ISOLATED') {
  return { id, matches: [pattern], js: [file], runAt: 'document_start' as const, world, persistAcrossSessions: true };
}

/** For tabs opened before the site was added, or before an update orphaned the scripts in them. */
export async function injectIntoOpenTabs(origins: readonly Origin[]): Promise<void> {
  for (const pattern of new Set(origins.map(patternOf))) {
    if (!(await browser.permissions.contains({ origins: [pattern] }))) continue;
    for (const tab of await browser.tabs.query({ url: pattern })) {
      if (tab.id === undefined || !origins.some((o) => tab.url?.startsWith(`${o}/`))) continue;
      await inject(tab.id).catch(() => {
        // A tab that shows the browser's own error page, or was closed meanwhile, takes no script: it needs none.
      });
    }
  }
}

async function inject(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [`/${BRIDGE_SCRIPT}`], world: 'MAIN' });
  await browser.scripting.executeScript({ target: { tabId }, files: [`/${DESK_SCRIPT}`] });
}
