import type { AccountId, ChatId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { PushRow } from './schema.ts';

export type Pushes = ReturnType<typeof createPushes>;

/** Graph's subscriptions to chats, and which chats need not be asked for again before when. */
export function createPushes(db: Database) {
  return {
    get(account: AccountId, chatId: ChatId): Promise<PushRow | undefined> {
      return db.read(['pushes'], ({ pushes }) => pushes.get([account, chatId]));
    },
    list(account: AccountId): Promise<PushRow[]> {
      return db.read(['pushes'], ({ pushes }) => pushes.list({ prefix: [account] }));
    },
    /** On the disk when it resolves: what follows must not be begun twice. */
    put(row: PushRow): Promise<void> {
      return db.write(['pushes'], ({ pushes }) => pushes.put(row), 'strict');
    },
    remove(account: AccountId, chatId: ChatId): Promise<void> {
      return db.write(['pushes'], ({ pushes }) => pushes.delete([account, chatId]));
    },
  };
}
