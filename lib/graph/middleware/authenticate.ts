import type { Context } from '@microsoft/microsoft-graph-client';
import { drop, Link } from './link.ts';

export type GetToken = (options?: { claims?: string; forceRefresh?: boolean }) => Promise<string>;

/**
 * Puts the token on, for Graph's own origin alone, and answers a claims challenge (Continuous Access Evaluation): 401
 * with `claims` gets a new token that satisfies them, a bare 401 one fresh token; the call is repeated once, which is
 * safe for a write as well, since 401 means that nothing was done.
 * Source: Microsoft identity platform, "Claims challenges, claims requests and client capabilities".
 */
export class Authenticate extends Link {
  readonly #token: GetToken;
  readonly #origin: string;
  /** Under way: the token that was refused without a reason, and the one that will take its place. */
  #renewal: { refused: string; fresh: Promise<string> } | null = null;
  constructor(token: GetToken, base: string) {
    super();
    this.#token = token;
    this.#origin = new URL(base).origin;
  }

  async execute(context: Context): Promise<void> {
    if (new URL(String(context.request)).origin !== this.#origin) throw new Error('not an address of Graph');
    const token = await this.#token();
    authorize(context, token);
    await this.next.execute(context);
    const response = context.response as Response;
    if (response.status !== 401) return;
    const claims = claimsOf(response.headers.get('WWW-Authenticate'));
    drop(response);
    authorize(context, await (claims ? this.#token({ claims }) : this.#renew(token)));
    await this.next.execute(context);
  }

  /** Several calls meet the same refusal, at once or one after the other: the token is renewed once for all of them. */
  #renew(refused: string): Promise<string> {
    if (this.#renewal?.refused === refused) return this.#renewal.fresh;
    const fresh = this.#token()
      .then((now) => (now === refused ? this.#token({ forceRefresh: true }) : now))
      .finally(() => {
        this.#renewal = null;
      });
    this.#renewal = { refused, fresh };
    return fresh;
  }
}

/** The `claims` of a challenge, decoded from base64 (Graph's way), or null where there is none. */
export function claimsOf(header: string | null): string | null {
  const found = /\bclaims="([^"]+)"/.exec(header ?? '')?.[1];
  if (!found) return null;
  try {
    const text = atob(found.replace(/-/g, '+').replace(/_/g, '/'));
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
}

function authorize(context: Context, token: string): void {
  const headers = context.options?.headers as Record<string, string> | undefined;
  context.options = { ...context.options, headers: { ...headers, Authorization: `Bearer ${token}` } };
}
