import type { Account } from '../auth/account.ts';
import { speakerOn } from '../auth/speaker-on.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId, RecordKey } from '../model/ids.ts';
import { parseRecordKey, type RecordRef, recordKey } from '../model/record.ts';
import { chatUrl } from '../model/teams-links.ts';
import type { Orphan } from '../rpc/contract.ts';
import type { LinkRow } from '../storage/schema.ts';
import { markToolbar } from './badge.ts';
import { createErp, type Erp } from './erp.ts';
import { loggedIn } from './site-erp.ts';
import type { Worker } from './worker.ts';

/**
 * Where a linked record is now. A new name is followed; one that ERPNext does not have any more is remembered as gone
 * until it turns up again. What the person may not read, or no tab can tell, is taken to be where it was.
 * @returns null where it is gone.
 */
export async function findRecord(worker: Worker, account: Account, link: LinkRow): Promise<RecordKey | null> {
  const ref = parseRecordKey(link.recordKey);
  const erpUser = await loggedIn(worker, ref.origin);
  if (!erpUser) return link.goneAt === undefined ? link.recordKey : null;
  try {
    const now = await presentRef(createErp(worker, ref, erpUser), ref, link.recordCreation);
    const { links } = worker.store;
    if (!now) {
      await links.change(account.id, link.recordKey, { goneAt: worker.clock.now() });
      return null;
    }
    const key = recordKey(now);
    if (key !== link.recordKey || link.goneAt !== undefined) await links.move(link, key);
    return key;
  } catch (caught) {
    if (caught instanceof AppFailure) return link.recordKey;
    throw caught;
  }
}

/** The document of this `creation`: under its name, or under another; null where neither is to be found. */
async function presentRef(erp: Erp, ref: RecordRef, creation: string): Promise<RecordRef | null> {
  try {
    // Another document may have been given the name of a deleted one.
    if ((await erp.read(ref)).creation === creation) return ref;
  } catch (caught) {
    if (!(caught instanceof AppFailure) || caught.error.code !== 'erp-not-found') throw caught;
  }
  return erp.renamed(ref, creation);
}

const FRESH_MS = 3600_000;
const MOST_AT_ONCE = 5;
const lastLooked = new WeakMap<Worker, Map<RecordKey, number>>();

/** A look at what is unread met these records: each is looked for at most once an hour, a few at a time. */
export async function followRecords(worker: Worker, account: Account, met: readonly LinkRow[]): Promise<void> {
  const looked = lastLooked.get(worker) ?? new Map<RecordKey, number>();
  lastLooked.set(worker, looked);
  const now = worker.clock.now();
  const due = met.filter(({ recordKey: key }) => now - (looked.get(key) ?? Number.NEGATIVE_INFINITY) > FRESH_MS);
  let changed = false;
  for (const link of due.slice(0, MOST_AT_ONCE)) {
    if (!(await loggedIn(worker, parseRecordKey(link.recordKey).origin))) continue;
    looked.set(link.recordKey, now);
    if ((await findRecord(worker, account, link)) !== link.recordKey) changed = true;
  }
  if (!changed) return;
  await markToolbar(worker);
  worker.changes.tell({ kind: 'view' });
}

/** Chats whose records are gone. */
export async function orphansOf(worker: Worker, account: Account): Promise<Orphan[]> {
  const { links, chats } = worker.store;
  const cloud = (await worker.settings()).registration?.cloud ?? 'global';
  const gone = (await links.list(account.id)).filter((link) => link.goneAt !== undefined);
  return Promise.all(
    gone.map(async ({ recordKey: key, chatId }) => {
      const row = await chats.get(account.id, chatId);
      const { origin, doctype, name } = parseRecordKey(key);
      return { key, origin, doctype, name, topic: row?.topic ?? null, url: row?.webUrl ?? chatUrl(cloud, chatId) };
    }),
  );
}

/** Those of all accounts, each on the sites where it speaks. */
export async function orphansOfAll(worker: Worker): Promise<Orphan[]> {
  const known = await worker.accounts.known();
  const found = await Promise.all(
    known.map(async ({ account }) =>
      (await orphansOf(worker, account)).filter(({ origin }) => speakerOn(known, origin)?.account.id === account.id),
    ),
  );
  return found.flat();
}

/** The person needs this one no more. The chat stays in Teams, and a record that is there is not forgotten. */
export async function forgetOrphan(worker: Worker, account: Account, key: RecordKey): Promise<void> {
  const { links } = worker.store;
  const link = await links.get(account.id, key);
  if (link?.goneAt === undefined) return;
  await links.remove(account.id, key);
  worker.changes.tell({ kind: 'view' });
}

/** The chat has a record again. */
export async function forgetOrphans(worker: Worker, account: Account, chatId: ChatId): Promise<void> {
  const { links } = worker.store;
  for (const link of await links.ofChat(account.id, chatId))
    if (link.goneAt !== undefined) await links.remove(account.id, link.recordKey);
}
