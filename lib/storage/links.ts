import type { AccountId, ChatId, RecordKey } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { LinkRow } from './schema.ts';

export type Links = ReturnType<typeof createLinks>;

/** Which chat a record has, as far as this account trusts it. The record's own field stays what counts. */
export function createLinks(db: Database) {
  return {
    get(account: AccountId, recordKey: RecordKey): Promise<LinkRow | undefined> {
      return db.read(['links'], ({ links }) => links.get([account, recordKey]));
    },

    list(account: AccountId): Promise<LinkRow[]> {
      return db.read(['links'], ({ links }) => links.list({ prefix: [account] }));
    },

    /** The records of a chat; more than one when ids were copied by hand. */
    async ofChat(account: AccountId, chatId: ChatId): Promise<LinkRow[]> {
      const all = await db.read(['links'], ({ links }) => links.list({ prefix: [account] }));
      return all.filter((link) => link.chatId === chatId);
    },

    put(link: LinkRow): Promise<void> {
      return db.write(['links'], ({ links }) => links.put(link), 'strict');
    },

    remove(account: AccountId, recordKey: RecordKey): Promise<void> {
      return db.write(['links'], ({ links }) => links.delete([account, recordKey]));
    },
  };
}
