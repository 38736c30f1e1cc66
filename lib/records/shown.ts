import type { Account } from '../auth/account.ts';
import { fail } from '../model/errors.ts';
import type { ChatId, ErpUser } from '../model/ids.ts';
import { type RecordRef, recordKey } from '../model/record.ts';
import type { Passed } from '../rpc/contract.ts';
import type { Sender } from '../rpc/server.ts';
import { createErp, type Erp } from './erp.ts';
import { shownChannel } from './record-channel.ts';
import { signedIn, type Worker } from './worker.ts';

/** The record that the asking panel's own tab shows, and who is looking at it. */
export interface Shown {
  ref: RecordRef;
  erpUser: ErpUser;
  dirty: boolean;
  unsavedPeople: string[];
  account: Account;
  erp: Erp;
}

/** Refuses a frame that never showed a nonce of its tab: any page may embed the panel. */
export async function checkPass(worker: Worker, pass: string, sender: Sender): Promise<number> {
  if (sender.tabId !== undefined && (await worker.tabs.holds(pass, sender.tabId))) return sender.tabId;
  throw unknownFrame();
}

/** For what a panel does last: its page may be gone by the time the worker reads it. */
export async function checkLeaving(worker: Worker, pass: string, sender: Sender): Promise<void> {
  if (sender.tabId === undefined || !(await worker.tabs.held(pass, sender.tabId))) throw unknownFrame();
}

function unknownFrame() {
  return fail('unknown-frame', 'This panel is not known', 'Close the panel and open it again.');
}

/**
 * What a panel's call is about: what its tab shows now. A call that was made for another record is refused, never
 * carried over: text typed for one record must not reach another.
 */
export async function shownFor(worker: Worker, data: Passed, sender: Sender): Promise<Shown> {
  const tab = await worker.tabs.get(await checkPass(worker, data.pass, sender));
  const shown = tab?.shown;
  if (!tab || !shown || shown.isNew || !tab.erpUser || recordKey(shown.ref) !== data.shown)
    throw fail(
      'record-changed',
      'Another record is on screen now',
      'Nothing was sent. What you wrote is kept with the record you wrote it for.',
    );
  const account = await signedIn(worker);
  if (data.as && data.as !== account.userId)
    throw fail(
      'record-changed',
      'Another account speaks here now',
      'Nothing was sent. Look at who is shown now, and do it again if that is right.',
    );
  return {
    ref: shown.ref,
    erpUser: tab.erpUser,
    dirty: shown.dirty,
    unsavedPeople: shown.unsavedPeople,
    account,
    erp: createErp(worker, shown.ref, tab.erpUser),
  };
}

/** Refuses a message on its way that is not one of the chat or channel shown: its buttons stand in another record's panel. */
export async function checkOutgoing(worker: Worker, shown: Shown, localId: string): Promise<void> {
  const row = await worker.store.outbox.get(shown.account.id, localId);
  // Sent or discarded meanwhile: there is nothing left to act on.
  if (row?.channel) await shownChannel(worker, shown, row.chatId);
  else if (row) await linkedChat(worker, shown, row.chatId);
}

/** The chat this account trusts to be the record's, or a refusal: only there may anything be sent or marked read. */
export async function linkedChat(worker: Worker, { account, ref }: Shown, expected?: ChatId): Promise<ChatId> {
  const link = await worker.store.links.get(account.id, recordKey(ref));
  if (link && (!expected || link.chatId === expected)) return link.chatId;
  throw fail(
    'record-changed',
    'This record has another chat now',
    'Nothing was sent. Look at the chat that is shown now and send again if it is the right one.',
  );
}
