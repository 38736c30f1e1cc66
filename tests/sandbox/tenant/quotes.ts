import type { ChatRecord } from './chat-records.ts';
import type { Directory } from './directory.ts';
import { messageById } from './message-order.ts';
import { plainText } from './plain-text.ts';

const PREVIEW = 500;

/**
 * A quote as Teams keeps it: an attachment with the quoted message's id and a copy of its text (chatmessage-replywithquote.md).
 * @throws where the chat has no such message
 */
export function quoteOf(directory: Directory, chat: ChatRecord, id: string) {
  const quoted = messageById(chat.messages, id);
  if (!quoted) throw new Error(`The sandbox has no message ${id} in chat ${chat.id}.`);
  const user = quoted.fromUserId === null ? undefined : directory.byId(quoted.fromUserId);
  const sender = {
    userIdentityType: 'aadUser',
    tenantId: user?.tenantId ?? null,
    id: quoted.fromUserId,
    displayName: user?.displayName ?? null,
  };
  const content = {
    messageId: id,
    messagePreview: plainText(quoted).slice(0, PREVIEW),
    messageSender: { application: null, device: null, user: quoted.fromUserId === null ? null : sender },
  };
  return {
    id,
    contentType: 'messageReference',
    contentUrl: null,
    content: JSON.stringify(content),
    name: null,
    thumbnailUrl: null,
    teamsAppId: null,
  };
}
