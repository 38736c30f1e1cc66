import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const ALICE = 'alice@contoso.test';
const seen: Request[] = [];
const world = createWorld({
  throttle: 'real',
  dispatch: (part) => {
    seen.push(part);
    return world.graph.app.fetch(part);
  },
});
beforeEach(() => {
  seen.length = 0;
  world.reset();
  world.pass(60_000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const batch = (requests: unknown[]) => world.call(ALICE, 'POST', '/$batch', { requests });
const get = (id: string, url: string, more = {}) => ({ id, method: 'GET', url, ...more });

describe('$batch', () => {
  it('answers each part by itself, in its own order, through the front door', async () => {
    const { status, json } = await batch([
      get('1', '/me'),
      get('2', '/users/bob@contoso.test/photos/48x48/$value'),
      get('3', '/users/nobody'),
    ]);
    expect(status).toBe(200);
    expect(json.responses.map((r: { id: string }) => r.id)).toEqual(['3', '2', '1']);
    const [missing, photo, me] = json.responses;
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } });
    expect(photo.headers['Content-Type']).toBe('image/png');
    expect(Buffer.from(photo.body, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(me.body.mail).toBe(ALICE);
    expect(seen.map((r) => r.headers.get('x-sandbox-batch'))).toEqual(['1', '1', '1']);
    expect(seen.every((r) => r.headers.get('authorization')?.startsWith('Bearer '))).toBe(true);
  });

  it('throttles parts on their own limits inside a 200', async () => {
    world.consent('User.Read', ...READING);
    const chat = await groupChat(world, [ALICE, 'bob@contoso.test']);
    const { status, json } = await batch([
      get('a', `/chats/${chat}/messages`),
      get('b', `/chats/${chat}/messages?$top=5`),
    ]);
    expect(status).toBe(200);
    const byId = Object.fromEntries(json.responses.map((r: { id: string }) => [r.id, r]));
    expect([byId.a.status, byId.b.status]).toEqual([200, 429]);
    expect(byId.b.headers['Retry-After']).toBe('1');
  });

  it('fails what depends on a failure with 424', async () => {
    const { json } = await batch([get('1', '/users/nobody'), get('2', '/me', { dependsOn: ['1'] })]);
    expect(json.responses.find((r: { id: string }) => r.id === '2').status).toBe(424);
    expect(seen).toHaveLength(1);
  });

  it('writes with bodies, which need their content type', async () => {
    const chat = await groupChat(world, [ALICE, 'bob@contoso.test']);
    const write = { id: '1', method: 'POST', url: `/chats/${chat}/messages`, body: { body: { content: 'Hi' } } };
    expect((await batch([write])).status).toBe(400);
    const { json } = await batch([{ ...write, headers: { 'Content-Type': 'application/json' } }]);
    expect(json.responses[0]).toMatchObject({ status: 201, body: { body: { content: 'Hi' } } });
  });

  it.each([
    ['21 parts', Array.from({ length: 21 }, (_, i) => get(String(i), '/me'))],
    ['none', []],
    ['an id twice', [get('1', '/me'), get('1', '/me')]],
    ['absolute URLs', [get('1', 'https://graph.microsoft.com/v1.0/me')]],
    ['a batch in a batch', [get('1', '/$batch')]],
    ['a wait for what comes later', [get('1', '/me', { dependsOn: ['2'] }), get('2', '/me')]],
  ])('refuses %s', async (_, requests) => {
    expect((await batch(requests)).status).toBe(400);
  });
});
