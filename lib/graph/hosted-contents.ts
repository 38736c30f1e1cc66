import type { HostedContent } from '../model/hosted-content.ts';
import type { CallInit, Graph } from './client.ts';
import { segment } from './pages.ts';

/**
 * The bytes of a picture that lies with a message, at most `most` of them.
 * Docs: api/chatmessagehostedcontent-get.
 */
export function hostedContent(
  graph: Graph,
  { chatId, teamId, messageId, replyId, contentId }: HostedContent,
  most: number,
  init: CallInit = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const place = teamId ? `/teams/${segment(teamId)}/channels/${segment(chatId)}` : `/chats/${segment(chatId)}`;
  const reply = replyId ? `/replies/${segment(replyId)}` : '';
  const path = `${place}/messages/${segment(messageId)}${reply}/hostedContents/${segment(contentId)}/$value`;
  return graph.bytes(path, most, init);
}
