import type { AppError, Result } from '../../model/errors.ts';
import type { AccountId, ChatId } from '../../model/ids.ts';
import type { Passed } from '../contract.ts';

/** What the panel asks of keeping the chat on screen up to date. */
export interface ChatSyncProtocol {
  /** Read what is new now. Answers how many new messages that brought, when it is through. */
  'chat.sync'(data: Passed & { chatId: ChatId }): Result<{ messages: number }>;
  /** How far the filling of the chat's history is; null where nothing is fetched by itself. */
  'chat.filling'(data: Passed): Result<FillingView | null>;
}

/** What popup and options ask of keeping all linked chats up to date, of all accounts. */
export interface SyncProtocol {
  'sync.view'(): Result<SyncView>;
  /** Bring all linked chats up to date. Answers once that is written down, not when it is done. */
  'sync.start'(): Result<void>;
  /** What it has brought by then stays. */
  'sync.cancel'(): Result<void>;
  'sync.settings'(): Result<SyncSettingsView>;
  'sync.set'(data: { change: Partial<SyncSettings> }): Result<void>;
}

/** How far a chat's history is filled. ISO times. */
export interface FillingView {
  /** The oldest message that is stored without a hole. */
  from: string;
  /** Where it is going to end; null: with the chat's first message. */
  until: string | null;
  /** 0 to 1, by time. */
  share: number;
}

export interface SyncView {
  /** Who is signed in and may read. None: nothing can be brought up to date. */
  accounts: AccountSyncView[];
}

/** ISO times. */
export interface AccountSyncView {
  id: AccountId;
  name: string;
  /** The run that is not over. `total` is null while the list of chats is read; `wakeAt`: it waits till then. */
  run: { done: number; total: number | null; wakeAt: string | null; problem: AppError | null } | null;
  /** When the last run ended, and how many new messages it brought. */
  doneAt: string | null;
  brought: number | null;
  /** Why the last run ended before its time. */
  problem: AppError | null;
  /** When the next one begins by itself, where that is known. */
  dueAt: string | null;
  /** Of how many linked chats the history is filled as far as is wanted. */
  filled: { done: number; total: number };
}

export interface SyncSettings {
  /** How many days back the history of linked chats is kept; null: all of it. */
  historyDays: number | null;
  /** Minutes between two runs by themselves, 15 to 1,440; null: none but the day's first. */
  syncMinutes: number | null;
}

export interface SyncSettingsView {
  settings: SyncSettings;
  /** Set by policy. */
  managed: (keyof SyncSettings)[];
}
