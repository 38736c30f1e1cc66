import type { Member } from '../../model/chat.ts';
import type { AppError, Result } from '../../model/errors.ts';
import type { HostedContent } from '../../model/hosted-content.ts';
import type { AccountId, ChatId, MessageId, RecordKey, UserId } from '../../model/ids.ts';
import type { ChannelPlace } from '../../model/message.ts';
import type { LinkedRecord, MessagePage, MessageStretch, PublicSettings, SearchLine } from '../contract.ts';
import type { ThreadPage, ThreadView } from './channels.ts';
import type { ImageBytes, MessagesAt } from './reading.ts';

// ── archive page → worker: everything that is stored, of all accounts ───────────────────────────────────────────

/** A linked chat, or a channel that was read, as one account has it. */
export interface ConversationId {
  account: AccountId;
  chatId: ChatId;
}

export interface ArchiveProtocol {
  /** Who is signed in, and all their conversations, the latest first. Asks nobody. */
  'archive.view'(): Result<ArchiveView>;
  /** The newest stored message of each of these (at most 50); what has none is left out. */
  'archive.latest'(data: { of: ConversationId[] }): Result<LatestMessage[]>;
  /** The newest 50 stored messages of all accounts for which a query holds, or those after `from`. Asks nobody. */
  'archive.search'(data: { text: string; from: FoundFrom | null }): Result<FoundHere>;
  /** The same asked of Microsoft, from its `from`th on: what is found in linked chats and not stored. Stores nothing. */
  'archive.teams'(data: { account: AccountId; text: string; from: number }): Result<FoundInTeams>;
  /** As `messages.page`, `.stretch`, `.at` and `.image`, of any conversation. */
  'archive.page'(data: ConversationId & { before: MessageId | null; count: number }): Result<MessagePage>;
  'archive.stretch'(
    data: ConversationId & { id: MessageId; before: number; after: number },
  ): Result<MessageStretch | null>;
  'archive.at'(data: ConversationId & { time: string; before: number; after: number }): Result<MessagesAt | null>;
  'archive.image'(data: ConversationId & { content: HostedContent }): Result<ImageBytes>;
  /** The stored threads of a channel, those written in last first. */
  'archive.threads'(data: ConversationId & { count: number }): Result<ThreadPage>;
  'archive.thread'(data: ConversationId & { id: MessageId }): Result<ThreadView | null>;
  /** People's photos, as `photos` gives them to a panel. */
  'archive.photos'(data: { account: AccountId; userIds: UserId[] }): Result<{ userId: UserId; url: string }[]>;
  /** Leads to the record in its tab, or a new one, with the panel open; and there to a message. */
  'archive.record'(data: ConversationId & { key: RecordKey; id: MessageId | null }): Result<void>;
  /** Opens Microsoft's window for the permission that reads. */
  'archive.allow'(data: { account: AccountId }): Result<void>;
}

/** panel → worker */
export interface ToArchiveProtocol {
  /** Opens the archive page in a tab of its own. */
  'archive.open'(data: { pass: string; query: string; teams: boolean }): Result<void>;
}

export interface ArchiveView {
  accounts: ArchiveAccount[];
  conversations: Conversation[];
  settings: PublicSettings;
  /** Why nothing outlives the browser's run. */
  problem: AppError | null;
}

export interface ArchiveAccount {
  id: AccountId;
  name: string;
  email: string;
  me: UserId;
  /** Messages can be read, and so searched for, at Microsoft. */
  canRead: boolean;
  /** The link that asks the administrator for that; empty where it is granted. */
  consentUrl: string;
  /** Directory id, for links into Teams. */
  tenant: string;
}

export interface Conversation extends ConversationId {
  /** The chat's topic, or "team › channel"; null where Microsoft gave none. */
  name: string | null;
  /** The records whose chat or channel it is. */
  records: ConversationRecord[];
  members: Member[];
  /** Null for a chat. */
  channel: Pick<ChannelPlace, 'teamId'> | null;
  /** Opens it in Teams, where Graph gave a link. */
  webUrl: string | null;
  /** ISO time of the newest message known. */
  newestAt: string | null;
  /** At least so many. */
  unread: number;
  /** ISO time of the oldest message that is stored without a hole; null where all are. */
  since: string | null;
}

export interface ConversationRecord extends LinkedRecord {
  title: string | null;
  /** ERPNext does not have it any more. */
  gone: boolean;
}

export interface LatestMessage extends ConversationId {
  from: string | null;
  own: boolean;
  text: string;
}

/** Where a page of what was found ended. `at` in milliseconds since 1970. */
export interface FoundFrom {
  at: number;
  id: MessageId;
}

export interface FoundHere {
  /** Newest first. */
  hits: FoundLine[];
  more: boolean;
  /** Names of what `in:` and `record:` mean, where the query has them; none: nothing is called so. */
  places: string[] | null;
}

export interface FoundLine extends SearchLine, ConversationId {}

export interface FoundInTeams {
  /** In the order Microsoft gave. */
  hits: FoundLine[];
  /** Where to go on; null: that was all. */
  next: number | null;
  /** So many more were in chats of no record, which Deskside leaves alone. */
  elsewhere: number;
  /** Parts of the query that Microsoft's search does not know; then nothing was asked. */
  unable: string[];
}
