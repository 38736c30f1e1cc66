import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Doctype, Origin } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';

/** Where people who join a record are added to its chat without a question: on these sites, and for these doctypes. */
export interface AutoMembers {
  sites: Origin[];
  doctypes: Doctype[];
}

const KEY = 'autoMembers';
const Shape = v.object({ sites: v.array(v.string()), doctypes: v.array(v.string()) });

export async function loadAutoMembers(): Promise<AutoMembers> {
  const found = v.safeParse(Shape, (await browser.storage.local.get(KEY))[KEY]);
  return (found.success ? found.output : { sites: [], doctypes: [] }) as AutoMembers;
}

export async function saveAutoMembers(of: 'site' | 'doctype', ref: RecordRef, on: boolean): Promise<void> {
  const { sites, doctypes } = await loadAutoMembers();
  const turned = <T>(list: T[], value: T) => [...list.filter((one) => one !== value), ...(on ? [value] : [])];
  const next: AutoMembers =
    of === 'site' ? { sites: turned(sites, ref.origin), doctypes } : { sites, doctypes: turned(doctypes, ref.doctype) };
  await browser.storage.local.set({ [KEY]: next });
}

/** Which of the two settings holds for this record. */
export async function autoFor(ref: RecordRef): Promise<{ site: boolean; doctype: boolean }> {
  const { sites, doctypes } = await loadAutoMembers();
  return { site: sites.includes(ref.origin), doctype: doctypes.includes(ref.doctype) };
}
