import type { Platform } from '../tenant/registration.ts';
import { CLIENT_ID, knownScope, OIDC_SCOPES } from '../tenant/registration.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { AadstsError } from './aadsts.ts';
import { type ClaimsRequest, parseClaims } from './claims-request.ts';

export type ResponseMode = 'fragment' | 'query' | 'form_post';

/** Where an answer, good or bad, may be sent: known as soon as client and redirect URI are believed. */
export interface ReturnAddress {
  redirectUri: string;
  responseMode: ResponseMode;
  state: string | null;
}

/** A GET /authorize that is in order. */
export interface AuthorizeRequest extends ReturnAddress, ClaimsRequest {
  /** `organizations`, `common`, or a tenant's id. */
  authority: string;
  clientId: string;
  platform: Platform;
  /** As asked for; `graphScopes` are those of them that are Graph's, as Graph spells them. */
  scopes: string[];
  graphScopes: string[];
  codeChallenge: string | null;
  nonce: string | null;
  prompt: string | null;
  loginHint: string | null;
  domainHint: string | null;
}

/**
 * The app and where to answer it. Errors here are shown to the person and never sent to the address, since nobody
 * vouches for it.
 */
export function parseReturnAddress(tenant: Tenant, query: URLSearchParams): ReturnAddress {
  const clientId = query.get('client_id');
  if (!clientId) throw new AadstsError(900144, ['client_id']);
  if (clientId.toLowerCase() !== CLIENT_ID) throw new AadstsError(700016, [clientId]);
  const redirectUri = query.get('redirect_uri');
  if (!redirectUri) throw new AadstsError(900971);
  if (!tenant.registration.platformOf(redirectUri)) throw new AadstsError(50011, [redirectUri, clientId]);
  const mode = query.get('response_mode') ?? 'fragment';
  if (mode !== 'fragment' && mode !== 'query' && mode !== 'form_post') {
    throw new AadstsError(9002341, [mode, 'response_mode']);
  }
  return { redirectUri, responseMode: mode, state: query.get('state') };
}

/** The rest of the request; errors here go back to the app. */
export function parseAuthorize(
  tenant: Tenant,
  authority: string,
  address: ReturnAddress,
  query: URLSearchParams,
): AuthorizeRequest {
  const responseType = query.get('response_type');
  if (!responseType) throw new AadstsError(900144, ['response_type']);
  if (responseType !== 'code') throw new AadstsError(700051, [responseType]);
  const platform = tenant.registration.platformOf(address.redirectUri) ?? 'spa';
  const codeChallenge = query.get('code_challenge');
  if (platform === 'spa' && !codeChallenge) throw new AadstsError(9002325);
  const method = query.get('code_challenge_method') ?? 'plain';
  if (codeChallenge && method !== 'S256') throw new AadstsError(9002341, [method, 'code_challenge_method']);
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean);
  const prompt = query.get('prompt');
  if (prompt && !['none', 'login', 'consent', 'select_account', 'create'].includes(prompt)) {
    throw new AadstsError(9002341, [prompt, 'prompt']);
  }
  return {
    ...address,
    ...parseClaims(query.get('claims')),
    authority,
    clientId: CLIENT_ID,
    platform,
    scopes,
    graphScopes: graphScopes(scopes),
    codeChallenge,
    nonce: query.get('nonce'),
    prompt,
    loginHint: query.get('login_hint'),
    domainHint: query.get('domain_hint'),
  };
}

/** Scopes of Graph among those asked for, without the resource's prefix. `.default` asks for nothing new. */
export function graphScopes(scopes: readonly string[]): string[] {
  if (scopes.length === 0) throw new AadstsError(900144, ['scope']);
  const found: string[] = [];
  for (const scope of scopes) {
    if (OIDC_SCOPES.has(scope.toLowerCase())) continue;
    const name = scope.replace(/^https:\/\/graph\.microsoft\.com\/+/i, '');
    if (/^https?:|^api:/.test(name)) throw new AadstsError(70011, [scope]);
    if (name === '.default') continue;
    const known = knownScope(name);
    if (!known) throw new AadstsError(650053, [name]);
    found.push(known);
  }
  return found;
}
