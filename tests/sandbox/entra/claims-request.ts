import { AadstsError } from './aadsts.ts';

export interface ClaimsRequest {
  /** The app declared `xms_cc: cp1`: it can answer a claims challenge. */
  answersChallenges: boolean;
  /** The challenge's `nbf` that this request answers, seconds; 0 where it answers none. */
  answered: number;
}

/** The `claims` parameter: JSON with the client's capabilities and, after a challenge, what Graph's 401 asked for. */
export function parseClaims(text: string | null | undefined): ClaimsRequest {
  if (!text) return { answersChallenges: false, answered: 0 };
  const wanted = accessTokenClaims(text);
  const capabilities = member(member(wanted, 'xms_cc'), 'values');
  const nbf = Number(member(member(wanted, 'nbf'), 'value') ?? 0);
  return {
    answersChallenges: Array.isArray(capabilities) && capabilities.some((v) => String(v).toLowerCase() === 'cp1'),
    answered: Number.isFinite(nbf) ? nbf : 0,
  };
}

function accessTokenClaims(text: string): unknown {
  try {
    return member(JSON.parse(text), 'access_token');
  } catch {
    throw new AadstsError(901002);
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
