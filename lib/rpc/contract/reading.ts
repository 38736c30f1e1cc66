import type { Result } from '../../model/errors.ts';
import type { HostedContent } from '../../model/hosted-content.ts';
import type { MessageId } from '../../model/ids.ts';
import type { MessagePage, MessageStretch, Passed } from '../contract.ts';

/** How the panel reads what was said in a chat, away from its newest end too. */
export interface ReadingProtocol {
  /** Up to `count` (≤ 100) stored messages older than `before` (or the newest), oldest first. Fetches what is missing. */
  'messages.page'(data: Passed & { before: MessageId | null; count: number }): Result<MessagePage>;
  /**
   * A stored message with up to `before` older and `after` newer ones (≤ 100 each); null where it lies alone among holes.
   * Newer ones that are missing are fetched.
   */
  'messages.stretch'(data: Passed & { id: MessageId; before: number; after: number }): Result<MessageStretch | null>;
  /**
   * The first message from a time on (ISO) with its neighbours, fetched where it is missing; null where all are older.
   */
  'messages.at'(data: Passed & { time: string; before: number; after: number }): Result<MessagesAt | null>;
  /** A picture that lies with a message of the chat. Asked of Microsoft each time: the panel keeps it. */
  'messages.image'(data: Passed & { content: HostedContent }): Result<ImageBytes>;
}

export interface ImageBytes {
  /** By the bytes themselves; a kind that holds pixels alone. */
  type: string;
  base64: string;
}

export interface MessagesAt extends MessageStretch {
  /** The message of that time. */
  id: MessageId;
}
