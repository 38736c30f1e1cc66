import type { Channel } from './channel.ts';
import { asChatId, type ChatId, type MessageId } from './ids.ts';

/** Microsoft's national clouds, each with a Teams of its own. */
export type TeamsCloud = 'global' | 'gcc-high' | 'dod' | 'china';

/**
 * Where links into Teams lead, by cloud. GCC uses the global one.
 * Source: Microsoft 365 "URLs and IP address ranges" of each cloud.
 */
const HOSTS: Record<TeamsCloud, string> = {
  global: 'teams.microsoft.com',
  'gcc-high': 'gov.teams.microsoft.us',
  dod: 'dod.teams.microsoft.us',
  china: 'teams.microsoftonline.cn',
};

/** More people than this no call in a chat takes. Source: "Limits and specifications for Microsoft Teams", Chat. */
export const MOST_IN_CALL = 20;

/** Opens a chat by its id. Source for all of these: Teams platform, "Deep link to Teams chat" and "to a workflow". */
export function chatUrl(cloud: TeamsCloud, chatId: ChatId): string {
  return `https://${HOSTS[cloud]}/l/chat/${encodeURIComponent(chatId)}/conversations`;
}

export function messageUrl(cloud: TeamsCloud, chatId: ChatId, messageId: MessageId): string {
  const context = encodeURIComponent('{"contextType":"chat"}');
  return `https://${HOSTS[cloud]}/l/message/${encodeURIComponent(chatId)}/${encodeURIComponent(messageId)}?context=${context}`;
}

/**
 * The chat with these people, the one that exists where there is one; `message` stands in it ready to be sent, and is
 * sent by nobody but the person.
 * @param users sign-in names (UPN).
 */
export function newChatUrl(cloud: TeamsCloud, users: readonly string[], message?: string): string {
  const text = message ? `&message=${encodeURIComponent(message)}` : '';
  return `https://${HOSTS[cloud]}/l/chat/0/0?users=${listed(users)}${text}`;
}

/** Calls these people, after Teams has asked. @param users sign-in names (UPN). */
export function callUrl(cloud: TeamsCloud, users: readonly string[]): string {
  return `https://${HOSTS[cloud]}/l/call/0/0?users=${listed(users)}`;
}

/**
 * Teams' own form for a new meeting, filled in; the person sends it there. Whole days it does not know.
 * @param meeting `startsAt`, `endsAt`: milliseconds since 1970; `content`: plain text, kept short, as it is part of the address.
 */
export function newMeetingUrl(
  cloud: TeamsCloud,
  meeting: { subject: string; attendees: readonly string[]; startsAt: number; endsAt: number; content: string },
): string {
  const { subject, attendees, startsAt, endsAt, content } = meeting;
  const at = (ms: number) => encodeURIComponent(new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00'));
  const who = attendees.length ? `&attendees=${listed(attendees)}` : '';
  const what = `subject=${encodeURIComponent(subject)}${who}&startTime=${at(startsAt)}&endTime=${at(endsAt)}`;
  return `https://${HOSTS[cloud]}/l/meeting/new?${what}${content ? `&content=${encodeURIComponent(content)}` : ''}`;
}

/** Opens a channel. @param tenant directory id of the organisation that it belongs to. */
export function channelUrl(cloud: TeamsCloud, { teamId, id, name }: Channel, tenant: string): string {
  const where = `groupId=${encodeURIComponent(teamId)}&tenantId=${encodeURIComponent(tenant)}`;
  return `https://${HOSTS[cloud]}/l/channel/${encodeURIComponent(id)}/${encodeURIComponent(name)}?${where}`;
}

/** A message of a channel in its thread. A message's id is the time it was written. */
export function postUrl(
  cloud: TeamsCloud,
  { teamId, id }: Pick<Channel, 'teamId' | 'id'>,
  message: { id: MessageId; thread: MessageId },
  tenant: string,
): string {
  const query = new URLSearchParams({
    groupId: teamId,
    ...(tenant ? { tenantId: tenant } : {}),
    createdTime: message.id,
    parentMessageId: message.thread,
  });
  return `https://${HOSTS[cloud]}/l/message/${encodeURIComponent(id)}/${encodeURIComponent(message.id)}?${query}`;
}

/** The channel that a link out of Teams leads to ("Get link to channel", or the link of a message there); else null. */
export function channelOfUrl(text: string): Pick<Channel, 'teamId' | 'id'> | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const id = /^\/l\/(?:channel|message)\/([^/]+)/.exec(url.pathname)?.[1];
  const teamId = url.searchParams.get('groupId') ?? '';
  if (url.protocol !== 'https:' || !TEAMS_HOSTS.has(url.hostname) || !id || !GUID.test(teamId)) return null;
  try {
    const channel = decodeURIComponent(id);
    return CHANNEL_ID.test(channel) ? { teamId: teamId.toLowerCase(), id: asChatId(channel) } : null;
  } catch {
    return null;
  }
}

/** Besides those that we make: where Teams in the browser moves to. */
const TEAMS_HOSTS = new Set([...Object.values(HOSTS), 'teams.cloud.microsoft']);
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CHANNEL_ID = /^19:[^\s/?#]{1,200}@thread\.[a-z0-9]{1,20}$/i;

function listed(users: readonly string[]): string {
  return users.map(encodeURIComponent).join(',');
}
