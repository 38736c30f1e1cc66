import { describe, expect, it } from 'vitest';
import { getMany } from '../../../lib/graph/batch.ts';
import type { GraphDeps } from '../../../lib/graph/client.ts';
import { AppFailure } from '../../../lib/model/errors.ts';
import { type Answer, errorOf, fakeGraph, graphError, json } from './fake-graph.ts';

const network = () => new TypeError('Failed to fetch');
const READ = '/chats/19:a@thread.v2/messages?$top=5';
const write = (graph: ReturnType<typeof fakeGraph>['graph']) =>
  graph.post('/chats/19:a@thread.v2/messages', { body: { contentType: 'html', content: 'x' } }, (x) => x);

describe('a call', () => {
  it('carries the token and a request id to the version 1.0 of Graph', async () => {
    const { graph, sent } = fakeGraph([json({ id: 'me' })]);
    expect(await graph.get('/me')).toEqual({ id: 'me' });
    expect(sent[0]?.url).toBe('https://graph.microsoft.com/v1.0/me');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer token-1');
    expect(sent[0]?.headers.get('client-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves nothing in the browser’s cache on disk: messages stand in answers, and sign-out could not reach them there', async () => {
    const inits: (RequestInit | undefined)[] = [];
    const fetchFn = (async (_: unknown, init?: RequestInit) => {
      inits.push(init);
      return json({ id: 'me' });
    }) as typeof fetch;
    await fakeGraph([], { fetch: fetchFn }).graph.get('/me');
    expect(inits).toMatchObject([{ cache: 'no-store', credentials: 'omit' }]);
  });

  it('goes to the cloud that is set, and never with a token to another host', async () => {
    const { graph, sent } = fakeGraph([json({})], { base: () => 'https://graph.microsoft.us/' });
    await graph.get('/me');
    await graph.get('https://graph.microsoft.us/v1.0/me?$select=id');
    expect(sent.map((s) => s.url)).toEqual([
      'https://graph.microsoft.us/v1.0/me',
      'https://graph.microsoft.us/v1.0/me?$select=id',
    ]);
    expect((await errorOf(graph.get('https://graph.microsoft.com/v1.0/me'))).code).toBe('microsoft-down');
    expect((await errorOf(graph.get('https://graph.microsoft.us.evil.example/v1.0/me'))).code).toBe('microsoft-down');
    expect(sent).toHaveLength(2);
  });

  it('answers a claims challenge with a token that satisfies it, once, reads and writes alike', async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1' } } });
    const challenge = () =>
      json({}, 401, {
        'WWW-Authenticate': `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`,
      });
    const { graph, sent, tokens } = fakeGraph([challenge(), json({ id: '1' }, 201)]);
    await write(graph);
    expect(tokens).toEqual([undefined, { claims }]);
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer token-2');
    const again = fakeGraph([challenge()]);
    expect((await errorOf(again.graph.get('/me'))).code).toBe('signed-out');
    expect(again.sent).toHaveLength(2);
  });

  describe('after a bare 401', () => {
    /** Sign-in with a cache: a token stays until it is renewed by force. Graph takes the newest alone. */
    function signedIn() {
      const asked: unknown[] = [];
      let newest = 1;
      const token: GraphDeps['token'] = async (options) => {
        asked.push(options);
        if (options?.forceRefresh) newest++;
        return `token-${newest}`;
      };
      const refuse = graphError(401, 'InvalidAuthenticationToken', 'expired');
      const answer: Answer = ({ headers }) =>
        headers.get('authorization') === 'Bearer token-2' ? json({}) : refuse.clone();
      return { ...fakeGraph([answer], { token }), renewals: () => asked.filter(Boolean) };
    }

    it('asks for one fresh token, however many calls meet it at once', async () => {
      const { graph, sent, renewals } = signedIn();
      await Promise.all([graph.get('/me'), graph.get('/chats'), write(graph)]);
      expect(sent).toHaveLength(6);
      expect(renewals()).toEqual([{ forceRefresh: true }]);
    });

    it('takes the token that another call renewed meanwhile', async () => {
      const { graph, renewals } = signedIn();
      await graph.get('/me');
      await graph.get('/me');
      expect(renewals()).toHaveLength(1);
    });

    it('gives up where the fresh one is refused too, and tries anew with the next call', async () => {
      const tokens: unknown[] = [];
      const { graph, sent } = fakeGraph([graphError(401, 'InvalidAuthenticationToken', 'expired')], {
        token: async (options) => {
          if (options) tokens.push(options);
          return 'same';
        },
      });
      expect((await errorOf(graph.get('/me'))).code).toBe('signed-out');
      expect(sent).toHaveLength(2);
      expect(tokens).toHaveLength(1);
      await errorOf(graph.get('/me'));
      expect(tokens).toHaveLength(2);
    });
  });

  it('passes on why there is no token, and sends nothing', async () => {
    const failure = new AppFailure({ code: 'signed-out', title: 't', text: 'x' });
    const { graph, sent } = fakeGraph([json({})], { token: () => Promise.reject(failure) });
    await expect(write(graph)).rejects.toBe(failure);
    expect(sent).toHaveLength(0);
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const { graph, sent } = fakeGraph([
      () => {
        stop.abort(new Error('left'));
        return new DOMException('aborted', 'AbortError');
      },
    ]);
    await expect(graph.get('/me', { signal: stop.signal })).rejects.toThrow('left');
    expect(sent).toHaveLength(1);
  });
});

describe('reads are repeated', () => {
  it.each([429, 503, 504])('after %i, Retry-After to the second', async (status) => {
    const { graph, sent } = fakeGraph([graphError(status, 'x', 'x', { 'Retry-After': '7' }), json({ value: [] })]);
    await graph.get(READ);
    expect(sent).toHaveLength(2);
    const gap = (sent[1]?.at ?? 0) - (sent[0]?.at ?? 0);
    expect(gap).toBeGreaterThanOrEqual(7000);
    expect(gap).toBeLessThan(7600);
  });

  it('once when the network dropped them, then it is "offline"', async () => {
    const lucky = fakeGraph([network(), json({})]);
    await lucky.graph.get('/me');
    expect(lucky.sent).toHaveLength(2);
    const gone = fakeGraph([network()]);
    expect((await errorOf(gone.graph.get('/me'))).code).toBe('offline');
    expect(gone.sent).toHaveLength(2);
  });

  it('not when the pause is longer than a worker may sleep: the caller hears how long', async () => {
    const { graph, sent, clock } = fakeGraph([graphError(429, 'x', 'x', { 'Retry-After': '120' }), json({})]);
    expect(await errorOf(graph.get(READ))).toMatchObject({ code: 'throttled', retryAfter: 120 });
    expect(clock.slept).toEqual([]);
    expect(await errorOf(graph.get(READ)), 'and nothing is sent until then').toMatchObject({ code: 'throttled' });
    expect(sent).toHaveLength(1);
    await clock.sleep(120_000);
    await graph.get(READ);
    expect(sent).toHaveLength(2);
  });

  it('four times at most', async () => {
    const busy = fakeGraph([graphError(429, 'x', 'x', { 'Retry-After': '1' })]);
    expect(await errorOf(busy.graph.get(READ))).toMatchObject({ code: 'throttled', retryAfter: 1 });
    expect(busy.sent).toHaveLength(4);
    const down = fakeGraph([graphError(503, 'x', 'x')]);
    expect((await errorOf(down.graph.get(READ))).code).toBe('microsoft-down');
    expect(down.sent).toHaveLength(4);
  });

  it('and 500 is said at once', async () => {
    const { graph, sent } = fakeGraph([graphError(500, 'generalException', 'x')]);
    expect((await errorOf(graph.get('/me'))).code).toBe('microsoft-down');
    expect(sent).toHaveLength(1);
  });
});

describe('writes', () => {
  it('are repeated after 429 alone, which says that they were not taken', async () => {
    const { graph, sent } = fakeGraph([graphError(429, 'x', 'x', { 'Retry-After': '3' }), json({ id: '1' }, 201)]);
    expect(await write(graph)).toEqual({ id: '1' });
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0), 'no jitter').toBe(3000);
  });

  it.each([
    ['500', () => graphError(500, 'x', 'x')],
    ['502', () => new Response('<html>', { status: 502 })],
    ['503', () => graphError(503, 'x', 'x', { 'Retry-After': '1' })],
    ['504', () => graphError(504, 'x', 'x')],
    ['a lost answer', network],
    ['an answer that is no JSON', () => new Response('{"id":', { status: 201 })],
  ])('are never repeated after %s: the outcome is unknown', async (_name, answer) => {
    const { graph, sent } = fakeGraph([answer, json({ id: '1' }, 201)]);
    expect((await errorOf(write(graph))).code).toBe('outcome-unknown');
    expect(sent).toHaveLength(1);
  });

  it('whose answer is not understood are unknown too, not failed', async () => {
    const { graph } = fakeGraph([json({ surprise: true }, 201)]);
    const promise = graph.post('/chats', { chatType: 'group' }, () => {
      throw new Error('not a chat');
    });
    expect((await errorOf(promise)).code).toBe('outcome-unknown');
  });
});

describe('refusals', () => {
  const CHAT = '/chats/19:a@thread.v2';
  it.each([
    [
      403,
      'Forbidden',
      "Missing scope permissions on the request. API requires one of 'Chat.Read'.",
      READ,
      'missing-scope',
    ],
    [
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
      '/users',
      'missing-scope',
    ],
    [403, 'Forbidden', 'Forbidden', CHAT, 'not-a-member'],
    [403, 'Forbidden', 'AclCheckFailed-Get Message: x is not in roster', READ, 'not-a-member'],
    [403, 'Forbidden', 'Blocked by an information barrier policy', CHAT, 'refused-by-microsoft'],
    [403, 'Forbidden', 'The user has no Teams license', '/me/chats', 'refused-by-microsoft'],
    [404, 'NotFound', 'ThreadNotFound', CHAT, 'not-found'],
    [400, 'BadRequest', 'Invalid filter', READ, 'refused-by-microsoft'],
    [413, 'RequestEntityTooLarge', 'x', CHAT, 'too-long'],
  ])('%i %s: %s', async (status, code, message, path, expected) => {
    const { graph } = fakeGraph([graphError(status, code, message)]);
    const error = await errorOf(graph.get(path));
    expect(error.code).toBe(expected);
    expect(error.detail).toBe(`${status} ${code} request-id r-1`);
    expect(JSON.stringify(error), "Graph's own text stays inside").not.toContain(
      message.length > 12 ? message : '\u0000',
    );
  });

  it('for a missing permission lead to the page where an administrator allows it, in a batch too', async () => {
    const refused = { code: 'Forbidden', message: "Missing scope permissions. API requires one of 'Chat.Read'." };
    const consentUrl = async () => 'https://login.test/adminconsent';
    const action = { kind: 'consent', label: 'Ask an administrator', url: 'https://login.test/adminconsent' };
    const single = fakeGraph([json({ error: refused }, 403)], { consentUrl });
    expect((await errorOf(single.graph.get(READ))).action).toEqual(action);
    const part = { responses: [{ id: '0', status: 403, body: { error: refused } }] };
    const batch = fakeGraph([json(part)], { consentUrl });
    expect((await errorOf(getMany(batch.graph, ['/users']))).action).toEqual(action);
    const other = fakeGraph([graphError(403, 'Forbidden', 'AclCheckFailed-Get')], { consentUrl });
    expect((await errorOf(other.graph.get(READ))).action).not.toEqual(action);
  });
});
