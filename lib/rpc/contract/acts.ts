import type { Result } from '../../model/errors.ts';
import type { ChatId } from '../../model/ids.ts';
import type { MessageContent } from '../../model/message.ts';
import type { MessageAct } from '../../model/message-act.ts';
import type { Passed } from '../contract.ts';

/** What a person does to messages that are there, or that wait to be sent. */
export interface ActsProtocol {
  /**
   * Edit, delete, restore or react, into the outbox. `chatId` is the chat on screen when it was done: another one now
   * refuses it. `messages.resend` and `messages.discard` act on what failed of it, too.
   */
  'messages.act'(data: Passed & { chatId: ChatId; localId: string; act: MessageAct }): Result<void>;
  /** Another text for a message that was not sent yet; `not-permitted` where it may be on its way. */
  'messages.rewrite'(data: Passed & { localId: string; content: MessageContent }): Result<void>;
}
