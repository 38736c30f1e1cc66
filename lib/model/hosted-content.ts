import { asChatId, asMessageId, type ChatId, type MessageId } from './ids.ts';

/** A picture, or a snippet of code, that lies with a message at Microsoft, by the ids in its address. */
export interface HostedContent {
  /** The chat, or with `teamId` the channel. */
  chatId: ChatId;
  teamId: string | null;
  messageId: MessageId;
  /** In a channel: which answer to that message. */
  replyId: MessageId | null;
  contentId: string;
}

/**
 * What an address in a message names, or null where it is no content of Graph's own: any other address would tell its
 * owner who reads. `home` is the message that it stands in, for addresses relative to that.
 * Docs: api/chatmessagehostedcontent-get.
 */
export function hostedContentOf(
  address: string,
  home: Pick<HostedContent, 'chatId' | 'messageId'>,
): HostedContent | null {
  const relative = /^\.\.\/hostedContents\/([^/?#]+)\/\$value$/.exec(address);
  if (relative) return made({ ...home, teamId: null, replyId: null, contentId: relative[1]! });
  const url = parsedUrl(address);
  if (url?.protocol !== 'https:' || url.port || !GRAPHS.has(url.hostname)) return null;
  const found = CHAT.exec(url.pathname)?.groups ?? CHANNEL.exec(url.pathname)?.groups;
  if (!found) return null;
  return made({
    chatId: asChatId(found.chat!),
    teamId: found.team ?? null,
    messageId: asMessageId(found.message!),
    replyId: found.reply === undefined ? null : asMessageId(found.reply),
    contentId: found.content!,
  });
}

/** Whether its parts are such as Graph gives them: what else stands in an address must not lead elsewhere. */
export function isSound({ chatId, teamId, messageId, replyId, contentId }: HostedContent): boolean {
  return (
    /^19:[\w.@:-]+$/.test(chatId) &&
    (teamId === null || /^[\w-]+$/.test(teamId)) &&
    [messageId, replyId ?? messageId].every((id) => /^\d{1,20}$/.test(id)) &&
    /^[\w=+/-]{1,4000}$/.test(contentId)
  );
}

/** Graph in each of Microsoft's clouds. */
const GRAPHS = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
]);
const MESSAGE = '/messages/(?<message>[^/]+)';
const CONTENT = '/hostedContents/(?<content>[^/]+)/\\$value$';
const CHAT = new RegExp(`^/(?:v1\\.0|beta)(?:/me|/users/[^/]+)?/chats/(?<chat>[^/]+)${MESSAGE}${CONTENT}`, 'i');
const CHANNEL = new RegExp(
  `^/(?:v1\\.0|beta)/teams/(?<team>[^/]+)/channels/(?<chat>[^/]+)${MESSAGE}(?:/replies/(?<reply>[^/]+))?${CONTENT}`,
  'i',
);

function made(parts: HostedContent): HostedContent | null {
  try {
    const decoded = {
      chatId: asChatId(decodeURIComponent(parts.chatId)),
      teamId: parts.teamId && decodeURIComponent(parts.teamId),
      messageId: parts.messageId,
      replyId: parts.replyId,
      contentId: decodeURIComponent(parts.contentId),
    };
    return isSound(decoded) ? decoded : null;
  } catch {
    return null;
  }
}

function parsedUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
