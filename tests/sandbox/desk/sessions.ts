import { randomBytes } from 'node:crypto';

export interface Session {
  sid: string;
  email: string;
  /** Printed into the Desk page and asked for by every write; the same for the session's whole life. */
  csrfToken: string;
  /** Milliseconds on the sandbox's clock. */
  lastSeen: number;
}

/**
 * Logins of all three flavours. Browsers do not separate cookies by port, so three sites on 127.0.0.1 share one `sid`:
 * a login at one is made a login at all, else each would throw the others out.
 */
export interface Sessions {
  open(email: string, now: number): Session;
  /** The live session of a `sid`, or undefined for an unknown or outlived one. @param maxAge seconds since it was last seen */
  find(sid: string, now: number, maxAge: number): Session | undefined;
  /** Ends one session, or all of a person: what an administrator's "log out everywhere" does. */
  close(sidOrEmail: string): void;
  clear(): void;
}

export function createSessions(): Sessions {
  const live = new Map<string, Session>();
  return {
    open(email, now) {
      const session = {
        sid: randomBytes(28).toString('hex'),
        email,
        csrfToken: randomBytes(28).toString('hex'),
        lastSeen: now,
      };
      live.set(session.sid, session);
      return session;
    },
    find(sid, now, maxAge) {
      const session = live.get(sid);
      if (!session) return undefined;
      if (now - session.lastSeen > maxAge * 1000) {
        live.delete(sid);
        return undefined;
      }
      session.lastSeen = now;
      return session;
    },
    close(sidOrEmail) {
      for (const [sid, session] of live) if (sid === sidOrEmail || session.email === sidOrEmail) live.delete(sid);
    },
    clear() {
      live.clear();
    },
  };
}
