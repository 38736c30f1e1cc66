import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Origin } from '../model/ids.ts';

/** Which custom fields Deskside made on a site from this browser, as `Event-custom_teams_chat_id`: only these it undoes. */
export async function madeFields(origin: Origin): Promise<string[]> {
  return (await load())[origin] ?? [];
}

export async function rememberMade(origin: Origin, name: string): Promise<void> {
  const all = await load();
  await save({ ...all, [origin]: [...new Set([...(all[origin] ?? []), name])] });
}

export async function forgetMade(origin: Origin, name: string): Promise<void> {
  const all = await load();
  await save({ ...all, [origin]: (all[origin] ?? []).filter((other) => other !== name) });
}

type Made = Record<string, string[]>;
const MadeShape = v.record(v.string(), v.array(v.string()));

async function load(): Promise<Made> {
  const { madeFields: stored } = await browser.storage.local.get('madeFields');
  const result = v.safeParse(MadeShape, stored);
  return result.success ? result.output : {};
}

async function save(made: Made): Promise<void> {
  await browser.storage.local.set({ madeFields: made });
}
