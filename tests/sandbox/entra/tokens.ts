import { createHash, randomUUID } from 'node:crypto';
import type { Grant, RefreshToken } from '../tenant/grants.ts';
import { type DirectoryUser, signInName } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { clientInfo, homeOf } from './client-info.ts';

const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** The answer of the token endpoint. Lifetimes in seconds. */
export interface TokenAnswer {
  token_type: 'Bearer';
  scope: string;
  expires_in: number;
  ext_expires_in: number;
  access_token: string;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  id_token?: string;
  client_info?: string;
}

export interface TokenRequest {
  grant: Grant;
  user: DirectoryUser;
  /** Scopes as this request spells them. */
  scopes: readonly string[];
  wantsClientInfo: boolean;
  /** Set when a refresh token is being renewed. */
  renews?: RefreshToken;
}

/** Mints the tokens for a grant that has been checked. `scope` and `scp` hold all consented scopes, as Entra's do. */
export async function mintTokens(tenant: Tenant, request: TokenRequest): Promise<TokenAnswer> {
  const { grant, user, scopes } = request;
  const now = Math.floor(tenant.clock.now() / 1000);
  const granted = tenant.consentsFor(user.tenantId).grantedTo(user.id);
  const uti = randomUUID().replaceAll('-', '').slice(0, 22);
  const lifetime = lifetimeFor(uti);
  const has = (scope: string) => scopes.some((s) => s.toLowerCase() === scope);
  const shared = {
    iat: now,
    nbf: now,
    exp: now + lifetime,
    oid: user.id,
    tid: user.tenantId,
    name: user.displayName,
    uti,
  };
  const access = await tenant.signing.sign({
    ...shared,
    aud: scopes.some((s) => s.startsWith('https://')) ? 'https://graph.microsoft.com' : GRAPH_APP_ID,
    iss: `https://sts.windows.net/${user.tenantId}/`,
    acct: user.userType === 'Guest' ? 1 : 0,
    appid: grant.clientId,
    appidacr: '0',
    idtyp: 'user',
    scp: granted.join(' '),
    sub: subjectOf(user, GRAPH_APP_ID),
    unique_name: signInName(user),
    upn: user.userPrincipalName,
    ...(user.mail ? { email: user.mail } : {}),
    ver: '1.0',
    ...(grant.answersChallenges ? { xms_cc: ['CP1'] } : {}),
    // How far this sign-in answers a claims challenge; the real token shows it by its age alone.
    sandbox_answered: grant.answered,
  });
  const refresh = has('offline_access') ? tenant.grants.issueRefreshToken(grant, request.renews) : undefined;
  const refreshEnd = refresh ? (tenant.grants.findRefreshToken(refresh)?.expiresAt ?? 0) : 0;
  return {
    token_type: 'Bearer',
    scope: spelledAs(scopes, granted).join(' '),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: access,
    ...(refresh ? { refresh_token: refresh, refresh_token_expires_in: Math.floor(refreshEnd / 1000) - now } : {}),
    ...(has('openid') ? { id_token: await idToken(tenant, request, shared) } : {}),
    ...(request.wantsClientInfo ? { client_info: clientInfo(user) } : {}),
  };
}

function idToken(tenant: Tenant, { grant, user }: TokenRequest, shared: Record<string, unknown>): Promise<string> {
  const { nonce, clientId } = grant;
  return tenant.signing.sign({
    ...shared,
    aud: clientId,
    iss: `https://login.microsoftonline.com/${user.tenantId}/v2.0`,
    preferred_username: signInName(user),
    ...(user.mail ? { email: user.mail } : {}),
    ...(user.userType === 'Guest' ? { idp: `https://sts.windows.net/${homeOf(user).tenantId}/` } : {}),
    ...(nonce ? { nonce } : {}),
    rh: '1.sandbox.',
    sub: subjectOf(user, clientId),
    ver: '2.0',
  });
}

/** Between 60 and 90 minutes, as Entra spreads it so that not everybody renews at once. */
function lifetimeFor(uti: string): number {
  return 3600 + (createHash('sha256').update(uti).digest().readUInt16BE(0) % 1800);
}

/** Graph's scopes carry the resource's prefix in the answer where the app asked with it. */
function spelledAs(asked: readonly string[], granted: readonly string[]): string[] {
  const prefix = asked.find((s) => /^https:\/\/graph\.microsoft\.com\//.test(s)) ? 'https://graph.microsoft.com/' : '';
  const oidc = ['openid', 'profile', 'email'].filter((s) => s === 'email' || asked.includes(s));
  return [...oidc, ...granted.map((s) => prefix + s)];
}

/** Pairwise: the same person is another subject to another app. */
const subjectOf = (user: DirectoryUser, audience: string) =>
  createHash('sha256').update(`${user.id} ${audience}`).digest('base64url');
