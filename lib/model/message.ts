import type { ChatId, MessageId, UserId } from './ids.ts';
import type { SystemEvent } from './system-event.ts';

/** One message as Graph tells it, in our words. `html` is raw and hostile: it is sanitised where it is shown. */
export interface Message {
  id: MessageId;
  /** Version; a stored row is replaced only by another etag with a newer `modifiedAt`. */
  etag: string;
  createdAt: string;
  /** Moves on create, edit, reaction and delete: the watermark of a chat's sync. */
  modifiedAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  from: { userId: UserId | null; name: string } | null;
  html: string;
  importance: 'normal' | 'high' | 'urgent';
  reactions: { type: string; userId: UserId | null }[];
  /** `id` as `<at id>` names it, left out where an older version of ours stored it; `everyone`: of the chat or channel. */
  mentions: { userId: UserId | null; name: string; id?: number; everyone?: true }[];
  attachments: Attachment[];
  /** Null for what people write; else what happened in the chat. */
  event: SystemEvent | null;
  /** In a channel: the message that begins the thread in which this one answers; none begins one. */
  thread?: MessageId;
  /** In a channel: the line above a thread. */
  subject?: string;
}

/** A file, a card or a quote at a message. As hostile as its text. */
export interface Attachment {
  /** Named by `<attachment id="…">` in the text; none where an older version of ours stored it. */
  id?: string;
  name: string;
  url: string | null;
  /** `reference` is a file, `messageReference` a quote, `application/vnd.microsoft.card.…` a card. */
  contentType: string;
  /** A card's or a quote's JSON. */
  content?: string;
}

/**
 * What a person wrote, as Graph takes it: mentions as `<at id="0">`, cards, files and quotes as `<attachment id="…">`,
 * images as `<img src="../hostedContents/1/$value">` in the text, each with its entry beside it.
 * Docs: api/chatmessage-post, api/chat-post-messages.
 */
export interface MessageContent {
  html: string;
  /** The line above a thread that it begins in a channel. */
  subject?: string;
  importance: Message['importance'];
  mentions: { id: number; name: string; userId: UserId }[];
  attachments: OutgoingAttachment[];
  /** `bytes` in base64; `id` as the text names it. */
  images: { id: string; contentType: string; bytes: string }[];
}

export interface OutgoingAttachment {
  /** A GUID, the one in the text. */
  id: string;
  contentType: string;
  name?: string;
  /** Where a file lies. */
  contentUrl?: string;
  /** A card's JSON. */
  content?: string;
}

/** A text and nothing beside it. */
export function plainContent(html: string): MessageContent {
  return { html, importance: 'normal', mentions: [], attachments: [], images: [] };
}

/** A channel, or one thread in it. Its id is a conversation's like a chat's: messages and outbox are kept under it. */
export interface ChannelPlace {
  teamId: string;
  channelId: ChatId;
  /** The message that begins the thread to be answered; null begins a new one. */
  threadId: MessageId | null;
}

/** Where a message goes: a chat; or a channel, whose id `chatId` holds then. */
export interface MessagePlace {
  chatId: ChatId;
  channel?: ChannelPlace;
}

/**
 * A message this person wrote and Graph has not confirmed. `sent` means Graph said yes and the server's own copy is
 * not stored yet.
 */
export type OutboxState = 'queued' | 'sending' | 'unknown' | 'sent' | 'failed';

export interface OutgoingMessage {
  /** Made by the panel: a second click or a repeated rpc with the same id changes nothing. */
  localId: string;
  chatId: ChatId;
  channel?: ChannelPlace;
  content: MessageContent;
  /** Files that go along, and how much of each OneDrive has (bytes); `there`: all of it, open to the chat's people. */
  files?: { id: string; name: string; size: number; sent: number; there: boolean }[];
  /** The message it quotes. */
  replyTo: MessageId | null;
  /** What that one says, where it is stored here. */
  answers?: { author: string; html: string };
  /** It surely has not left: another text can take its place. */
  editable?: true;
  state: OutboxState;
  /** Milliseconds since 1970 on this machine. */
  writtenAt: number;
  /** For `failed`: what to show; for `unknown`: how many looks found nothing. */
  problem: import('./errors.ts').AppError | null;
  emptyLooks: number;
  /** True once "send again" may be offered (two empty looks a minute apart, or the base tier that cannot look). */
  mayResend: boolean;
}
