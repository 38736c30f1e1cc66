import { request } from 'node:http';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFaults, type Faults } from '../../../sandbox/faults.ts';
import { createLog, type RequestLog } from '../../../sandbox/record.ts';
import { type Served, serve } from '../../../sandbox/serve.ts';
import type { Caller } from '../../../sandbox/shell.ts';
import { surround } from '../../../sandbox/surround.ts';

let effects: string[];
let log: RequestLog;
let faults: Faults;
let app: ReturnType<typeof surround>;
let served: Served;

beforeEach(async () => {
  effects = [];
  log = createLog();
  faults = createFaults();
  const inner = new Hono<Caller>();
  inner.use('*', async (c, next) => {
    c.set('caller', 'alice@contoso.test');
    await next();
  });
  inner.post('/v1.0/chats', async (c) => {
    effects.push(((await c.req.json()) as { topic: string }).topic);
    return c.json({ id: '19:x' }, 201);
  });
  inner.notFound((c) => c.json({ error: { code: 'ResourceNotFound' } }, 404));
  app = surround(inner, { service: 'graph', clock: { now: () => 42 }, log, faults });
  served = await serve((req, env) => app.fetch(req, env));
});
afterEach(() => served.close());

/** Answers the status, or 0 where the connection was cut. */
function post(path: string, body: unknown): Promise<number> {
  return new Promise((done) => {
    const out = request(
      { port: served.port, host: '127.0.0.1', path, method: 'POST', headers: { 'content-type': 'application/json' } },
      (res) => {
        res.resume();
        res.on('end', () => done(res.statusCode ?? 0));
      },
    );
    out.on('error', () => done(0));
    out.end(JSON.stringify(body));
  });
}

describe('recording', () => {
  test('tells method, url, body, status, caller and time, and leaves the body to the stand-in', async () => {
    expect(await post('/v1.0/chats', { topic: 'A' })).toBe(201);
    expect(effects).toEqual(['A']);
    expect(log.all()).toMatchObject([
      { time: 42, service: 'graph', method: 'POST', status: 201, caller: 'alice@contoso.test', body: { topic: 'A' } },
    ]);
    expect(log.lines().trim().split('\n')).toHaveLength(1);
  });

  test('keeps the stand-in’s own "not found" and marks parts of a batch', async () => {
    const answer = await app.request('https://graph.microsoft.com/v1.0/nowhere', {
      headers: { 'x-sandbox-batch': '1' },
    });
    expect(await answer.json()).toEqual({ error: { code: 'ResourceNotFound' } });
    expect(log.all()).toMatchObject([{ url: 'https://graph.microsoft.com/v1.0/nowhere', status: 404, inBatch: true }]);
  });

  test('tells of bytes how many there were', async () => {
    await app.request('https://graph.microsoft.com/v1.0/x', {
      method: 'PUT',
      body: new Uint8Array([0xff, 0xd8, 0xff]),
    });
    expect(log.all()).toMatchObject([{ method: 'PUT', body: '(3 bytes)' }]);
  });

  test('leaves preflights out', async () => {
    await app.request('https://graph.microsoft.com/v1.0/chats', { method: 'OPTIONS' });
    expect(log.all()).toEqual([]);
  });
});

describe('faults', () => {
  test('a status keeps the effect away and carries Retry-After where a browser can read it', async () => {
    faults.add([{ match: 'POST /chats', status: 429, retryAfter: 3, times: 1 }]);
    const answer = await app.request('https://graph.microsoft.com/v1.0/chats', {
      method: 'POST',
      body: '{"topic":"A"}',
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('3');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({ error: { code: 'TooManyRequests' } });
    expect(effects).toEqual([]);
  });

  test('a status can come after the effect, as from a gateway that lost the answer', async () => {
    faults.add([{ match: 'POST /chats', status: 504, after: true, times: 1 }]);
    expect(await post('/v1.0/chats', { topic: 'A' })).toBe(504);
    expect(effects).toEqual(['A']);
    expect(log.all()).toMatchObject([{ status: 504 }]);
  });

  test('drop cuts the connection before or after the effect', async () => {
    faults.add([
      { match: 'POST /chats', drop: 'before', times: 1 },
      { match: 'POST /chats', drop: 'after', times: 1 },
    ]);
    expect(await post('/v1.0/chats', { topic: 'before' })).toBe(0);
    expect(await post('/v1.0/chats', { topic: 'after' })).toBe(0);
    expect(await post('/v1.0/chats', { topic: 'whole' })).toBe(201);
    expect(effects).toEqual(['after', 'whole']);
    expect(log.all().map((entry) => entry.status)).toEqual([0, 0, 201]);
  });
});
