import type { Channel } from '../../model/channel.ts';
import type { AppError, Result } from '../../model/errors.ts';
import type { ChatId, Doctype, MessageId, Origin } from '../../model/ids.ts';
import type { Message, MessageContent, OutgoingMessage } from '../../model/message.ts';
import type { Passed, SearchView } from '../contract.ts';

// ── panel → worker: the record's channel ────────────────────────────────────────────────────────────────────────

/** Which channel is meant; what it is called the worker asks Microsoft. */
export type ChannelId = Pick<Channel, 'teamId' | 'id'>;

export interface ChannelProtocol {
  /** The record's channel and all about it but its threads. Asks nobody. */
  'channel.view'(data: Passed): Result<ChannelView>;
  /** A person did something where the channel is on screen: bring what is new, at most once in 15 s. */
  'channel.act'(data: Passed & { channelId: ChatId }): Result<void>;
  /** The person's channels with these words in team or name, or the one that a pasted link leads to. */
  'channel.find'(data: Passed & { text: string }): Result<FoundChannels>;
  /** This record's from now on; null: none, also where its doctype has one. */
  'channel.choose'(data: Passed & { channel: ChannelId | null }): Result<void>;
  /** Up to `count` (≤ 400) threads, those written in last first. Fetches older ones where fewer are stored. */
  'channel.threads'(data: Passed & { channelId: ChatId; count: number }): Result<ThreadPage>;
  /** The whole thread of a stored message; null where that is not stored. */
  'channel.thread'(data: Passed & { channelId: ChatId; id: MessageId }): Result<ThreadView | null>;
  /** As `messages.search`, in what is stored of the channel. */
  'channel.search'(data: Passed & { channelId: ChatId; text: string; from: MessageId | null }): Result<SearchView>;
  /**
   * Into the outbox, as an answer in a thread or (null) the beginning of one. `channelId` is the channel on screen when it
   * was written: another one now refuses it. With `withRecord` the record's title and address stand under the text.
   */
  'channel.post'(
    data: Passed & {
      channelId: ChatId;
      threadId: MessageId | null;
      localId: string;
      content: MessageContent;
      withRecord: boolean;
    },
  ): Result<void>;
  /** Whether new threads carry the record's title and address; kept for the next one. */
  'channel.withRecord'(data: { pass: string; on: boolean }): Result<void>;
  /** Ask for what finding a channel and posting to it takes (opens Microsoft's window). */
  'auth.channels'(data: { pass: string }): Result<void>;
  /** Ask for reading in channels, which takes an administrator. */
  'auth.channelReading'(data: { pass: string }): Result<void>;
}

export interface ChannelView {
  /** Null: none was chosen, and its doctype has none. */
  channel: Channel | null;
  /** Who chose it: the person for this record, the person or an administrator for the doctype. */
  chosenBy: 'person' | 'default' | 'policy';
  /** Team.ReadBasic.All, Channel.ReadBasic.All and ChannelMessage.Send are granted. */
  mayPost: boolean;
  /** ChannelMessage.Read.All is granted. */
  mayRead: boolean;
  /** The links that ask the administrator for either. */
  postConsentUrl: string;
  readConsentUrl: string;
  /** Directory id, for links into Teams. */
  tenant: string;
  /** Something was posted there from here before. */
  posted: boolean;
  withRecord: boolean;
  outbox: OutgoingMessage[];
  /** ISO time of the newest successful read. */
  syncedAt: string | null;
  /** Why reading last failed, while stored threads are shown. */
  syncProblem: AppError | null;
}

export interface FoundChannels {
  /** Those of them that were used last. */
  recent: Channel[];
  others: Channel[];
  /** So many more than are answered. */
  more: number;
}

export interface ThreadPage {
  threads: ThreadView[];
  /** Older ones can be had. */
  more: boolean;
  /** Nothing is stored yet, and the first read is under way: a notice tells when it ended. */
  filling?: boolean;
}

export interface ThreadView {
  id: MessageId;
  /** Null where only answers are stored. */
  root: Message | null;
  /** In order of time; in a page of threads the newest 50. */
  replies: Message[];
  /** How many older answers are left out. */
  earlier: number;
}

// ── options → worker: channels ──────────────────────────────────────────────────────────────────────────────────

/** As the account that speaks on `origin`. */
export interface ChannelSettingsProtocol {
  'channels.view'(data: { origin: Origin }): Result<ChannelSettingsView>;
  'channels.find'(data: { origin: Origin; text: string }): Result<FoundChannels>;
  /** Where records of this doctype go unless somebody chose another channel; null: nowhere. */
  'channels.setDefault'(data: { origin: Origin; doctype: Doctype; channel: ChannelId | null }): Result<void>;
  'channels.forgetRecent'(data: { origin: Origin }): Result<void>;
  'channels.allow'(data: { origin: Origin }): Result<void>;
}

export interface ChannelSettingsView {
  signedIn: boolean;
  mayPost: boolean;
  /** The link that asks the administrator for it. */
  postConsentUrl: string;
  /** Directory id of the account. */
  tenant: string;
  /** The person's own. */
  defaults: DefaultChannel[];
  /** Set by an administrator: it holds in place of the person's own. */
  policy: DefaultChannel[];
  recent: Channel[];
}

export interface DefaultChannel {
  doctype: Doctype;
  channel: Channel;
}
