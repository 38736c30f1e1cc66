import { describe, expect, test } from 'vitest';
import { createFaults, type FaultSubject } from '../../../sandbox/faults.ts';

const graph = (method: string, path: string, caller?: string): FaultSubject => ({
  service: 'graph',
  method,
  path,
  caller,
});

describe('fault rules', () => {
  test('fit the path and what is below it, or the path alone with $', () => {
    const faults = createFaults();
    faults.add([
      { match: 'POST /chats$', status: 500 },
      { match: 'POST /chats', status: 429 },
    ]);
    expect(faults.take(graph('POST', '/chats'))?.status).toBe(500);
    expect(faults.take(graph('POST', '/chats/19:a@thread.v2/messages'))?.status).toBe(429);
    expect(faults.take(graph('POST', '/chatsome'))).toBeUndefined();
    expect(faults.take(graph('GET', '/chats'))).toBeUndefined();
  });

  test('take * for one segment and ** for any, escaped or not, with or without /v1.0', () => {
    const faults = createFaults();
    faults.add([
      { match: 'POST /chats/*/messages$', status: 503 },
      { match: 'GET /v1.0/chats/19:b@thread.v2', status: 404 },
      { match: '* /users/**/softDelete', status: 409 },
    ]);
    expect(faults.take(graph('POST', '/chats/19%3Aa%40thread.v2/messages'))?.status).toBe(503);
    expect(faults.take(graph('POST', '/chats/a/b/messages'))).toBeUndefined();
    expect(faults.take(graph('GET', '/chats/19%3Ab%40thread.v2'))?.status).toBe(404);
    expect(faults.take(graph('POST', '/users/u/chats/c/messages/m/softDelete'))?.status).toBe(409);
  });

  test('count: skip passes the first ones, times ends the rule', () => {
    const faults = createFaults();
    faults.add([{ match: 'GET /me', status: 429, skip: 1, times: 2 }]);
    const seen = [1, 2, 3, 4].map(() => faults.take(graph('GET', '/me'))?.status);
    expect(seen).toEqual([undefined, 429, 429, undefined]);
    expect(faults.list()).toMatchObject([{ used: 2 }]);
  });

  test('act on each so-manieth request, and leave the others to later rules', () => {
    const faults = createFaults();
    faults.add([
      { match: 'POST /chats', status: 503, every: 3, times: 2 },
      { match: 'POST /chats', status: 429, every: 2 },
    ]);
    const seen = Array.from({ length: 10 }, () => faults.take(graph('POST', '/chats/x/messages'))?.status ?? 0);
    expect(seen).toEqual([0, 429, 503, 0, 429, 503, 0, 429, 0, 429]);
    expect(faults.list()).toMatchObject([{ used: 2 }, { used: 4 }]);
    expect(() => faults.add([{ every: 0, status: 500 }])).toThrow(/every/);
    expect(() => faults.add([{ after: true, drop: 'after' }])).toThrow(/after/);
  });

  test('can be meant for one service or one person', () => {
    const faults = createFaults();
    faults.add([
      { service: 'erpnext', offline: true },
      { caller: 'Bob@contoso.test', status: 403 },
    ]);
    expect(faults.take(graph('GET', '/me', 'alice@contoso.test'))).toBeUndefined();
    expect(faults.take(graph('GET', '/me', 'bob@contoso.test'))?.status).toBe(403);
    expect(faults.take({ service: 'erpnext', method: 'GET', path: '/api/method/ping' })?.offline).toBe(true);
  });

  test('that do nothing or cannot be read are refused, and leave none of their list behind', () => {
    const faults = createFaults();
    expect(() => faults.add([{ status: 500 }, { match: 'POST /chats' }])).toThrow(/needs one of/);
    expect(() => faults.add([{ match: 'POST /a /b', status: 500 }])).toThrow(/is no match/);
    expect(faults.list()).toEqual([]);
  });
});
