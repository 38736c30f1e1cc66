import { randomUUID } from 'node:crypto';

/** A subscription to the messages of a chat or a channel; its Graph shape is made in ../graph. Times in ms since 1970. */
export interface SubscriptionRecord {
  id: string;
  /** As the app wrote it. */
  resource: string;
  /** The chat's or channel's id, and the team's where it is a channel. */
  threadId: string;
  teamId: string | null;
  tenantId: string;
  /** Who made it: it sees what they see. */
  creatorId: string;
  changeTypes: ChangeType[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: number;
  /** Till when the token that made or renewed it is good; past that nothing is delivered. */
  authorizedUntil: number;
  /** It was challenged (`reauthorizationRequired`) and has not answered. */
  challenged: boolean;
  /** What each message was when it was last looked at: `lastModifiedDateTime` by id. */
  known: Map<string, number>;
}

export type ChangeType = 'created' | 'updated' | 'deleted';
export const CHANGE_TYPES: readonly ChangeType[] = ['created', 'updated', 'deleted'];

/** All subscriptions, without rules: those are Graph's (../graph). */
export class Subscriptions {
  #byId = new Map<string, SubscriptionRecord>();

  reset(): void {
    this.#byId.clear();
  }

  add(subscription: Omit<SubscriptionRecord, 'id'>): SubscriptionRecord {
    const made = { ...subscription, id: randomUUID() };
    this.#byId.set(made.id, made);
    return made;
  }

  /** Those that have not run out; the others are forgotten, as Graph does, without a word to anybody. */
  live(now: number): SubscriptionRecord[] {
    for (const one of [...this.#byId.values()]) if (one.expiresAt <= now) this.#byId.delete(one.id);
    return [...this.#byId.values()];
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }
}
