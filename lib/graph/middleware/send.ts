import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { NoAnswer } from './link.ts';

/** A worker may be ended when a fetch takes 30 s; before that we say ourselves that nobody answered. */
const PATIENCE = 25_000;

/**
 * Innermost: fetch. Redirects (photos have them) are followed by the browser, which drops the token across origins; the
 * client's RedirectHandler asks for manual ones, which a browser does not let a script see.
 */
export class Send implements Middleware {
  readonly #fetch: typeof fetch;
  constructor(fetchFn: typeof fetch) {
    this.#fetch = fetchFn;
  }

  async execute(context: Context): Promise<void> {
    const options = (context.options ?? {}) as RequestInit;
    const patience = AbortSignal.timeout(PATIENCE);
    const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
    try {
      const send = this.#fetch;
      // no-store: what Graph answers belongs to our store alone, which sign-out empties and private windows do without.
      const ours: RequestInit = { signal, credentials: 'omit', cache: 'no-store' };
      context.response = await send(String(context.request), { ...options, ...ours });
    } catch (cause) {
      options.signal?.throwIfAborted();
      throw new NoAnswer('no answer', { cause });
    }
  }
}
