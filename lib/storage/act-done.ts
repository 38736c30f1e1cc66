import type { UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { MessageAct } from '../model/message-act.ts';
import { ownReaction } from '../model/reaction.ts';
import { foldText } from '../util/fold-text.ts';

/** Whether a message is as an act wants it. Of an edit the text tells: Teams writes its HTML anew. */
export function isDone(message: Message, act: MessageAct, me: UserId): boolean {
  switch (act.kind) {
    case 'edit':
      return !message.deletedAt && foldText(message.html) === foldText(act.content.html);
    case 'delete':
      return !!message.deletedAt;
    case 'restore':
      return !message.deletedAt;
    case 'react':
      return !!ownReaction(message, act.reaction, me) === act.on;
  }
}
