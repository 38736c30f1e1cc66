import type { AppError, Result } from '../../model/errors.ts';
import type { AccountId, ChatId } from '../../model/ids.ts';

/** options → worker: what is stored on this machine, of all accounts, and taking old messages from it. Bytes are as written. */
export interface StorageProtocol {
  /** Reads all that is stored: for a page that somebody opened for it. */
  'storage.view'(): Result<StorageView>;
  /** What would go. `before`: ISO time. */
  'storage.plan'(data: { before: string }): Result<StoragePlan>;
  /** The oldest go first. Answers once it has begun; a `storage` notice tells of each step. */
  'storage.evict'(data: { before: string }): Result<void>;
  'storage.run'(): Result<StorageRun | null>;
  /** What went by then is gone from here. */
  'storage.cancel'(): Result<void>;
}

export interface StorageView {
  /** What the browser counts for Deskside, and would allow; null where it does not say. */
  used: number | null;
  allowed: number | null;
  low: boolean;
  messages: number;
  words: number;
  pictures: number;
  /** The biggest first. */
  chats: StoredChat[];
  /** When the oldest message that may go was written, ISO time; null: none is stored. */
  oldestAt: string | null;
}

export interface StoredChat {
  account: AccountId;
  chatId: ChatId;
  name: string;
  messages: number;
  bytes: number;
}

export interface StoragePlan {
  messages: number;
  chats: number;
  bytes: number;
}

/** Taking away, while it goes on and after it, until the next one. */
export interface StorageRun {
  done: number;
  total: number;
  /** Messages that went. */
  messages: number;
  over: boolean;
  problem: AppError | null;
}
