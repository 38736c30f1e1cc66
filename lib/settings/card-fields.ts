import * as v from 'valibot';
import { browser } from 'wxt/browser';

const KEY = 'cardFields';
const Shape = v.fallback(v.record(v.string(), v.array(v.string())), {});

/** Which fields a person last put on the card of a doctype; null where they never chose. */
export async function cardFields(doctype: string): Promise<string[] | null> {
  return (await load())[doctype] ?? null;
}

export async function saveCardFields(doctype: string, fields: readonly string[]): Promise<void> {
  await browser.storage.local.set({ [KEY]: { ...(await load()), [doctype]: fields.slice(0, 30) } });
}

async function load(): Promise<Record<string, string[]>> {
  return v.parse(Shape, (await browser.storage.local.get(KEY))[KEY]);
}
