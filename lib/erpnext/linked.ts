import * as v from 'valibot';
import { AppFailure } from '../model/errors.ts';
import { asChatId, asRecordName, type ChatId, type Doctype, type Origin } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';
import { CHAT_FIELD } from './doctypes/registry.ts';
import { listPath, type Rest } from './rest.ts';
import { shape } from './shape.ts';

/**
 * Which records of these doctypes hold one of these chats in their field, as far as this person may list them. A doctype
 * without the field, or that may not be listed, holds none. Links in comments cannot be looked for: nobody but an
 * administrator may list Comment, and `_comments` holds a hundred characters of each. Those that this account has met
 * are known to its own store.
 */
export async function linkedTo(
  rest: Rest,
  origin: Origin,
  doctypes: Doctype[],
  chatIds: ChatId[],
): Promise<{ chatId: ChatId; ref: RecordRef }[]> {
  const found: { chatId: ChatId; ref: RecordRef }[] = [];
  for (const doctype of doctypes) {
    for (let i = 0; i < chatIds.length; i += AT_ONCE) {
      const some = chatIds.slice(i, i + AT_ONCE);
      const path = listPath(doctype, ['name', CHAT_FIELD], [[CHAT_FIELD, 'in', some]], MOST);
      const rows = await rowsOf(rest, path, doctype);
      if (!rows) break;
      for (const row of rows) {
        const chatId = row[CHAT_FIELD];
        if (chatId) found.push({ chatId: asChatId(chatId), ref: { origin, doctype, name: asRecordName(row.name) } });
      }
    }
  }
  return found;
}

const NONE = new Set(['erp-forbidden', 'field-missing', 'erp-not-found']);
/** Chat ids are about 60 characters and travel in the URL. */
const AT_ONCE = 30;
const MOST = 500;
const List = shape({ data: v.array(shape({ name: v.string(), [CHAT_FIELD]: v.nullish(v.string()) })) });

/**
 * Null: this doctype has no such field, may not be listed, or does not exist (a Frappe without ERPNext has no Project).
 * Anything else that goes wrong is not "none" and throws.
 */
async function rowsOf(rest: Rest, path: string, doctype: Doctype) {
  try {
    return (await rest.get(path, List, { verb: 'read', doctype })).body.data;
  } catch (caught) {
    if (caught instanceof AppFailure && NONE.has(caught.error.code)) return null;
    throw caught;
  }
}
