import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { Bell } from '../model/bell.ts';
import type { Origin } from '../model/ids.ts';

/** How a site rings, as this browser last saw it; `bell` is null where it does not. */
export interface KnownBell {
  bell: Bell | null;
  /** Milliseconds since 1970. */
  at: number;
}

export const BellShape = v.object({
  note: v.pipe(v.string(), v.minLength(1), v.maxLength(140)),
  method: v.pipe(v.string(), v.regex(/^deskside_bell_[0-9a-f]{32}$/)),
  state: v.pipe(v.string(), v.regex(/^[0-9a-f]{32,128}$/)),
});
const Shape = v.record(v.string(), v.object({ bell: v.nullable(BellShape), at: v.number() }));

export async function knownBell(origin: Origin): Promise<KnownBell | null> {
  return (await load())[origin] ?? null;
}

export async function rememberBell(origin: Origin, bell: Bell | null, at: number): Promise<void> {
  await browser.storage.local.set({ bells: { ...(await load()), [origin]: { bell, at } } });
}

async function load(): Promise<Record<string, KnownBell>> {
  const { bells } = await browser.storage.local.get('bells');
  const result = v.safeParse(Shape, bells);
  return result.success ? result.output : {};
}
