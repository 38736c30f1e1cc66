import { AppFailure } from '../model/errors.ts';
import type { ChatId, RecordName } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import { documentHash, readChatField } from './claim.ts';
import type { Erp } from './erp.ts';

/** The chat of the cancelled document that a record amends. */
export interface Predecessor {
  name: RecordName;
  chatId: ChatId;
}

/** Null where the record amends none, that one has no chat, or this person may not read it. */
export async function predecessorOf(record: SavedRecord, erp: Erp): Promise<Predecessor | null> {
  if (!record.amendedFrom) return null;
  try {
    const before = await erp.read({ ...record.ref, name: record.amendedFrom });
    const hash = await documentHash(before.ref.doctype, before.creation);
    const field = readChatField(before.chatField, before.serverTime, hash);
    return field.kind === 'chat' ? { name: before.ref.name, chatId: field.chatId } : null;
  } catch (caught) {
    if (caught instanceof AppFailure && ['erp-forbidden', 'erp-not-found'].includes(caught.error.code)) return null;
    throw caught;
  }
}
