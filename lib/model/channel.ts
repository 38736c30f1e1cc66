import type { ChatId, MessageId, RecordKey } from './ids.ts';

/** A channel of one of the person's teams. */
export interface Channel {
  teamId: string;
  /** The team's name. */
  team: string;
  id: ChatId;
  name: string;
  /** A private channel is its members' alone, a shared one also of people outside the team. */
  kind: 'standard' | 'private' | 'shared';
}

/** The channel's name for people, with its team's: "General" alone says little. */
export function channelName({ team, name }: Pick<Channel, 'team' | 'name'>): string {
  return team ? `${team} › ${name}` : name;
}

/** What is being written for a channel, kept like a record's draft: to begin a thread, its subject, or an answer in one. */
export function channelDraft(record: RecordKey, channelId: ChatId, what: MessageId | 'new' | 'subject'): RecordKey {
  return JSON.stringify([...(JSON.parse(record) as string[]), channelId, what]) as RecordKey;
}
