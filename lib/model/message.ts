import type { ChatId, MessageId, UserId } from './ids.ts';

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
  mentions: { userId: UserId | null; name: string }[];
  attachments: { name: string; url: string | null; contentType: string }[];
  /** Null for what people write; else what happened in the chat. */
  event: SystemEvent | null;
}

/** What happened, not yet in words: the panel says it in the person's language. */
export type SystemEvent =
  | { kind: 'created'; by: Named }
  | { kind: 'renamed'; by: Named; topic: string }
  | { kind: 'members-added' | 'members-removed'; by: Named; who: Named[] }
  | { kind: 'joined' | 'left'; who: Named[] }
  | { kind: 'other'; type: string };

/** Somebody in an event. Graph often leaves the name out there (''): the chat's members then tell it by the id. */
export interface Named {
  userId: UserId | null;
  name: string;
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
  html: string;
  state: OutboxState;
  /** Milliseconds since 1970 on this machine. */
  writtenAt: number;
  /** For `failed`: what to show; for `unknown`: how many looks found nothing. */
  problem: import('./errors.ts').AppError | null;
  emptyLooks: number;
  /** True once "send again" may be offered (two empty looks a minute apart, or the base tier that cannot look). */
  mayResend: boolean;
}
