import { CLOUDS, type CloudName } from './clouds.ts';

/**
 * `base` is asked for at sign-in; `reading` where history is first wanted, since many tenants leave it to an admin;
 * `members` where somebody is to be taken out of a chat, which every tenant leaves to an admin; `presence` where a person
 * switches it on; `channels` where they first look for a channel to post to, and `channel-reading`, which every tenant
 * leaves to an admin, where they want to read there; `files` where they first send a file; `calendar` where they first want
 * a meeting, and `online-meetings` where their calendar is closed to us.
 */
export type Tier =
  | 'base'
  | 'reading'
  | 'members'
  | 'presence'
  | 'channels'
  | 'channel-reading'
  | 'files'
  | 'calendar'
  | 'online-meetings';

/** What a person can consent to under Microsoft's default consent policy. */
export const BASE: readonly string[] = [
  'User.Read',
  'User.ReadBasic.All',
  'Chat.ReadBasic',
  'Chat.Create',
  'ChatMessage.Send',
];

/** What that policy leaves to an administrator. */
export const READING: readonly string[] = ['Chat.ReadWrite'];

/** What taking people out of a chat, oneself included, needs besides. Source: Graph API, "Remove member from chat". */
export const MEMBERS: readonly string[] = ['ChatMember.ReadWrite'];

/** What shows whether others can be reached. A person can consent to it under that policy, and nothing else needs it. */
export const PRESENCE: readonly string[] = ['Presence.Read.All'];

/** What finding a channel and posting to it needs. A person can consent to these under that policy. */
export const CHANNELS: readonly string[] = ['Team.ReadBasic.All', 'Channel.ReadBasic.All', 'ChannelMessage.Send'];

/** What reading what others write in channels needs besides. Source: Graph API, "List channel messages". */
export const CHANNEL_READING: readonly string[] = ['ChannelMessage.Read.All'];

/** What putting a file into one's own OneDrive and sharing it with a chat's people needs. A person can consent to it. */
export const FILES: readonly string[] = ['Files.ReadWrite'];

/** What puts a meeting into one's calendar, and shows when others are free. Microsoft's policy leaves it to an administrator. */
export const CALENDAR: readonly string[] = ['Calendars.ReadWrite'];

/** What makes a meeting that stands in no calendar, and finds a meeting's chat. The policy leaves it to an administrator. */
export const ONLINE_MEETINGS: readonly string[] = ['OnlineMeetings.ReadWrite'];

/** Scopes of a tier by their short names. */
export function scopesOf(tier: Tier): string[] {
  return [...BASE, ...BESIDES[tier]];
}

const BESIDES: Record<Tier, readonly string[]> = {
  base: [],
  reading: READING,
  members: [...READING, ...MEMBERS],
  presence: PRESENCE,
  channels: CHANNELS,
  'channel-reading': [...CHANNELS, ...CHANNEL_READING],
  files: FILES,
  calendar: CALENDAR,
  'online-meetings': ONLINE_MEETINGS,
};

/**
 * Scopes of a tier as Entra wants them: short names mean Graph of the global cloud, elsewhere the resource must be
 * spelled out.
 */
export function requestScopes(tier: Tier, cloud: CloudName): string[] {
  const names = scopesOf(tier);
  return cloud === 'global' ? names : names.map((name) => `${CLOUDS[cloud].graph}/${name}`);
}

/** `https://graph.microsoft.com/Chat.ReadBasic` → `Chat.ReadBasic`; short names stay. */
export function shortScope(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** Scopes that the token answers name and Graph does not know. */
const OPEN_ID = new Set(['openid', 'profile', 'email', 'offline_access', '.default']);

/** The Graph scopes in a token answer, by short names. */
export function grantedScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes.map(shortScope).filter((name) => name && !OPEN_ID.has(name)))];
}

/** Whether the scopes granted cover a tier. */
export function covers(granted: ReadonlySet<string>, tier: Tier): boolean {
  const folded = new Set([...granted].map((name) => name.toLowerCase()));
  return scopesOf(tier).every((name) => folded.has(name.toLowerCase()));
}

/** Whether whoever asks for the wider tier asks for this one too. */
export function isWithin(tier: Tier, wider: Tier): boolean {
  const asked = new Set(scopesOf(wider));
  return scopesOf(tier).every((name) => asked.has(name));
}
