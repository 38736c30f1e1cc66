import type { Channel } from '../../lib/model/channel.ts';
import type { ChatId, MessageId } from '../../lib/model/ids.ts';
import {
  callUrl,
  channelUrl,
  chatUrl,
  messageUrl,
  newChatUrl,
  postUrl,
  type TeamsCloud,
} from '../../lib/model/teams-links.ts';
import { safeUrl } from '../ui/safe-url.ts';

/** One page speaks with one registration, and so with one cloud; until the worker has told, the usual one. */
let cloud: TeamsCloud = 'global';

export function setTeamsCloud(next: TeamsCloud): void {
  cloud = next;
}

export function messageLink(chatId: ChatId, messageId: MessageId): string {
  return messageUrl(cloud, chatId, messageId);
}

/** Graph's own link where it gave one that a browser may follow, else the one made from the id. */
export function chatLink(chatId: ChatId, webUrl: string | null): string {
  const given = safeUrl(webUrl);
  return given?.startsWith('https:') ? given : chatUrl(cloud, chatId);
}

/** A chat with these people (sign-in names), with words that stand there ready to be sent. */
export function newChatLink(users: readonly string[], message?: string): string {
  return newChatUrl(cloud, users, message);
}

export function callLink(users: readonly string[]): string {
  return callUrl(cloud, users);
}

/** @param tenant directory id of the organisation it belongs to */
export function channelLink(channel: Channel, tenant: string): string {
  return channelUrl(cloud, channel, tenant);
}

/** A message of a channel in its thread. @param tenant directory id, where it is known */
export function postLink(
  channel: Pick<Channel, 'teamId' | 'id'>,
  message: { id: MessageId; thread: MessageId },
  tenant = '',
): string {
  return postUrl(cloud, channel, message, tenant);
}
