import type { Account } from '../auth/account.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId, RecordKey } from '../model/ids.ts';
import { parseRecordKey, type RecordRef, recordKey } from '../model/record.ts';
import type { LinkedRecord } from '../rpc/contract.ts';
import { listedDoctypes } from './doctypes.ts';
import type { Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** ERPNext is asked again after this long, when a person looks at the record. */
const FRESH_MS = 10 * 60_000;
const asked = new WeakMap<Worker, Map<string, { at: number; keys: RecordKey[] }>>();

/** The other records whose chat this is, as this account knows them at once; ERPNext is asked for more meanwhile. */
export async function alsoLinked(
  worker: Worker,
  account: Account,
  ref: RecordRef,
  chatId: ChatId,
  erp: Erp,
): Promise<LinkedRecord[]> {
  const seen = asked.get(worker) ?? new Map<string, { at: number; keys: RecordKey[] }>();
  asked.set(worker, seen);
  const about = `${account.id} ${ref.origin} ${chatId}`;
  const known = seen.get(about);
  const now = worker.clock.now();
  if (!known || now - known.at > FRESH_MS) {
    seen.set(about, { at: now, keys: known?.keys ?? [] });
    void namedBy(erp, chatId).then(
      (keys) => {
        seen.set(about, { at: now, keys });
        if (keys.some((key) => key !== recordKey(ref))) worker.changes.tell({ kind: 'view' });
      },
      () => seen.delete(about),
    );
  }
  return others(worker, account, ref, chatId, known?.keys ?? []);
}

/** A link was made or taken back: what ERPNext said before does not hold any more. */
export function askAnew(worker: Worker): void {
  asked.delete(worker);
}

/** The same, asked of ERPNext now: before one more record gets the chat. Where it cannot say, what is known here counts. */
export async function linkedBefore(
  worker: Worker,
  account: Account,
  ref: RecordRef,
  chatId: ChatId,
  erp: Erp,
): Promise<LinkedRecord[]> {
  const keys = await namedBy(erp, chatId).catch((caught) => {
    if (caught instanceof AppFailure) return [];
    throw caught;
  });
  return others(worker, account, ref, chatId, keys);
}

/** As far as this person may list them. A doctype that is off now may hold chats from before. */
async function namedBy(erp: Erp, chatId: ChatId): Promise<RecordKey[]> {
  const doctypes = (await listedDoctypes()).map(({ rule }) => rule.doctype);
  return (await erp.linkedTo(doctypes, [chatId])).map((found) => recordKey(found.ref));
}

async function others(worker: Worker, account: Account, ref: RecordRef, chatId: ChatId, keys: RecordKey[]) {
  const links = await worker.store.links.ofChat(account.id, chatId);
  const here = links.filter((link) => link.goneAt === undefined).map((link) => link.recordKey);
  const own = recordKey(ref);
  return [...new Set([...here, ...keys])].filter((key) => key !== own).map(toLinked);
}

function toLinked(key: RecordKey): LinkedRecord {
  const { doctype, name } = parseRecordKey(key);
  return { key, doctype, name };
}
