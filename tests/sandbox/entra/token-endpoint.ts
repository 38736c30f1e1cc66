import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Caller } from '../shell.ts';
import type { Grant, RefreshToken } from '../tenant/grants.ts';
import { type DirectoryUser, emailOf } from '../tenant/people.ts';
import { CLIENT_ID, type Platform } from '../tenant/registration.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { AadstsError } from './aadsts.ts';
import { graphScopes } from './authorize-request.ts';
import { parseClaims } from './claims-request.ts';
import { checkAuthority, refusal } from './gates.ts';
import { mintTokens, type TokenAnswer } from './tokens.ts';

/** POST token (v2-oauth2-auth-code-flow, refresh-tokens): codes with PKCE, and refresh tokens. */
export function createTokenEndpoint(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();

  app.post('/:authority/oauth2/v2.0/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    try {
      c.header('Cache-Control', 'no-store, no-cache');
      return c.json(await redeem(c, form));
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      return c.json(error.toJson(tenant.clock, form.get('client-request-id') ?? undefined), 400);
    }
  });

  async function redeem(c: Context<Caller>, form: URLSearchParams): Promise<TokenAnswer> {
    const authority = c.req.param('authority') ?? '';
    checkAuthority(tenant, authority);
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
      throw new AadstsError(900144, ['grant_type']);
    }
    const clientId = need(form, 'client_id');
    if (clientId.toLowerCase() !== CLIENT_ID) throw new AadstsError(700016, [clientId]);
    const type = need(form, 'grant_type');
    const origin = c.req.header('origin');
    if (type === 'authorization_code') return redeemCode(c, authority, form, origin);
    if (type === 'refresh_token') return renew(c, authority, form, origin);
    throw new AadstsError(70003, [type]);
  }

  function redeemCode(c: Context<Caller>, authority: string, form: URLSearchParams, origin: string | undefined) {
    const code = tenant.grants.findCode(need(form, 'code'));
    if (!code) throw new AadstsError(70000);
    checkOrigin(code.platform, origin);
    const redirectUri = need(form, 'redirect_uri');
    if (redirectUri !== code.redirectUri) throw new AadstsError(500112, [redirectUri, code.redirectUri]);
    if (code.redeemed) throw new AadstsError(54005);
    if (code.expiresAt <= tenant.clock.now()) throw new AadstsError(70008);
    if (code.codeChallenge && challengeOf(form.get('code_verifier') ?? '') !== code.codeChallenge) {
      throw new AadstsError(501481);
    }
    const user = personOf(c, authority, code);
    code.redeemed = true;
    const scopes = form.get('scope')?.split(' ').filter(Boolean) ?? code.scopes;
    checkConsent(user, scopes);
    const grant = { ...code, ...capabilities(form, code) };
    return mintTokens(tenant, { grant, user, scopes, wantsClientInfo: form.get('client_info') === '1' });
  }

  function renew(c: Context<Caller>, authority: string, form: URLSearchParams, origin: string | undefined) {
    const token = tenant.grants.findRefreshToken(need(form, 'refresh_token'));
    if (!token) throw new AadstsError(70000, [], { suberror: 'bad_token' });
    checkOrigin(token.platform, origin);
    checkAlive(token, tenant.clock.now());
    const user = personOf(c, authority, token);
    const scopes = form.get('scope')?.split(' ').filter(Boolean) ?? token.scopes;
    checkConsent(user, scopes);
    const grant = { ...token, scopes: [...scopes], ...capabilities(form, token) };
    return mintTokens(tenant, { grant, user, scopes, wantsClientInfo: form.get('client_info') === '1', renews: token });
  }

  /** The person behind a grant, if they may still sign in here. */
  function personOf(c: Context<Caller>, authority: string, grant: Grant): DirectoryUser {
    const user = tenant.directory.byId(grant.userId);
    if (!user) throw new AadstsError(70000);
    c.set('caller', emailOf(user));
    const refused = refusal(tenant, authority, user);
    if (refused?.number === 53003)
      throw new AadstsError(53003, [], { error: 'invalid_grant', suberror: 'message_only' });
    if (refused) throw refused;
    return user;
  }

  function checkConsent(user: DirectoryUser, scopes: readonly string[]): void {
    const granted = new Set(tenant.consentsFor(user.tenantId).grantedTo(user.id));
    if (graphScopes(scopes).every((scope) => granted.has(scope))) return;
    throw new AadstsError(65001, [CLIENT_ID], { error: 'invalid_grant', suberror: 'consent_required' });
  }

  return app;
}

/** The Origin header tells a browser's page from an installed program, and each may redeem only its own kind. */
function checkOrigin(platform: Platform, origin: string | undefined): void {
  if (platform === 'spa' && !origin) throw new AadstsError(9002327);
  if (platform === 'public' && origin) throw new AadstsError(9002326, [origin]);
}

function checkAlive(token: RefreshToken, now: number): void {
  const issued = new Date(token.issuedAt).toISOString();
  if (token.revokedAt !== null) {
    const values = [issued, new Date(token.revokedAt).toISOString()];
    throw new AadstsError(50173, values, { suberror: 'bad_token' });
  }
  if (token.expiresAt > now) return;
  const expired = token.platform === 'spa' ? 700084 : 70008;
  throw new AadstsError(expired, [issued], { suberror: 'bad_token' });
}

/** `claims` of this request; an app that once declared itself able to answer challenges stays so for the grant. */
function capabilities(form: URLSearchParams, before: Grant): Pick<Grant, 'answersChallenges' | 'answered'> {
  const claims = parseClaims(form.get('claims'));
  return {
    answersChallenges: form.has('claims') ? claims.answersChallenges : before.answersChallenges,
    answered: Math.max(claims.answered, before.answered),
  };
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new AadstsError(900144, [name]);
  return value;
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
