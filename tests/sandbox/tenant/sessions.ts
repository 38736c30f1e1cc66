import { randomUUID } from 'node:crypto';

/** One browser's sign-in session at login.microsoftonline.com: the people signed in there, newest last. */
export interface Session {
  id: string;
  userIds: string[];
}

/** Single sign-on: sessions live in the tenant's state so that a reset ends them all. */
export class Sessions {
  #byId = new Map<string, Session>();

  reset(): void {
    this.#byId.clear();
  }

  find(id: string | undefined): Session | undefined {
    return id ? this.#byId.get(id) : undefined;
  }

  /** Notes that somebody signed in; makes the session where there is none. */
  signIn(session: Session | undefined, userId: string): Session {
    const kept = session ?? { id: randomUUID(), userIds: [] };
    kept.userIds = [...kept.userIds.filter((id) => id !== userId), userId];
    this.#byId.set(kept.id, kept);
    return kept;
  }

  /** Signs out one person, or everybody in this browser. */
  signOut(session: Session | undefined, userId?: string): void {
    if (!session) return;
    session.userIds = userId ? session.userIds.filter((id) => id !== userId) : [];
    if (session.userIds.length === 0) this.#byId.delete(session.id);
  }

  endAllOf(userId: string): void {
    for (const session of [...this.#byId.values()]) this.signOut(session, userId);
  }
}
