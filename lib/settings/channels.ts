import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Channel } from '../model/channel.ts';
import { isDoctypeName } from '../model/doctype-rule.ts';
import { asChatId, asDoctype, type Doctype } from '../model/ids.ts';
import { loadManaged } from './items.ts';

/** Where an administrator wants the records of each doctype to go: those that hold in this organisation. */
export async function policyChannels(tenantId: string): Promise<{ doctype: Doctype; channel: Channel }[]> {
  const { channels = {} } = await loadManaged();
  return Object.entries(channels).flatMap(([doctype, value]) => {
    // One by one, so that one that is wrong does not take the others along.
    const { success, output } = v.safeParse(PolicyShape, value);
    if (!success || !isDoctypeName(doctype)) return [];
    const { channelId, tenantId: of, ...named } = output;
    if (of && of.toLowerCase() !== tenantId.toLowerCase()) return [];
    return { doctype: asDoctype(doctype), channel: { ...named, id: asChatId(channelId) } };
  });
}

/** Whether a new thread carries the record's title and address: as the person last said, and no until then. */
export async function loadWithRecord(): Promise<boolean> {
  return (await browser.storage.local.get(KEY))[KEY] === true;
}

export async function saveWithRecord(on: boolean): Promise<void> {
  await browser.storage.local.set({ [KEY]: on });
}

const KEY = 'channelWithRecord';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As the options export it (components/settings/channel-defaults.ts). */
const PolicyShape = v.object({
  teamId: v.pipe(v.string(), v.regex(GUID)),
  channelId: v.pipe(v.string(), v.regex(/^19:[^\s/?#]{1,200}@thread\.[a-z0-9]{1,20}$/i)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  team: v.optional(v.pipe(v.string(), v.maxLength(300)), ''),
  kind: v.optional(v.picklist(['standard', 'private', 'shared']), 'standard'),
  /** Directory id: in other organisations it does not hold. */
  tenantId: v.optional(v.pipe(v.string(), v.regex(GUID))),
});
