import { stableGuid, TENANT_DOMAIN } from './people.ts';

/** What Teams shows of somebody (resources/presence.md). */
export interface Presence {
  /** Available, AvailableIdle, Away, BeRightBack, Busy, BusyIdle, DoNotDisturb, Offline, PresenceUnknown. */
  availability: string;
  /** The same, or more exactly InACall, InAConferenceCall, Inactive, InAMeeting, OffWork, OutOfOffice, Presenting, … */
  activity: string;
  /** The message of somebody who is out of office; without it they are not. */
  outOfOffice?: string;
}

const OFFLINE: Presence = { availability: 'Offline', activity: 'Offline' };

/** As the day begins; everybody else is offline. */
const MORNING: [alias: string, presence: Presence][] = [
  ['alice', { availability: 'Available', activity: 'Available' }],
  ['bob', { availability: 'Busy', activity: 'InACall' }],
  ['carol', { availability: 'Away', activity: 'Away' }],
  ['admin', { availability: 'DoNotDisturb', activity: 'Presenting' }],
  ['dana.diaz', { availability: 'Offline', activity: 'OutOfOffice', outOfOffice: 'Back on Monday' }],
  ['limited', { availability: 'BeRightBack', activity: 'BeRightBack' }],
];

/** Who is there, by object id. */
export class Presences {
  #byId = new Map<string, Presence>();

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#byId = new Map(MORNING.map(([alias, presence]) => [stableGuid(`${alias}@${TENANT_DOMAIN}`), presence]));
  }

  of(userId: string): Presence {
    return this.#byId.get(userId) ?? OFFLINE;
  }

  set(userId: string, presence: Presence): void {
    this.#byId.set(userId, presence);
  }
}
