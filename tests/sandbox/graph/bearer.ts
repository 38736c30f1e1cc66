import { createMiddleware } from 'hono/factory';
import type { JWTPayload } from 'jose';
import { emailOf } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';

const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
const AUDIENCES = [GRAPH_APP_ID, 'https://graph.microsoft.com', 'https://graph.microsoft.com/'];
const REALM = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`;

/** Believes the access token or answers 401; after a revocation it wants one that answers the claims challenge. */
export function bearer(tenant: Tenant) {
  return createMiddleware<GraphEnv>(async (c, next) => {
    const token = c.req.header('authorization')?.match(/^Bearer (.+)$/i)?.[1];
    if (!token) throw unauthorized('Access token is empty.');
    const claims = await verify(tenant, token);
    if (!AUDIENCES.includes(String(claims.aud)))
      throw unauthorized('Access token validation failure. Invalid audience.');
    const me = tenant.directory.byId(String(claims.oid));
    if (!me?.accountEnabled)
      throw unauthorized('Access token validation failure. The account does not exist or is disabled.');
    c.set('caller', emailOf(me));
    c.set('me', me);
    c.set('tokenUntil', Number(claims.exp) * 1000);
    c.set(
      'scopes',
      new Set(
        String(claims.scp ?? '')
          .split(' ')
          .filter(Boolean),
      ),
    );
    const challenge = tenant.challengeOf(me.id);
    if (challenge > Number(claims.sandbox_answered ?? 0) && answersChallenges(claims)) throw claimsChallenge(challenge);
    await next();
  });
}

async function verify(tenant: Tenant, token: string): Promise<JWTPayload> {
  try {
    return await tenant.signing.verify(token);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ERR_JWT_EXPIRED') throw unauthorized('Lifetime validation failed, the token is expired.');
    if (code === 'ERR_JWS_INVALID' || code === 'ERR_JWT_INVALID')
      throw unauthorized('IDX14100: JWT is not well formed, there are no dots (.).');
    throw unauthorized('Access token validation failure. Invalid signature.');
  }
}

/** Only a client that declared `xms_cc: cp1` is challenged; others keep their token until it ends. */
function answersChallenges(claims: JWTPayload): boolean {
  return Array.isArray(claims.xms_cc) && claims.xms_cc.some((v) => String(v).toLowerCase() === 'cp1');
}

function claimsChallenge(notBefore: number): GraphError {
  const wanted = { access_token: { nbf: { essential: true, value: String(notBefore) } } };
  const claims = Buffer.from(JSON.stringify(wanted)).toString('base64');
  return new GraphError(
    401,
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
    { 'WWW-Authenticate': `${REALM}, error="insufficient_claims", claims="${claims}"` },
  );
}

const unauthorized = (message: string) =>
  new GraphError(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': REALM });
