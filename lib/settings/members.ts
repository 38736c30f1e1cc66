import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Doctype, Origin } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';
import type { AutoMembers } from '../rpc/contract.ts';
import { loadManaged } from './items.ts';

const KEY = 'autoMembers';
const Shape = v.object({ sites: v.array(v.string()), doctypes: v.array(v.string()) });
/** A site of all records, or a doctype on all sites. */
export type AutoFor = { of: 'site'; origin: Origin } | { of: 'doctype'; doctype: Doctype };

/** What an administrator says stands in the place of what the person does. */
export async function loadAutoMembers(): Promise<AutoMembers> {
  const [own, { autoMembers }] = await Promise.all([loadOwn(), loadManaged()]);
  const { sites = [], doctypes = [] } = autoMembers ?? own;
  return { sites: sites as Origin[], doctypes: doctypes as Doctype[], managed: autoMembers !== undefined };
}

export async function saveAutoMembers(what: AutoFor, on: boolean): Promise<void> {
  const { sites, doctypes } = await loadOwn();
  const turned = (list: string[], value: string) => [...list.filter((one) => one !== value), ...(on ? [value] : [])];
  const next =
    what.of === 'site'
      ? { sites: turned(sites, what.origin), doctypes }
      : { sites, doctypes: turned(doctypes, what.doctype) };
  await browser.storage.local.set({ [KEY]: next });
}

/** Which of the two settings holds for this record. */
export async function autoFor(ref: RecordRef): Promise<{ site: boolean; doctype: boolean; managed: boolean }> {
  const { sites, doctypes, managed } = await loadAutoMembers();
  return { site: sites.includes(ref.origin), doctype: doctypes.includes(ref.doctype), managed };
}

async function loadOwn(): Promise<{ sites: string[]; doctypes: string[] }> {
  const found = v.safeParse(Shape, (await browser.storage.local.get(KEY))[KEY]);
  return found.success ? found.output : { sites: [], doctypes: [] };
}
