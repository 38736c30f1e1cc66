import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Origin } from '../model/ids.ts';
import type { PublicSettings, Registration } from '../rpc/contract.ts';

/**
 * What a person set, in storage.local: nothing about their account, their records or their chats, because private
 * windows share it. Each value is parsed when read: an import or an older version may have written it.
 */
export interface Settings extends PublicSettings {
  sites: Origin[];
}

const CLOUDS = ['global', 'gcc-high', 'dod', 'china'] as const;
const RegistrationShape = v.object({
  clientId: v.pipe(v.string(), v.trim(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)),
  tenant: v.pipe(v.string(), v.trim(), v.regex(/^[a-z0-9][a-z0-9.-]{1,253}$/i)),
  cloud: v.picklist(CLOUDS),
});
const SitesShape = v.array(v.object({ origin: v.pipe(v.string(), v.regex(/^https?:\/\/[^/*\s]+$/)) }));
/** Microsoft's rule on polling makes a timer the person's or the administrator's choice, and never a fast one. */
const LiveShape = v.nullable(v.pipe(v.number(), v.minValue(60), v.maxValue(3600)));
const LayoutShape = v.object({ width: v.pipe(v.number(), v.minValue(300), v.maxValue(1200)), open: v.boolean() });

export type Layout = v.InferOutput<typeof LayoutShape>;
const DEFAULT_LAYOUT: Layout = { width: 400, open: false };

const ManagedShape = v.object({
  clientId: v.optional(RegistrationShape.entries.clientId),
  tenant: v.optional(RegistrationShape.entries.tenant),
  cloud: v.optional(v.picklist(CLOUDS)),
  liveSeconds: v.optional(v.pipe(v.number(), v.minValue(60), v.maxValue(3600))),
});

export async function loadSettings(): Promise<Settings> {
  const [stored, managed] = await Promise.all([
    browser.storage.local.get(['registration', 'liveSeconds']),
    loadManaged(),
  ]);
  const own = parsed(RegistrationShape, stored.registration, null);
  return {
    sites: await loadSites(),
    registration: managed.clientId
      ? {
          clientId: managed.clientId,
          tenant: managed.tenant ?? own?.tenant ?? 'organizations',
          cloud: managed.cloud ?? own?.cloud ?? 'global',
        }
      : own,
    liveSeconds: managed.liveSeconds ?? parsed(LiveShape, stored.liveSeconds, null),
    managed: Object.keys(managed),
  };
}

/** The origins a person listed. Apart from the rest: policy can take seconds to load when the browser starts. */
export async function loadSites(): Promise<Origin[]> {
  const { sites } = await browser.storage.local.get('sites');
  return parsed(SitesShape, sites, []).map((s) => s.origin as Origin);
}

export async function saveRegistration(registration: Registration): Promise<void> {
  await browser.storage.local.set({ registration: v.parse(RegistrationShape, registration) });
}

export async function saveSites(sites: readonly Origin[]): Promise<void> {
  await browser.storage.local.set({ sites: sites.map((origin) => ({ origin })) });
}

/** @param seconds null turns the timer off. */
export async function saveLive(seconds: number | null): Promise<void> {
  await browser.storage.local.set({ liveSeconds: v.parse(LiveShape, seconds) });
}

export async function loadLayout(): Promise<Layout> {
  return parsed(LayoutShape, (await browser.storage.local.get('layout')).layout, DEFAULT_LAYOUT);
}

export async function saveLayout(change: { width?: number; open?: boolean }): Promise<Layout> {
  const layout = parsed(LayoutShape, { ...(await loadLayout()), ...change }, DEFAULT_LAYOUT);
  await browser.storage.local.set({ layout });
  return layout;
}

type Managed = v.InferOutput<typeof ManagedShape>;
/** Browsers take seconds to load policy when they start; a panel does not wait that long. */
const POLICY_MS = 300;

/**
 * Values an administrator set (Group Policy, Intune, policies.json); {} where there are none. While the browser is
 * still loading them, those it gave last time: when they turn out to have changed, `policy` in storage.local does too.
 */
async function loadManaged(): Promise<Managed> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, POLICY_MS, null));
  return (await Promise.race([readPolicy(), late])) ?? parsed(ManagedShape, (await lastPolicy()) ?? {}, {});
}

async function readPolicy(): Promise<Managed> {
  // Firefox rejects where no policy exists at all.
  const policy = parsed(ManagedShape, await browser.storage.managed.get(null).catch(() => ({})), {});
  if (JSON.stringify(policy) !== JSON.stringify((await lastPolicy()) ?? {}))
    await browser.storage.local.set({ policy });
  return policy;
}

async function lastPolicy(): Promise<unknown> {
  return (await browser.storage.local.get('policy')).policy;
}

function parsed<S extends v.GenericSchema, O>(shape: S, value: unknown, otherwise: O): v.InferOutput<S> | O {
  const result = v.safeParse(shape, value);
  return result.success ? result.output : otherwise;
}
