import type { AppError, Result } from '../../model/errors.ts';
import type { Origin } from '../../model/ids.ts';

/** options → worker: a site that rings when Microsoft tells it of new messages. */
export interface PushProtocol {
  /** How the site's bell stands; asks the site, and its script from outside. */
  'push.view'(data: { origin: Origin }): Result<PushView>;
  /** An administrator writes the script and the document on the site. Done again it makes nothing twice. */
  'push.setUp'(data: { origin: Origin }): Result<PushView>;
  /** Both are removed, and this account's subscriptions ended. */
  'push.undo'(data: { origin: Origin }): Result<PushView>;
}

export interface PushView {
  /** There is a bell on the site. */
  on: boolean;
  /** May write it (Server Scripts take a System Manager). */
  admin: boolean;
  checks: PushCheck[];
}

/** One thing that has to hold, in the order in which they are looked at; what an earlier failure hides is `open`. */
export interface PushCheck {
  what: 'address' | 'script' | 'microsoft' | 'socket';
  state: 'good' | 'bad' | 'open';
  /** Why it is bad, and what mends it. */
  problem: AppError | null;
}
