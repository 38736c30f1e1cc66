import { createHash } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { ChannelRecord, TeamRecord } from './channel-records.ts';
import { stableGuid } from './people.ts';
import { seedTeams } from './team-seed.ts';

/** What a channel is made of; General is there by itself. */
export interface NewChannel {
  displayName: string;
  description?: string | null;
  membershipType?: ChannelRecord['membershipType'];
  isArchived?: boolean;
  /** User ids; for private and shared channels alone. */
  memberIds?: string[];
}

/** All teams of the stand-in, with their channels. Who may do what is Graph's matter (../graph). */
export class Teams {
  readonly #clock: Clock;
  #byId = new Map<string, TeamRecord>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.reset();
  }

  reset(): void {
    this.#byId.clear();
    seedTeams(this);
  }

  get(id: string): TeamRecord | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  all(): TeamRecord[] {
    return [...this.#byId.values()];
  }

  /** Names are unique here, so that ids are the same on every start. */
  create(team: Omit<TeamRecord, 'id' | 'channels' | 'createdAt'> & { createdAt?: number }): TeamRecord {
    const id = stableGuid(`team ${team.displayName} of ${team.tenantId}`);
    if (this.#byId.has(id)) throw new Error(`The sandbox has a team ${team.displayName} already.`);
    const made: TeamRecord = { createdAt: this.#clock.now(), ...team, id, channels: [] };
    this.#byId.set(id, made);
    this.addChannel(made, { displayName: 'General', description: team.description });
    return made;
  }

  addChannel(team: TeamRecord, channel: NewChannel): ChannelRecord {
    if (team.channels.some((other) => other.displayName === channel.displayName))
      throw new Error(`The team ${team.displayName} has a channel ${channel.displayName} already.`);
    const membershipType = channel.membershipType ?? 'standard';
    const made: ChannelRecord = {
      id: channelId(`${team.id} ${channel.displayName}`),
      teamId: team.id,
      displayName: channel.displayName,
      description: channel.description ?? null,
      membershipType,
      isArchived: channel.isArchived ?? false,
      createdAt: team.createdAt,
      memberIds: membershipType === 'standard' ? null : (channel.memberIds ?? []),
      messages: [],
      readUpTo: new Map(),
      hiddenFor: new Set(),
    };
    team.channels.push(made);
    return made;
  }
}

/** A private channel is its members' alone; a shared one also of people from outside the team. */
export function sees(team: TeamRecord, channel: ChannelRecord, userId: string): boolean {
  return (channel.memberIds ?? team.memberIds).includes(userId);
}

const channelId = (text: string) => `19:${createHash('sha256').update(text).digest('hex').slice(0, 32)}@thread.tacv2`;
