import type { Chat } from '../model/chat.ts';
import type { AppFailure } from '../model/errors.ts';
import type { AccountId, ChatId, MessageId, UserId } from '../model/ids.ts';
import type { ChannelPlace, Message, MessageContent, MessagePlace } from '../model/message.ts';
import type { MessageAct } from '../model/message-act.ts';
import type { Span } from './changes.ts';

/** A page of a chat's messages; null: the last one. */
export interface MessagesPage {
  messages: Message[];
  next: string | null;
}

/** The calls of Graph that keeping messages in step needs, for the account that is signed in. */
export interface MessageApi {
  /** Pages of what was created, edited, reacted to or deleted in this span, last changed first; within a page any order. */
  changesIn(chatId: ChatId, span: Span): AsyncIterable<MessagesPage>;
  /** Pages of what was written before an ISO time (null: of all), newest first; within a page any order. */
  writtenBefore(chatId: ChatId, createdBefore: string | null): AsyncIterable<MessagesPage>;
  /** All messages created, edited, reacted to or deleted after an ISO time; any order. */
  listChangedSince(chatId: ChatId, modifiedAfter: string, channel?: ChannelPlace): Promise<Message[]>;
  /** The newest `count` (≤ 50) created before an ISO time (null: now); any order. `more`: older ones exist. */
  listBefore(
    chatId: ChatId,
    createdBefore: string | null,
    count: number,
  ): Promise<{ messages: Message[]; more: boolean }>;
  /**
   * Posts a message and gives the server's copy.
   * @param replyTo the message it quotes
   * @throws AppFailure `outcome-unknown` where it may have arrived
   */
  sendMessage(place: MessagePlace, content: MessageContent, replyTo: MessageId | null): Promise<Message>;
  /** One message as it stands now. */
  getMessage(place: MessagePlace, id: MessageId): Promise<Message>;
  /** Changes a message that is there. @throws AppFailure `outcome-unknown` where that may have happened */
  changeMessage(place: MessagePlace, act: MessageAct, me: UserId): Promise<void>;
}

/** Who is signed in. */
export interface Me {
  account: AccountId;
  userId: UserId;
}

/** One page of a chat: of what changed in a span, or of what was written before an ISO time (null: the newest). */
export type PageAsk = { chatId: ChatId } & ({ changes: Span } | { before: string | null });

/** The calls of Graph that keeping many chats in step needs. */
export interface SyncApi {
  /** Pages of this person's chats, those last written in first, with what is newest in each. */
  listChats(signal: AbortSignal): AsyncIterable<Chat[]>;
  /** The first page of each of at most 20, in one request; what Graph refused in its place. */
  firstPages(asks: readonly PageAsk[], signal: AbortSignal): Promise<(MessagesPage | AppFailure)[]>;
  /** The page of this link, and those behind it. */
  pagesAfter(next: string): AsyncIterable<MessagesPage>;
}
