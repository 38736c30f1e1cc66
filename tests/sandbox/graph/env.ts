import type { Context } from 'hono';
import type { Clock } from '../shell.ts';
import type { DirectoryUser } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Push } from './push.ts';

/** What every call knows once its token was believed. */
export interface GraphEnv {
  Variables: {
    caller?: string;
    me: DirectoryUser;
    /** The token's `scp`. */
    scopes: ReadonlySet<string>;
    /** When the token ends, in ms since 1970. */
    tokenUntil: number;
  };
}

export type GraphContext = Context<GraphEnv>;

export interface Deps {
  tenant: Tenant;
  clock: Clock;
  /** Notifications of changes. */
  push: Push;
  /** Takes the parts of a $batch back to the front door, where they are recorded and disturbed like any call. */
  dispatch(request: Request): Response | Promise<Response>;
}

/** Where the client finds this service. */
export const GRAPH = 'https://graph.microsoft.com/v1.0';
