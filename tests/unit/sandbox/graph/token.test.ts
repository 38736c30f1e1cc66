import { beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../entra/browser.ts';
import { createWorld } from './world.ts';

const world = createWorld();
beforeEach(() => world.reset());

describe('the token check', () => {
  it('wants a token of ours, for Graph, in its time', async () => {
    const nothing = await world.call(null, 'GET', '/me');
    expect(nothing.status).toBe(401);
    expect(nothing.json.error.code).toBe('InvalidAuthenticationToken');
    expect(nothing.headers.get('www-authenticate')).toMatch(/^Bearer realm/);
    const { tokens } = await signIn(world, 'alice@contoso.test');
    world.useToken('alice@contoso.test', tokens.id_token);
    expect((await world.call('alice@contoso.test', 'GET', '/me')).json.error.message).toContain('Invalid audience');
    const [head, claims, signature] = tokens.access_token.split('.');
    const other = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...other, scp: 'Chat.ReadWrite' })).toString('base64url');
    world.useToken('alice@contoso.test', `${head}.${forged}.${signature}`);
    expect((await world.call('alice@contoso.test', 'GET', '/me')).status).toBe(401);
    world.useToken('alice@contoso.test', tokens.access_token);
    expect((await world.call('alice@contoso.test', 'GET', '/me')).status).toBe(200);
    world.pass(tokens.expires_in * 1000);
    expect((await world.call('alice@contoso.test', 'GET', '/me')).json.error.message).toContain('expired');
  });

  it('challenges after a revocation until a token answers its claims', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const { tokens } = await signIn(world, 'alice@contoso.test', { claims });
    world.useToken('alice@contoso.test', tokens.access_token);
    expect((await world.call('alice@contoso.test', 'GET', '/me')).status).toBe(200);
    world.tenant.revokeWithClaims('alice@contoso.test');
    const challenged = await world.call('alice@contoso.test', 'GET', '/me');
    expect(challenged.status).toBe(401);
    const header = challenged.headers.get('www-authenticate') ?? '';
    expect(header).toContain('error="insufficient_claims"');
    const wanted = Buffer.from(header.match(/claims="([^"]+)"/)?.[1] ?? '', 'base64').toString();
    world.useToken('alice@contoso.test', await world.answerChallenge(tokens.refresh_token, wanted));
    expect((await world.call('alice@contoso.test', 'GET', '/me')).status).toBe(200);
    expect((await world.call('bob@contoso.test', 'GET', '/me')).status).toBe(200);
  });
});

describe('the edge', () => {
  it('answers preflights of any origin and exposes what clients read', async () => {
    const preflight = await world.call(null, 'OPTIONS', '/me', undefined, {
      origin: 'chrome-extension://abc',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,sdkversion',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('sdkversion');
    const read = await world.call('alice@contoso.test', 'GET', '/me', undefined, {
      origin: 'chrome-extension://abc',
      'client-request-id': 'mine',
    });
    expect(read.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(read.headers.get('client-request-id')).toBe('mine');
    expect(read.headers.get('request-id')).toBeTruthy();
  });

  it('refuses what it does not know in Graph’s shape', async () => {
    const path = await world.call('alice@contoso.test', 'GET', '/me/unheardOf');
    expect(path.status).toBe(400);
    expect(path.json.error).toMatchObject({ code: 'BadRequest', innerError: { 'request-id': expect.any(String) } });
    expect((await world.call('alice@contoso.test', 'GET', 'https://graph.microsoft.com/beta/me')).status).toBe(400);
    expect((await world.call('alice@contoso.test', 'GET', '/me?$unheard=1')).status).toBe(400);
  });
});
