import type { UserId } from '../../lib/model/ids.ts';

/** A person's photo as a data: URL where it is known by now, else null; asking for one may fetch it for the next time. */
export type PhotoOf = (userId: UserId | null) => string | null;
