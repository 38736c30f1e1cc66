import { createContext } from 'preact';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { Presence } from '../../lib/model/presence.ts';
import type { PresenceView } from '../../lib/rpc/contract.ts';

/** What is known of whether people can be reached. A context, since faces are drawn in all corners of the panel. */
export interface Faces {
  /** Null where nothing is known, or not yet; asking for somebody may fetch it for the next time. */
  presenceOf(userId: UserId | null): Presence | null;
  /** Null before the worker has said. */
  state: PresenceView['state'] | null;
  problem: AppError | null;
  /** Switch it on; Microsoft may ask for consent. */
  onShow(): Promise<Result<void>>;
}

export const FacesContext = createContext<Faces>({
  presenceOf: () => null,
  state: null,
  problem: null,
  onShow: async () => ({ ok: true, value: undefined }),
});
