import { createContext } from 'preact';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { FillingView } from '../../lib/rpc/contract/sync.ts';

/** How bringing the chat on screen up to date stands, as the page that holds the panel knows it. */
export interface ChatSync {
  /** What the person asked for, until its result was read; null: nothing. */
  asked: { state: 'reading' } | { state: 'done'; messages: number } | { state: 'failed'; problem: AppError } | null;
  /** How far the chat's history is filled; null: nothing is fetched by itself. */
  filling: FillingView | null;
  start(chatId: ChatId): void;
  putAway(): void;
}

/** Null where no chat can be read. */
export const ChatSyncContext = createContext<ChatSync | null>(null);
