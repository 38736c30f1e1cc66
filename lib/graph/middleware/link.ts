import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import type { Limit } from '../limits.ts';

/** One handler of the Graph client's chain: telemetry → retry → authenticate → send. */
export abstract class Link implements Middleware {
  protected next!: Middleware;
  setNext(next: Middleware): void {
    this.next = next;
  }
  abstract execute(context: Context): Promise<void>;
}

/** What our handlers must know of a call; travels through the client's own middleware control. */
export class CallOptions {
  /** May be repeated without harm: a GET, a $batch of GETs, marking a chat as read. */
  readonly safe: boolean;
  readonly limits: Limit[];
  /** Spread a little, where it waits for the same second as many others. */
  readonly jitter: boolean;
  constructor(safe: boolean, limits: Limit[], jitter = true) {
    this.safe = safe;
    this.limits = limits;
    this.jitter = safe && jitter;
  }
}

export function optionsOf(context: Context): CallOptions {
  const found = context.middlewareControl?.getMiddlewareOptions(CallOptions) as CallOptions | undefined;
  return found ?? new CallOptions(context.options?.method === 'GET', []);
}

/** Lets go of an answer nobody will read, so that its connection is free. Not waited for. */
export function drop(response: Response): void {
  response.body?.cancel().catch(() => {});
}

/** A request that got no answer at all. */
export class NoAnswer extends Error {}

/** Outermost: the Graph client rewrites every error but its own kind, so ours travel inside one. */
export class Carrier extends Link {
  async execute(context: Context): Promise<void> {
    try {
      await this.next.execute(context);
    } catch (e) {
      // No subclass: the client's error sets its own prototype.
      throw Object.assign(new GraphClientError(CARRIED), { customError: e });
    }
  }
}

const CARRIED = 'carried';

/** What was thrown inside the chain. */
export function uncarried(caught: unknown): unknown {
  return caught instanceof GraphClientError && caught.message === CARRIED ? caught.customError : caught;
}
