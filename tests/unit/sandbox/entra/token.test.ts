import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_REDIRECT_URI } from '../../../sandbox/tenant/registration.ts';
import {
  authorizeRequest,
  BASE_TIER,
  createBrowser,
  createStage,
  LOGIN,
  ORIGIN,
  redeem,
  returned,
  signIn,
} from './browser.ts';

const stage = createStage();
const { tenant, app } = stage;
const HOUR = 3_600_000;
beforeEach(() => tenant.reset());

/** A code not yet redeemed. */
async function freshCode(redirectUri = DEFAULT_REDIRECT_URI) {
  const browser = createBrowser(stage);
  const { url, verifier } = authorizeRequest({ redirect_uri: redirectUri });
  const page = await (await browser.get(url)).text();
  const consent = await (await browser.submit(page, { login: 'alice@contoso.test' })).text();
  const { code = '' } = returned(await browser.submit(consent, { decision: 'accept' }));
  return {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
    scope: BASE_TIER,
  };
}

const renewal = (refreshToken: string, more: Record<string, string> = {}) =>
  redeem(stage, { grant_type: 'refresh_token', refresh_token: refreshToken, scope: BASE_TIER, ...more });

describe('redeeming a code', () => {
  it('refuses without Origin, since single-page apps are cross-origin', async () => {
    const { status, json } = await redeem(stage, await freshCode(), {});
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: 'invalid_request', error_codes: [9002327] });
  });

  it('refuses an Origin where the redirect URI is registered as mobile and desktop', async () => {
    const uri = 'https://native.example/';
    tenant.registration.addRedirectUri(uri, 'public');
    const code = await freshCode(uri);
    expect((await redeem(stage, code)).json).toMatchObject({ error_codes: [9002326] });
    expect((await redeem(stage, code, {})).status).toBe(200);
  });

  it('verifies PKCE, the redirect URI, and redeems once', async () => {
    const code = await freshCode();
    expect((await redeem(stage, { ...code, code_verifier: 'x'.repeat(43) })).json).toMatchObject({
      error: 'invalid_grant',
      error_codes: [501481],
    });
    expect((await redeem(stage, { ...code, redirect_uri: 'https://elsewhere.example/' })).json).toMatchObject({
      error_codes: [500112],
    });
    expect((await redeem(stage, code)).status).toBe(200);
    expect((await redeem(stage, code)).json).toMatchObject({ error_codes: [54005] });
    expect((await redeem(stage, { ...code, code: 'made-up' })).json).toMatchObject({ error_codes: [70000] });
  });

  it('lets a code lie for ten minutes, no longer', async () => {
    const code = await freshCode();
    stage.pass(11 * 60_000);
    expect((await redeem(stage, code)).json).toMatchObject({ error_codes: [70008] });
  });

  it('answers the preflight of an extension', async () => {
    const response = await app.request(`${LOGIN}/organizations/oauth2/v2.0/token`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-anchormailbox',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.headers.get('access-control-allow-headers')).toContain('x-anchormailbox');
  });
});

describe('refresh tokens', () => {
  it('end 24 hours after the sign-in, however often they were renewed', async () => {
    let { refresh_token } = (await signIn(stage, 'alice@contoso.test')).tokens;
    stage.pass(23 * HOUR);
    const renewed = await renewal(refresh_token);
    expect(renewed.status).toBe(200);
    expect(renewed.json.refresh_token_expires_in).toBe(3600);
    refresh_token = String(renewed.json.refresh_token);
    stage.pass(HOUR);
    const { status, json } = await renewal(refresh_token);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: 'invalid_grant', error_codes: [700084], suberror: 'bad_token' });
  });

  it('are refused once revoked, for the disabled, and where policy blocks', async () => {
    const { refresh_token } = (await signIn(stage, 'alice@contoso.test')).tokens;
    tenant.blocked.add('alice@contoso.test');
    expect((await renewal(refresh_token)).json).toMatchObject({ error: 'invalid_grant', error_codes: [53003] });
    tenant.blocked.clear();
    tenant.directory.require('alice@contoso.test').accountEnabled = false;
    expect((await renewal(refresh_token)).json).toMatchObject({ error: 'invalid_grant', error_codes: [50057] });
    tenant.directory.require('alice@contoso.test').accountEnabled = true;
    tenant.revokeRefreshTokens('alice@contoso.test');
    expect((await renewal(refresh_token)).json).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50173],
      suberror: 'bad_token',
    });
  });

  it('give no scope that was not consented to, and need the Origin too', async () => {
    const { refresh_token } = (await signIn(stage, 'alice@contoso.test')).tokens;
    expect((await renewal(refresh_token, { scope: 'Chat.Read' })).json).toMatchObject({
      error: 'invalid_grant',
      suberror: 'consent_required',
      error_codes: [65001],
    });
    tenant.consents.grantForAll(['Chat.Read']);
    const { json } = await renewal(refresh_token, { scope: 'Chat.Read openid' });
    expect(String(json.scope).split(' ')).toContain('Chat.Read');
    const without = await redeem(stage, { grant_type: 'refresh_token', refresh_token }, {});
    expect(without.json).toMatchObject({ error_codes: [9002327] });
  });
});

describe('tokens', () => {
  it('carry the signature that the published keys verify', async () => {
    const { tokens } = await signIn(stage, 'alice@contoso.test');
    const keys = await app.request(`${LOGIN}/organizations/discovery/v2.0/keys`);
    const keySet = createLocalJWKSet((await keys.json()) as JSONWebKeySet);
    const { payload } = await jwtVerify(tokens.id_token, keySet, { currentDate: new Date(stage.clock.now()) });
    expect(payload.name).toBe('Alice Anders');
  });

  it('say cp1 where the client declared that it answers challenges', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const { tokens } = await signIn(stage, 'alice@contoso.test', { claims });
    expect(decodeJwt(tokens.access_token).xms_cc).toEqual(['CP1']);
    const plain = await signIn(stage, 'bob@contoso.test');
    expect(decodeJwt(plain.tokens.access_token).xms_cc).toBeUndefined();
  });
});

describe('discovery', () => {
  it('names the endpoints, with {tenantid} for authorities of many tenants', async () => {
    const at = async (authority: string) => {
      const response = await app.request(`${LOGIN}/${authority}/v2.0/.well-known/openid-configuration`, {
        headers: { origin: ORIGIN },
      });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      return (await response.json()) as { issuer: string; token_endpoint: string };
    };
    expect((await at('organizations')).issuer).toBe(`${LOGIN}/{tenantid}/v2.0`);
    expect((await at('contoso.test')).issuer).not.toContain('{');
    expect((await at('organizations')).token_endpoint).toBe(`${LOGIN}/organizations/oauth2/v2.0/token`);
  });
});
