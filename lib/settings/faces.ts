import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { FaceSettings } from '../rpc/contract.ts';
import { loadManaged } from './items.ts';

const KEY = 'faces';
const OFF: FaceSettings = { presence: false, presenceInErpnext: false, listMarks: false };
const Shape = v.object({
  presence: v.fallback(v.boolean(), false),
  presenceInErpnext: v.fallback(v.boolean(), false),
  listMarks: v.fallback(v.boolean(), false),
});

/** What holds, and which of it an administrator set. */
export async function loadFaces(): Promise<{ settings: FaceSettings; managed: (keyof FaceSettings)[] }> {
  const [own, policy] = await Promise.all([loadOwn(), loadManaged()]);
  const managed = (Object.keys(OFF) as (keyof FaceSettings)[]).filter((what) => policy[what] !== undefined);
  return { settings: Object.assign(own, ...managed.map((what) => ({ [what]: policy[what] }))), managed };
}

export async function saveFace(what: keyof FaceSettings, on: boolean): Promise<void> {
  await browser.storage.local.set({ [KEY]: { ...(await loadOwn()), [what]: on } });
}

async function loadOwn(): Promise<FaceSettings> {
  const found = v.safeParse(Shape, (await browser.storage.local.get(KEY))[KEY]);
  return found.success ? found.output : { ...OFF };
}
