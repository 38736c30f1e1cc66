import { IDBFactory } from 'fake-indexeddb';
import { asAccountId, asChatId, asErpUser, asMessageId, asUserId, type RecordKey } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';

export { random } from '../random.ts';

export const account = asAccountId('ada.tenant');
export const other = asAccountId('bob.tenant');
export const me = asUserId('ada');
export const bob = asUserId('bob');
export const chatId = asChatId('19:one@thread.v2');
export const chat2 = asChatId('19:two@thread.v2');
export const record = '["https://erp.example","Event","EV-1"]' as RecordKey;
export const erpUser = asErpUser('ada@example.org');
export const T0 = Date.parse('2026-11-22T10:00:00Z');

/** An empty database, as on a new machine. */
export function freshIndexedDb(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** A message created `ms` after T0, by Bob unless told. */
export function message(ms: number, more: Partial<Message> = {}): Message {
  const time = new Date(T0 + ms).toISOString();
  return {
    id: asMessageId(String(T0 + ms)),
    etag: String(T0 + ms),
    createdAt: time,
    modifiedAt: time,
    editedAt: null,
    deletedAt: null,
    from: { userId: bob, name: 'Bob' },
    html: `<p>message ${ms}</p>`,
    importance: 'normal',
    reactions: [],
    mentions: [],
    attachments: [],
    event: null,
    ...more,
  };
}

/** A later version of a message, changed `ms` after T0. */
export function changed(m: Message, ms: number, more: Partial<Message> = {}): Message {
  return { ...m, etag: String(T0 + ms), modifiedAt: new Date(T0 + ms).toISOString(), ...more };
}
