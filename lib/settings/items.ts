import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { OwnDoctypes } from '../model/doctype-list.ts';
import { type DoctypeRule, isDoctypeName, MOST_RULES, parseRule } from '../model/doctype-rule.ts';
import { asDoctype, type Doctype, type Origin } from '../model/ids.ts';
import { readCarried } from '../model/rule-file.ts';
import type { PublicSettings, Registration } from '../rpc/contract.ts';

/**
 * What a person set, in storage.local: nothing about their account, their records or their chats, because private
 * windows share it. Each value is parsed when read: an import or an older version may have written it.
 */
export interface Settings extends PublicSettings {
  sites: Origin[];
  /** Where a record's field is closed to the person, its chat may be kept in a comment on it. */
  commentLinks: boolean;
}

/** What a person and what an administrator said of doctypes; `listDoctypes` puts them together. */
export interface DoctypeSettings {
  own: OwnDoctypes;
  policy: DoctypeRule[];
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

export const ManagedShape = v.object({
  clientId: v.optional(RegistrationShape.entries.clientId),
  tenant: v.optional(RegistrationShape.entries.tenant),
  cloud: v.optional(v.picklist(CLOUDS)),
  liveSeconds: v.optional(v.pipe(v.number(), v.minValue(60), v.maxValue(3600))),
  presence: v.optional(v.boolean()),
  presenceInErpnext: v.optional(v.boolean()),
  listMarks: v.optional(v.boolean()),
  followTitle: v.optional(v.boolean()),
  markRead: v.optional(v.boolean()),
  farewell: v.optional(v.boolean()),
  autoMembers: v.optional(
    v.object({ sites: v.optional(v.array(v.string())), doctypes: v.optional(v.array(v.string())) }),
  ),
  commentLinks: v.optional(v.boolean()),
  /** 0: all. */
  historyDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650))),
  /** 0: never. */
  syncMinutes: v.optional(v.union([v.literal(0), v.pipe(v.number(), v.integer(), v.minValue(15), v.maxValue(1440))])),
  /** By doctype; read one by one in channels.ts. */
  channels: v.optional(v.record(v.string(), v.unknown())),
  /** Read by `readCarried`, rule by rule, so that one that is wrong does not take the others along. */
  doctypes: v.optional(v.union([v.array(v.unknown()), v.record(v.string(), v.unknown())])),
});

export async function loadSettings(): Promise<Settings> {
  const [stored, managed] = await Promise.all([
    browser.storage.local.get(['registration', 'liveSeconds', 'commentLinks']),
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
    commentLinks: managed.commentLinks ?? parsed(v.boolean(), stored.commentLinks, true),
    managed: Object.keys(managed),
  };
}

/** @param shipped what Deskside knows by itself: it fills in what an older shape of a policy cannot say. */
export async function loadDoctypes(shipped: readonly DoctypeRule[]): Promise<DoctypeSettings> {
  const [own, managed] = await Promise.all([loadOwnDoctypes(), loadManaged()]);
  return { own, policy: readCarried(managed.doctypes, shipped)?.rules ?? [] };
}

/** The person's own rules for these doctypes from now on; a doctype that was off is on again. */
export async function saveRules(rules: readonly DoctypeRule[]): Promise<void> {
  await changeDoctypes((own) => {
    const saved = new Set<string>(rules.map(({ doctype }) => doctype));
    return {
      rules: [...own.rules.filter(({ doctype }) => !saved.has(doctype)), ...rules],
      off: own.off.filter((doctype) => !saved.has(doctype)),
    };
  });
}

/** Forget the person's own rule; a shipped one of the same doctype holds again. */
export async function removeRule(doctype: Doctype): Promise<void> {
  await changeDoctypes((own) => ({ rules: own.rules.filter((rule) => rule.doctype !== doctype), off: own.off }));
}

export async function switchDoctype(doctype: Doctype, on: boolean): Promise<void> {
  await changeDoctypes((own) => {
    const off = own.off.filter((other) => other !== doctype);
    return { rules: own.rules, off: on ? off : [...off, doctype] };
  });
}

/** One change after the other, so that two quick clicks are both kept. */
let changing: Promise<void> = Promise.resolve();

function changeDoctypes(change: (own: OwnDoctypes) => OwnDoctypes): Promise<void> {
  changing = changing
    .catch(() => {})
    .then(async () => {
      const { rules, off } = change(await loadOwnDoctypes());
      // Written as it will be read, so that nothing is kept that the next reading drops.
      const kept = rules.map(parseRule).filter((rule) => rule !== null);
      await browser.storage.local.set({ doctypes: { rules: kept.slice(0, MOST_RULES), off } });
    });
  return changing;
}

async function loadOwnDoctypes(): Promise<OwnDoctypes> {
  const { doctypes } = await browser.storage.local.get('doctypes');
  const { rules, off } = parsed(OwnDoctypesShape, doctypes, { rules: [], off: [] });
  return {
    rules: rules.slice(0, MOST_RULES).flatMap((rule) => parseRule(rule) ?? []),
    off: off.filter(isDoctypeName).map(asDoctype),
  };
}

const OwnDoctypesShape = v.object({ rules: v.array(v.unknown()), off: v.array(v.string()) });

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

/** Whether a chat may be kept in a comment on its record, where the field is closed to the person. */
export async function saveCommentLinks(on: boolean): Promise<void> {
  await browser.storage.local.set({ commentLinks: on });
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
export async function loadManaged(): Promise<Managed> {
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
