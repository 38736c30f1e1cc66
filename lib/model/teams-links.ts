import type { ChatId, MessageId } from './ids.ts';

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

function listed(users: readonly string[]): string {
  return users.map(encodeURIComponent).join(',');
}
