import { fail, isFull } from '../model/errors.ts';
import type { AccountId, UserId } from '../model/ids.ts';
import type { Message, MessageContent } from '../model/message.ts';
import { afterAct, type MessageAct } from '../model/message-act.ts';
import { foldText } from '../util/fold-text.ts';
import { isDone } from './act-done.ts';
import { coalesce, isUnsent } from './coalesce-acts.ts';
import { nextNumber } from './counters.ts';
import type { Database, Table, Tables } from './database.ts';
import { saveBatch } from './messages.ts';
import { find } from './read-blocks.ts';
import type { ActRow, OutboxRow } from './schema.ts';

/** What a new row says; the rest begins the same for all. */
export type NewActRow = Pick<
  ActRow,
  'localId' | 'account' | 'recordKey' | 'chatId' | 'channel' | 'erpUser' | 'act' | 'writtenAt'
>;

/** What is done to messages that are there, and to those that wait. Every write waits for the disk. */
export function createActRows(db: Database) {
  return {
    /**
     * Beside what waits for the same message, or in place of it (coalesce-acts.ts). False, and nothing written, for an id
     * that was used before.
     */
    addAct(row: NewActRow, me: UserId): Promise<boolean> {
      return db.write(
        ['outbox', 'receipts', 'counters', 'chats', 'messages'],
        async ({ outbox, receipts, counters, ...tables }) => {
          const { account, localId, act, writtenAt } = row;
          if ((await outbox.get([account, localId])) || (await receipts.get([account, localId]))) return false;
          const spend = (id: string) =>
            receipts.put({ account, localId: id, chatId: row.chatId, serverId: null, at: writtenAt });
          const there = await actsOn(outbox, row);
          const message = await storedOf(tables, row);
          const { drop, into, add } = coalesce(there, act, isStoredSo(message, act, me));
          for (const old of drop) {
            await spend(old.localId);
            await outbox.delete([account, old.localId]);
          }
          for (const old of drop.flatMap(({ instead }) => (act.kind === 'restore' && instead) || [])) {
            await outbox.put(old);
            await receipts.delete([account, old.localId]);
          }
          if (into) await outbox.put({ ...into, act });
          if (!add) {
            await spend(localId);
            return true;
          }
          const seq = await nextNumber(counters, 'outbox');
          const bases = act.kind === 'edit' ? basesOf(message, there) : [];
          const instead = act.kind === 'delete' ? { instead: drop.filter(isUnsent) } : {};
          await outbox.put({ ...row, ...waiting, ...instead, bases, seq });
          return true;
        },
        'strict',
      );
    },

    /**
     * It is done: the message is stored as Graph gave it, or as far as it can be told here, and the row goes, in one.
     * False where the row was gone.
     */
    settleAct(row: ActRow, copy: Message | 'as-asked', me: UserId, at: number): Promise<boolean> {
      const { account, localId, chatId } = row;
      const settled = (storing: boolean) =>
        db.write(
          ['outbox', 'receipts', 'chats', 'messages', 'words', 'counters'],
          async ({ outbox, receipts, ...tables }) => {
            if (!(await outbox.get([account, localId]))) return false;
            const message = !storing ? null : copy === 'as-asked' ? await asAsked(tables, row, me, at) : copy;
            if (message) await saveBatch(tables, account, chatId, { messages: [message], me });
            await receipts.put({ account, localId, chatId, serverId: null, at });
            await outbox.delete([account, localId]);
            return true;
          },
          'strict',
        );
      return settled(true).catch((caught) => (isFull(caught) ? settled(false) : Promise.reject(caught)));
    },

    /**
     * Another text for a message that cannot have reached Microsoft; it goes then, even if it was refused before.
     * @throws AppFailure `not-permitted` where it may have left: the one on its way cannot be called back
     */
    rewrite(account: AccountId, localId: string, content: MessageContent): Promise<void> {
      return db.write(
        ['outbox'],
        async ({ outbox }) => {
          const row = await outbox.get([account, localId]);
          const mayBe = row && !row.act && row.startedAt === null && (row.state === 'queued' || row.state === 'failed');
          if (!mayBe)
            throw fail(
              'not-permitted',
              'This message may be on its way already',
              'Nothing was changed. Once it stands in the chat you can edit it there.',
            );
          await outbox.put({ ...row, content, state: 'queued', problem: null, notBefore: 0 });
        },
        'strict',
      );
    },
  };
}

const waiting = {
  state: 'queued',
  problem: null,
  emptyLooks: 0,
  mayResend: false,
  startedAt: null,
  notBefore: 0,
} as const;

async function actsOn(outbox: Table<OutboxRow>, { account, chatId, act }: NewActRow): Promise<ActRow[]> {
  const rows = await outbox.list({ prefix: [account] });
  return rows
    .flatMap((row) => (row.act && row.chatId === chatId && row.act.id === act.id ? row : []))
    .sort((a, b) => a.seq - b.seq);
}

async function storedOf(tables: Tables<'chats' | 'messages'>, { account, chatId, act }: ActRow | NewActRow) {
  const chat = await tables.chats.get([account, chatId]);
  return chat && find(tables.messages, chat.no, act.id);
}

/** Of a deleted message nobody knows here who reacted to it. */
function isStoredSo(message: Message | undefined, act: MessageAct, me: UserId): boolean {
  return !!message && !(act.kind === 'react' && message.deletedAt) && isDone(message, act, me);
}

/** What an edit may be put over: the text on screen, or what an edit before it makes of that. */
function basesOf(message: Message | undefined, there: readonly ActRow[]): string[] {
  if (!message || message.deletedAt) return [];
  const edits = there.flatMap(({ act }) => (act.kind === 'edit' ? act.content.html : []));
  return [message.html, ...edits].map(foldText);
}

/** The stored message with the act done; null where it is not stored, or Graph's own copy with it done is. */
async function asAsked(
  tables: Tables<'chats' | 'messages'>,
  row: ActRow,
  me: UserId,
  at: number,
): Promise<Message | null> {
  const message = await storedOf(tables, row);
  if (!message || isDone(message, row.act, me)) return null;
  // A newer version than the one stored, and older than the one that Graph made of it.
  const modifiedAt = new Date(Date.parse(message.modifiedAt) + 1).toISOString();
  return { ...afterAct(message, row.act, me, new Date(at).toISOString()), modifiedAt };
}
