import type { AppError } from './errors.ts';
import type { MessageId, UserId } from './ids.ts';
import type { Message, MessageContent, OutboxState } from './message.ts';
import { isSameReaction, ownReaction } from './reaction.ts';

/** What a person does to a message that is there. `reaction` is a character. */
export type MessageAct =
  | { kind: 'edit'; id: MessageId; content: MessageContent }
  | { kind: 'delete' | 'restore'; id: MessageId }
  | { kind: 'react'; id: MessageId; reaction: string; on: boolean };

/** One that Microsoft has not confirmed, or has refused (`failed`, with the reason). */
export interface PendingAct {
  localId: string;
  act: MessageAct;
  state: OutboxState;
  problem: AppError | null;
}

/**
 * The message once the act is done, as far as that can be told here: the text of a restored one is known to Graph alone.
 * @param at ISO time
 */
export function afterAct(message: Message, act: MessageAct, me: UserId, at: string): Message {
  switch (act.kind) {
    case 'edit':
      return {
        ...message,
        html: act.content.html,
        importance: act.content.importance,
        mentions: act.content.mentions.map(({ userId, name }) => ({ userId, name })),
        editedAt: at,
      };
    case 'delete':
      return { ...message, html: '', attachments: [], reactions: [], deletedAt: message.deletedAt ?? at };
    case 'restore':
      return { ...message, deletedAt: null };
    case 'react': {
      if (!!ownReaction(message, act.reaction, me) === act.on) return message;
      const others = message.reactions.filter(
        ({ type, userId }) => userId !== me || !isSameReaction(type, act.reaction),
      );
      return { ...message, reactions: act.on ? [...others, { type: act.reaction, userId: me }] : others };
    }
  }
}
