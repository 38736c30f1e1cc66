import type { AppError } from '../model/errors.ts';
import type { AccountId, ChatId } from '../model/ids.ts';

/** `storage.session`: outlives the worker, not the browser. */
export interface Session {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** How a chat's reading stands. Times in milliseconds since 1970, 0 for never. */
export interface ReadState {
  /** When the last read began. */
  readAt: number;
  /** When the last one succeeded. */
  syncedAt: number;
  /** No read before this: Microsoft said so. */
  notBefore: number;
  problem: AppError | null;
}

/** The reading states of each account's chats, read once a worker's life and written through. */
export function createReadStates(session: Session) {
  const loaded = new Map<AccountId, Promise<Record<ChatId, ReadState>>>();
  const load = (account: AccountId) => {
    const there = loaded.get(account);
    if (there) return there;
    // Only this module writes the key, so what it holds has our shape.
    const states = session.get(keyOf(account)).then((value) => (value ?? {}) as Record<ChatId, ReadState>);
    loaded.set(account, states);
    states.catch(() => loaded.delete(account));
    return states;
  };
  return {
    async get(account: AccountId, chatId: ChatId): Promise<ReadState> {
      return (await load(account))[chatId] ?? { readAt: 0, syncedAt: 0, notBefore: 0, problem: null };
    },
    async set(account: AccountId, chatId: ChatId, state: ReadState): Promise<void> {
      const states = await load(account);
      states[chatId] = state;
      await session.set(keyOf(account), states);
    },
    /** At sign-out. */
    async forget(account: AccountId): Promise<void> {
      loaded.delete(account);
      await session.set(keyOf(account), {});
    },
  };
}

function keyOf(account: AccountId): string {
  return `pull:${account}`;
}
