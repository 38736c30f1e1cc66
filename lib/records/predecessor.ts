import type { Account } from '../auth/account.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId, RecordName } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { Erp } from './erp.ts';
import { namedChat } from './named-chat.ts';
import { placesOf } from './places.ts';
import type { Worker } from './worker.ts';

/** The chat of the cancelled document that a record amends. */
export interface Predecessor {
  name: RecordName;
  chatId: ChatId;
}

/** Null where the record amends none, that one has no chat, or this person may not read it. */
export async function predecessorOf(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  erp: Erp,
): Promise<Predecessor | null> {
  if (!record.amendedFrom) return null;
  try {
    const before = await erp.read({ ...record.ref, name: record.amendedFrom });
    const places = await placesOf(worker, account, before, erp);
    const { name } = before.ref;
    if (places.field.kind === 'chat') return { name, chatId: places.field.chatId };
    const named = await namedChat(worker, account, before, places);
    // In a comment anybody may name one: only what is borne out is offered to go on with.
    return named?.trust.kind === 'confirmed' ? { name, chatId: named.chatId } : null;
  } catch (caught) {
    if (caught instanceof AppFailure && ['erp-forbidden', 'erp-not-found'].includes(caught.error.code)) return null;
    throw caught;
  }
}
