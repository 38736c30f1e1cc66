import { type Channel, channelName } from '../model/channel.ts';
import type { AccountId, ChatId, Doctype, RecordKey } from '../model/ids.ts';
import { ensureChat } from './chats.ts';
import type { Database } from './database.ts';
import type { ChannelChoiceRow, ChannelRow } from './schema.ts';

export type Channels = ReturnType<typeof createChannels>;

/** What a channel is chosen for: a record, or all records of a doctype. */
export type ChosenFor = { record: RecordKey } | { doctype: Doctype };

const MOST_RECENT = 8;

/**
 * The channels that an account knows here, and which of them it chose for what. Their messages lie under the channel's
 * id like a chat's, whose row is of the kind `channel`.
 */
export function createChannels(db: Database) {
  const change = (account: AccountId, channelId: ChatId, change: Partial<ChannelRow>): Promise<void> =>
    db.write(
      ['channels'],
      async ({ channels }) => {
        const row = await channels.get([account, channelId]);
        if (row) await channels.put({ ...row, ...change });
      },
      'strict',
    );

  return {
    get(account: AccountId, channelId: ChatId): Promise<ChannelRow | undefined> {
      return db.read(['channels'], ({ channels }) => channels.get([account, channelId]));
    },

    /** Those chosen last, the latest first. */
    async recent(account: AccountId): Promise<ChannelRow[]> {
      const rows = await db.read(['channels'], ({ channels }) => channels.list({ prefix: [account] }));
      const used = rows.filter((row): row is ChannelRow & { usedAt: number } => row.usedAt !== null);
      return used.sort((a, b) => b.usedAt - a.usedAt).slice(0, MOST_RECENT);
    },

    list(account: AccountId): Promise<ChannelRow[]> {
      return db.read(['channels'], ({ channels }) => channels.list({ prefix: [account] }));
    },

    /** The channels chosen for single records. */
    async chosen(account: AccountId): Promise<{ record: RecordKey; channelId: ChatId }[]> {
      const all = await db.read(['channelChoices'], ({ channelChoices }) => channelChoices.list({ prefix: [account] }));
      return all.flatMap(({ of, channelId }) =>
        channelId && (JSON.parse(of) as unknown[]).length === 3 ? [{ record: of as RecordKey, channelId }] : [],
      );
    },

    /** They are offered no more by themselves; what they were chosen for stays. */
    forgetRecent(account: AccountId): Promise<void> {
      return db.write(['channels'], async ({ channels }) => {
        for (const row of await channels.list({ prefix: [account] }))
          if (row.usedAt !== null) await channels.put({ ...row, usedAt: null });
      });
    },

    /** The channel under the name it has now; nothing is written where nothing changed. */
    know(account: AccountId, channel: Channel): Promise<ChannelRow> {
      return db.write(['channels', 'chats', 'counters'], async ({ channels, ...tables }) => {
        const { id, ...named } = channel;
        const known = await channels.get([account, id]);
        const row: ChannelRow = { usedAt: null, postedAt: null, ...known, account, channelId: id, ...named };
        if (JSON.stringify(row) !== JSON.stringify(known)) await channels.put(row);
        const chat = await ensureChat(tables, account, id);
        const topic = channelName(channel);
        if (chat.kind !== 'channel' || chat.topic !== topic)
          await tables.chats.put({ ...chat, kind: 'channel', topic });
        return row;
      });
    },

    /** @param at milliseconds since 1970 */
    used: (account: AccountId, channelId: ChatId, at: number) => change(account, channelId, { usedAt: at }),
    /** Something was written there from here. */
    posted: (account: AccountId, channelId: ChatId, at: number) =>
      change(account, channelId, { usedAt: at, postedAt: at }),
    /** Where threads older than those read are to be had; null: there are none. */
    setOlder: (account: AccountId, channelId: ChatId, older: string | null) => change(account, channelId, { older }),

    /** What the person chose: a channel, none (null), or nothing yet. */
    async choice(account: AccountId, of: ChosenFor): Promise<ChannelChoiceRow | undefined> {
      return db.read(['channelChoices'], ({ channelChoices }) => channelChoices.get([account, keyOf(of)]));
    },

    /** `channelId` null: none, whatever the doctype's is; undefined takes the choice back. */
    choose(account: AccountId, of: ChosenFor, channelId: ChatId | null | undefined): Promise<void> {
      return db.write(
        ['channelChoices'],
        async ({ channelChoices }) => {
          if (channelId === undefined) await channelChoices.delete([account, keyOf(of)]);
          else await channelChoices.put({ account, of: keyOf(of), channelId });
        },
        'strict',
      );
    },

    /** The channels chosen for doctypes. */
    defaults(account: AccountId): Promise<{ doctype: Doctype; channel: ChannelRow }[]> {
      return db.read(['channelChoices', 'channels'], async ({ channelChoices, channels }) => {
        const found: { doctype: Doctype; channel: ChannelRow }[] = [];
        for (const { of, channelId } of await channelChoices.list({ prefix: [account] })) {
          const [doctype, ...rest] = JSON.parse(of) as [Doctype, ...unknown[]];
          const channel = rest.length === 0 && channelId ? await channels.get([account, channelId]) : undefined;
          if (channel) found.push({ doctype, channel });
        }
        return found;
      });
    },
  };
}

/** A record's key is a list of three. */
function keyOf(of: ChosenFor): string {
  return 'record' in of ? of.record : JSON.stringify([of.doctype]);
}
