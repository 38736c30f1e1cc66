import { createContext } from 'preact';
import type { MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { PendingAct } from '../../lib/model/message-act.ts';
import type { MessageEntry } from './message-menu.tsx';

/** What the person may do to the messages on screen, and how. */
export interface Acting {
  me: UserId;
  /** Own messages can be edited and deleted (Chat.ReadWrite). */
  mayChange: boolean;
  /** Others' reactions can be seen, so that one's own make sense. */
  mayReact: boolean;
  /** What is done and not confirmed, by message. */
  pending: ReadonlyMap<MessageId, PendingAct[]>;
  nameOf(userId: UserId | null): string;
  onReact(message: Message, reaction: string, on: boolean): void;
  onReply?(message: Message): void;
  onEdit?(message: Message): void;
  onDelete(message: Message): void;
  onRestore(message: Message): void;
  /** A refused act: once more, or given up. */
  onRetry(localId: string): void;
  onGiveUp(localId: string): void;
  /** Asks Microsoft for the permission that is missing. */
  onAskChange(): void;
  /** More lines in a message's menu. */
  entriesFor(message: Message): MessageEntry[];
}

/** Null where messages are only read. */
export const ActingContext = createContext<Acting | null>(null);
