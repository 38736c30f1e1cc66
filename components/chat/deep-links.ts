import type { ChatId, MessageId } from '../../lib/model/ids.ts';
import { safeUrl } from '../ui/safe-url.ts';

/**
 * Addresses that open a chat or one of its messages in Teams.
 * @see https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
export function messageLink(chatId: ChatId, messageId: MessageId): string {
  const context = encodeURIComponent('{"contextType":"chat"}');
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(chatId)}/${encodeURIComponent(messageId)}?context=${context}`;
}

/** Graph's own link where it gave one that a browser may follow, else the one made from the id. */
export function chatLink(chatId: ChatId, webUrl: string | null): string {
  const given = safeUrl(webUrl);
  if (given?.startsWith('https:')) return given;
  return `https://teams.microsoft.com/l/chat/${encodeURIComponent(chatId)}/conversations`;
}
