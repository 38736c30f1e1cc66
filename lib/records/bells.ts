import * as v from 'valibot';
import type { Bell } from '../model/bell.ts';
import type { Origin } from '../model/ids.ts';
import { BellShape, knownBell, rememberBell } from '../settings/bells.ts';
import { foldText } from '../util/fold-text.ts';
import type { Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** Whether a site rings is asked again after this long. */
const DAY_MS = 24 * 3_600_000;

/** How this site rings, asked of it once a day; null where it does not. */
export async function bellOf(worker: Worker, origin: Origin, erp: Erp): Promise<Bell | null> {
  const known = await knownBell(origin);
  if (known && worker.clock.now() - known.at < DAY_MS) return known.bell;
  return lookForBell(worker, origin, erp);
}

/** Asked of the site now. Of several the first counts: whoever makes another later only misleads nobody. */
export async function lookForBell(worker: Worker, origin: Origin, erp: Erp): Promise<Bell | null> {
  const bell = (await erp.bells()).map(readBell).find((one) => one !== null) ?? null;
  await rememberBell(origin, bell, worker.clock.now());
  return bell;
}

/** What a note says, if it says it as ours does; anybody may write one of the same title. */
function readBell({ name, content }: { name: string; content: string }): Bell | null {
  try {
    const said: unknown = JSON.parse(foldText(content));
    const result = v.safeParse(BellShape, { ...(said as object), note: name });
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
