import type { AccountId, ChatId, RecordKey, UserId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { LinkRow } from './schema.ts';

export type Links = ReturnType<typeof createLinks>;

/**
 * Which chat a record has, as far as this account trusts it. The record's own field stays what counts. A chat that is
 * closed to this account is as good as none, but for `closed`.
 */
export function createLinks(db: Database) {
  return {
    async get(account: AccountId, recordKey: RecordKey): Promise<LinkRow | undefined> {
      const link = await db.read(['links'], ({ links }) => links.get([account, recordKey]));
      return link?.closed ? undefined : link;
    },

    async list(account: AccountId): Promise<LinkRow[]> {
      const all = await db.read(['links'], ({ links }) => links.list({ prefix: [account] }));
      return all.filter((link) => !link.closed);
    },

    /** What stood here before Microsoft stopped showing the chat. */
    async closed(account: AccountId, recordKey: RecordKey): Promise<LinkRow | undefined> {
      const link = await db.read(['links'], ({ links }) => links.get([account, recordKey]));
      return link?.closed ? link : undefined;
    },

    /** Microsoft does not show this chat to the account, now: left, removed, or gone. */
    close(account: AccountId, chatId: ChatId): Promise<void> {
      return db.write(['links'], async ({ links }) => {
        for (const link of await links.list({ prefix: [account] }))
          if (link.chatId === chatId) await links.put({ ...link, closed: true });
      });
    },

    /** The records of a chat; more than one when ids were copied by hand. */
    async ofChat(account: AccountId, chatId: ChatId): Promise<LinkRow[]> {
      const all = await db.read(['links'], ({ links }) => links.list({ prefix: [account] }));
      return all.filter((link) => link.chatId === chatId && !link.closed);
    },

    /**
     * The same chat vouched for once more, or another one. Whoever saw it created, or said that it is right, outranks a
     * look at its topic that came in between: the row that stands afterwards is the answer.
     */
    vouch(link: LinkRow): Promise<LinkRow> {
      return db.write(
        ['links'],
        async ({ links }) => {
          const known = await links.get([link.account, link.recordKey]);
          const same = known?.chatId === link.chatId && known.recordCreation === link.recordCreation;
          const outranked = same && known.confirmedBy !== 'marker' && link.confirmedBy === 'marker';
          const next = outranked ? seen(known) : same ? { ...seen(known), ...link } : link;
          await links.put(next);
          return next;
        },
        'strict',
      );
    },

    /** These people are not offered again for the record's chat; nothing where it has none. */
    dismiss(account: AccountId, recordKey: RecordKey, userIds: readonly UserId[]): Promise<void> {
      return db.write(['links'], async ({ links }) => {
        const link = await links.get([account, recordKey]);
        if (link && userIds.length > 0)
          await links.put({ ...link, dismissed: [...new Set([...(link.dismissed ?? []), ...userIds])] });
      });
    },

    /** Something more is known of this link; nothing where there is none any more. */
    change(account: AccountId, recordKey: RecordKey, change: Partial<LinkRow>): Promise<void> {
      return db.write(
        ['links'],
        async ({ links }) => {
          const link = await links.get([account, recordKey]);
          if (link) await links.put({ ...link, ...change });
        },
        'strict',
      );
    },

    /** The record is there, and under this name now. @returns the row as it stands afterwards. */
    move(link: LinkRow, recordKey: RecordKey): Promise<LinkRow> {
      return db.write(
        ['links'],
        async ({ links }) => {
          const next = { ...seen(link), recordKey };
          await links.delete([link.account, link.recordKey]);
          await links.put(next);
          return next;
        },
        'strict',
      );
    },

    put(link: LinkRow): Promise<void> {
      return db.write(['links'], ({ links }) => links.put(link), 'strict');
    },

    remove(account: AccountId, recordKey: RecordKey): Promise<void> {
      return db.write(['links'], ({ links }) => links.delete([account, recordKey]));
    },
  };
}

/** Record and chat are there again. */
function seen({ goneAt, closed, ...link }: LinkRow): LinkRow {
  return link;
}
