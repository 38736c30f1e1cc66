import type { AccountId, ChatId, UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';

/** The three calls of Graph that keeping messages in step needs, for the account that is signed in. */
export interface MessageApi {
  /** All messages created, edited, reacted to or deleted after an ISO time; any order. */
  listChangedSince(chatId: ChatId, modifiedAfter: string): Promise<Message[]>;
  /** The newest `count` (≤ 50) created before an ISO time (null: now); any order. `more`: older ones exist. */
  listBefore(
    chatId: ChatId,
    createdBefore: string | null,
    count: number,
  ): Promise<{ messages: Message[]; more: boolean }>;
  /** Posts HTML and gives the server's copy. @throws AppFailure `outcome-unknown` where it may have arrived. */
  sendMessage(chatId: ChatId, html: string): Promise<Message>;
}

/** Who is signed in. */
export interface Me {
  account: AccountId;
  userId: UserId;
}
