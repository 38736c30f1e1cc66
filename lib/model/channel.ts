import type { ChatId } from './ids.ts';

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
