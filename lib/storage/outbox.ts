import { isFull } from '../model/errors.ts';
import type { AccountId, ChatId, MessageId, UserId } from '../model/ids.ts';
import { type Message, plainContent } from '../model/message.ts';
import { createActRows } from './act-rows.ts';
import { nextNumber } from './counters.ts';
import { type Database, everything, type Table } from './database.ts';
import { createDiscards } from './discards.ts';
import { saveBatch } from './messages.ts';
import type { OutboxRow, ReceiptRow, SendRow } from './schema.ts';

export type OutboxRows = ReturnType<typeof createOutboxRows>;

/** What a new row says; the rest begins the same for all. */
export type NewOutboxRow = Pick<
  SendRow,
  'localId' | 'account' | 'recordKey' | 'chatId' | 'channel' | 'erpUser' | 'content' | 'files' | 'replyTo' | 'writtenAt'
>;

/** What became of a `localId`. */
export type Outcome =
  | { kind: 'waiting'; row: OutboxRow }
  | { kind: 'sent'; serverId: MessageId }
  | { kind: 'discarded' };

/** What is on its way out. Every write waits for the disk: the bytes that follow must never be forgotten. */
export function createOutboxRows(db: Database) {
  return {
    ...createActRows(db),
    ...createDiscards(db),

    get(account: AccountId, localId: string): Promise<OutboxRow | undefined> {
      return db.read(['outbox'], ({ outbox }) => get(outbox, account, localId));
    },

    /** Of one account (and chat), or of all, in the order of writing. */
    async list(account?: AccountId, chatId?: ChatId): Promise<OutboxRow[]> {
      const rows = await db.read(['outbox'], ({ outbox }) => outbox.list(account ? { prefix: [account] } : everything));
      return rows
        .filter((row) => !chatId || row.chatId === chatId)
        .map(asNow)
        .sort((a, b) => a.seq - b.seq);
    },

    /** Undefined where nobody ever wrote under this id, or long ago. */
    outcome(account: AccountId, localId: string): Promise<Outcome | undefined> {
      return db.read(['outbox', 'receipts'], async ({ outbox, receipts }) => {
        const row = await get(outbox, account, localId);
        if (row) return { kind: 'waiting', row };
        const receipt = await receipts.get([account, localId]);
        if (!receipt) return undefined;
        return receipt.serverId ? { kind: 'sent', serverId: receipt.serverId } : { kind: 'discarded' };
      });
    },

    /** False, and nothing written, for an id that was used before: a second click or a repeated call sends nothing. */
    add(row: NewOutboxRow): Promise<boolean> {
      return db.write(
        ['outbox', 'receipts', 'counters'],
        async ({ outbox, receipts, counters }) => {
          const key = [row.account, row.localId];
          if ((await outbox.get(key)) || (await receipts.get(key))) return false;
          await outbox.put({ ...row, ...unsent, seq: await nextNumber(counters, 'outbox') });
          return true;
        },
        'strict',
      );
    },

    /** Changes the row if it is still in one of these states; undefined, and nothing written, otherwise. */
    change<Row extends OutboxRow>(
      account: AccountId,
      localId: string,
      from: readonly OutboxRow['state'][],
      change: Partial<Row>,
    ): Promise<Row | undefined> {
      return db.write(
        ['outbox'],
        async ({ outbox }) => {
          // What a row does never changes under its id.
          const row = (await get(outbox, account, localId)) as Row | undefined;
          if (!row || !from.includes(row.state)) return undefined;
          const next = { ...row, ...change };
          await outbox.put(next);
          return next;
        },
        'strict',
      );
    },

    /**
     * The server's copy is here: it is stored, the row goes and its receipt stays, all in one. False where the row was
     * gone, or the copy has settled another row.
     */
    settle(row: SendRow, copy: Message, me: UserId, at: number): Promise<boolean> {
      const { account, localId, chatId } = row;
      const settled = (storing: boolean) =>
        db.write(
          ['outbox', 'receipts', 'chats', 'messages', 'words', 'counters'],
          async ({ outbox, receipts, ...tables }) => {
            if (!(await outbox.get([account, localId]))) return false;
            if (await isSpent(receipts, row, copy.id)) return false;
            if (storing) await saveBatch(tables, account, chatId, { messages: [copy], me });
            await receipts.put({ account, localId, chatId, serverId: copy.id, at });
            await outbox.delete([account, localId]);
            return true;
          },
          'strict',
        );
      // Without room for the copy: that it was sent is what must be known, and a read brings the copy later.
      return settled(true).catch((caught) => (isFull(caught) ? settled(false) : Promise.reject(caught)));
    },

    /** The ids of server messages in this chat that have settled a row. */
    async settledBy(account: AccountId, chatId: ChatId): Promise<Set<MessageId>> {
      const rows = await db.read(['receipts'], ({ receipts }) => receipts.list({ prefix: [account] }));
      return new Set(rows.filter((row) => row.chatId === chatId).flatMap((row) => row.serverId ?? []));
    },

    /** Receipts older than `before` (milliseconds since 1970) go: no repeated call comes so late. */
    prune(before: number): Promise<void> {
      return db.write(['receipts'], async ({ receipts }) => {
        for (const row of await receipts.list(everything)) {
          if (row.at < before) await receipts.delete([row.account, row.localId]);
        }
      });
    },
  };
}

const unsent = {
  state: 'queued',
  problem: null,
  emptyLooks: 0,
  mayResend: false,
  startedAt: null,
  newestKnown: null,
  notBefore: 0,
} as const;

async function get(outbox: Table<OutboxRow>, account: AccountId, localId: string): Promise<OutboxRow | undefined> {
  const row = await outbox.get([account, localId]);
  return row && asNow(row);
}

/** A row that an older version wrote held a text alone. */
function asNow(row: OutboxRow): OutboxRow {
  if (row.act || row.content) return row;
  const { html, ...rest } = row as SendRow & { html: string };
  return { ...rest, content: plainContent(html), replyTo: null };
}

async function isSpent(receipts: Table<ReceiptRow>, row: SendRow, serverId: MessageId): Promise<boolean> {
  const rows = await receipts.list({ prefix: [row.account] });
  return rows.some((r) => r.chatId === row.chatId && r.serverId === serverId);
}
