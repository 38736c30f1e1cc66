import { randomUUID } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { Platform } from './registration.ts';

/** What an authorization code or a refresh token stands for. */
export interface Grant {
  userId: string;
  tenantId: string;
  clientId: string;
  redirectUri: string;
  platform: Platform;
  /** As the app asked, in its order and spelling. */
  scopes: string[];
  nonce: string | null;
  /** The app said that it can answer claims challenges (`xms_cc: cp1`). */
  answersChallenges: boolean;
  /** `nbf` of the challenge that this sign-in answered; 0 where there was none. Seconds. */
  answered: number;
}

export interface Code extends Grant {
  codeChallenge: string | null;
  expiresAt: number;
  redeemed: boolean;
}

export interface RefreshToken extends Grant {
  issuedAt: number;
  /** Fixed at the first sign-in for single-page apps: a renewed token inherits it. Milliseconds. */
  expiresAt: number;
  revokedAt: number | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const SPA_REFRESH_LIFETIME = DAY;
const PUBLIC_REFRESH_LIFETIME = 90 * DAY;
const CODE_LIFETIME = 10 * MINUTE;

/** Codes and refresh tokens given out and not yet forgotten. */
export class Grants {
  readonly #clock: Clock;
  #codes = new Map<string, Code>();
  #refreshTokens = new Map<string, RefreshToken>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#codes.clear();
    this.#refreshTokens.clear();
  }

  issueCode(grant: Grant, codeChallenge: string | null): string {
    const code = `1.${randomUUID()}${randomUUID()}`.replaceAll('-', '');
    this.#codes.set(code, { ...grant, codeChallenge, expiresAt: this.#clock.now() + CODE_LIFETIME, redeemed: false });
    return code;
  }

  findCode(code: string): Code | undefined {
    return this.#codes.get(code);
  }

  /** @param renews the token that is being renewed; a single-page app's keeps that one's end. */
  issueRefreshToken(grant: Grant, renews?: RefreshToken): string {
    const token = `1.A${randomUUID()}${randomUUID()}${randomUUID()}`.replaceAll('-', '');
    const now = this.#clock.now();
    const spa = grant.platform === 'spa';
    const expiresAt = spa ? (renews?.expiresAt ?? now + SPA_REFRESH_LIFETIME) : now + PUBLIC_REFRESH_LIFETIME;
    this.#refreshTokens.set(token, { ...grant, issuedAt: renews?.issuedAt ?? now, expiresAt, revokedAt: null });
    return token;
  }

  findRefreshToken(token: string): RefreshToken | undefined {
    return this.#refreshTokens.get(token);
  }

  /** What an administrator's "revoke sessions", or a changed password, does to one person's refresh tokens. */
  revokeAllOf(userId: string): void {
    for (const token of this.#refreshTokens.values())
      if (token.userId === userId) token.revokedAt ??= this.#clock.now();
  }
}
