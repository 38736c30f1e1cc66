import { type AppFailure, fail } from '../model/errors.ts';
import { asDoctype, asRecordName, type ErpUser, type Origin } from '../model/ids.ts';
import { createErp, type Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** Who is logged in at a site, by its open tabs; null without a tab, or with nobody logged in. */
export async function loggedIn({ tabs }: Pick<Worker, 'tabs'>, origin: Origin): Promise<ErpUser | null> {
  return (await tabs.of(origin, null)).find(({ erpUser }) => erpUser)?.erpUser ?? null;
}

/**
 * A site as whoever is logged in there, for work that belongs to no record.
 * @throws AppFailure `no-tab`
 */
export async function siteErp(worker: Worker, origin: Origin): Promise<Erp> {
  const erpUser = await loggedIn(worker, origin);
  if (erpUser) return createErp(worker, { origin, doctype: asDoctype(''), name: asRecordName('') }, erpUser);
  throw noTab(origin);
}

export function noTab(origin: Origin): AppFailure {
  return fail(
    'no-tab',
    'No ERPNext tab is open',
    `Deskside reads ERPNext through an open tab. Open ${new URL(origin).host} in this browser and log in; then try again.`,
    { action: { kind: 'retry', label: 'Try again' } },
  );
}
