import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { validateEndpoint } from '../../../sandbox/graph/endpoint-validation.ts';
import { createPost } from '../../../sandbox/graph/notification-post.ts';
import { type Served, serve } from '../../../sandbox/serve.ts';
import { createWorld, groupChat } from './world.ts';

const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const MINUTE = 60_000;
const world = createWorld({ post: createPost(20) });

/** The endpoint that is subscribed: what it heard, and how it behaves. */
let heard: { path: string; body: { value: Record<string, unknown>[] } }[] = [];
let refusals = 0;
let answer = (token: string) => new Response(token, { headers: { 'content-type': 'text/plain' } });
let endpoint: Served;
beforeAll(async () => {
  endpoint = await serve(async (request) => {
    const url = new URL(request.url);
    const token = url.searchParams.get('validationToken');
    if (token !== null) return answer(token);
    heard.push({ path: url.pathname + url.search, body: (await request.json()) as (typeof heard)[0]['body'] });
    refusals -= 1;
    return new Response('', { status: refusals >= 0 ? 503 : 202 });
  });
});
afterAll(async () => {
  world.graph.push.reset();
  await endpoint.close();
  expect(await world.problems()).toEqual([]);
});

let chat = '';
beforeEach(async () => {
  world.reset();
  world.graph.push.reset();
  world.graph.push.set({ http: true });
  world.consent('Chat.Read');
  heard = [];
  refusals = 0;
  answer = (token) => new Response(token, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
  chat = await groupChat(world, [ALICE, BOB]);
});

const at = (ahead: number) => new Date(world.clock.now() + ahead).toISOString();
const here = (path: string) => `http://127.0.0.1:${endpoint.port}${path}`;
const wanted = (more: Record<string, unknown> = {}) => ({
  changeType: 'created,updated,deleted',
  notificationUrl: here('/bell?key=1'),
  resource: `/chats/${chat}/messages`,
  expirationDateTime: at(59 * MINUTE),
  clientState: 'secret',
  ...more,
});
const subscribe = (more = {}, email = ALICE) => world.call(email, 'POST', '/subscriptions', wanted(more));
const say = (html: string) => {
  world.pass(10);
  return world.tenant.addMessage({ chatId: chat, from: BOB, html });
};
const items = () => heard.flatMap(({ body }) => body.value);
const hears = (count: number) => vi.waitFor(() => expect(items()).toHaveLength(count));

describe('a subscription', () => {
  it('is made after the address has answered, and seen by its maker alone, without the secret', async () => {
    const made = await subscribe();
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      resource: `/chats/${chat}/messages`,
      changeType: 'created,updated,deleted',
      clientState: 'secret',
      creatorId: world.idOf(ALICE),
      lifecycleNotificationUrl: null,
    });
    const list = (await world.call(ALICE, 'GET', '/subscriptions')).json;
    expect(list.value).toMatchObject([{ id: made.json.id, clientState: null }]);
    expect((await world.call(ALICE, 'GET', `/subscriptions/${made.json.id}`)).json.clientState).toBeNull();
    expect((await world.call(BOB, 'GET', '/subscriptions')).json.value).toEqual([]);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['PATCH', '', { expirationDateTime: at(MINUTE) }],
      ['POST', '/reauthorize', undefined],
    ] as const) {
      const other = await world.call(BOB, method, `/subscriptions/${made.json.id}${path}`, body);
      expect([other.status, other.json.error.code]).toEqual([404, 'ResourceNotFound']);
    }
    expect(world.tenant.state().subscriptions).toMatchObject([
      { creator: ALICE, threadId: chat, clientState: 'secret' },
    ]);
  });

  it.each([
    ['no scope', {}, 403, 'ExtensionError', /requires one of 'Chat\.Read, Chat\.ReadWrite'/],
    ['plain http', { notificationUrl: 'http://erp.example/bell' }, 400, 'ValidationError', /https/],
    ['no address', { notificationUrl: 'erp.example' }, 400, 'ValidationError', /https/],
    ['http for lifecycle', { lifecycleNotificationUrl: 'http://erp.example/x' }, 400, 'ValidationError', /https/],
    ['another change', { changeType: 'created,read' }, 400, 'ValidationError', /'read'/],
    ['no change', { changeType: undefined }, 400, 'ValidationError', /'changeType'/],
    ['a long secret', { clientState: 'x'.repeat(129) }, 400, 'ValidationError', /128/],
    ['the past', { ahead: -MINUTE }, 400, 'ValidationError', /future/],
    ['more than an hour', { ahead: 61 * MINUTE }, 400, 'ValidationError', /^lifecycleNotificationUrl is a required/],
    ['no time', { expirationDateTime: '2026-11-22' }, 400, 'BadRequest', /DateTimeOffset/],
    ['an unknown property', { colour: 'red' }, 400, 'BadRequest', /'colour'/],
    ['another resource', { resource: '/me/chats' }, 400, 'ValidationError', /\/me\/chats/],
    ['no such chat', { resource: '/chats/19:x@thread.v2/messages' }, 404, 'ExtensionError', /NotFound/],
  ])('is refused for %s', async (what, more, status, code, message) => {
    if (what === 'no scope') world.reset();
    if (what === 'plain http' || what.startsWith('http for')) world.graph.push.set({ http: false });
    const { ahead, ...rest } = more as { ahead?: number };
    const https = what.startsWith('http for') ? { notificationUrl: 'https://erp.example/bell' } : {};
    const answered = await subscribe({ ...https, ...rest, ...(ahead ? { expirationDateTime: at(ahead) } : {}) });
    expect([answered.status, answered.json.error.code]).toEqual([status, code]);
    expect(answered.json.error.message).toMatch(message);
    expect(world.tenant.state().subscriptions).toEqual([]);
  });

  it('is refused to who is not in the chat', async () => {
    const other = await subscribe({}, 'carol@contoso.test');
    expect([other.status, other.json.error.code]).toEqual([403, 'ExtensionError']);
  });

  it('lives three days where the app hears of what becomes of it', async () => {
    const lifecycleNotificationUrl = here('/life');
    const three = await subscribe({ lifecycleNotificationUrl, expirationDateTime: at(72 * 60 * MINUTE) });
    expect(three.status).toBe(201);
    await world.call(ALICE, 'DELETE', `/subscriptions/${three.json.id}`);
    const more = await subscribe({ lifecycleNotificationUrl, expirationDateTime: at(73 * 60 * MINUTE) });
    expect(more.json.error.message).toBe('Subscription expiration can only be 4320 minutes in the future.');
  });

  it('is one an app and chat, refused as documented or as seen in the wild', async () => {
    const { id } = (await subscribe()).json;
    for (const [email, more] of [
      [ALICE, {}],
      [BOB, { changeType: 'created', notificationUrl: here('/other') }],
    ] as const) {
      const second = await subscribe(more, email);
      expect([second.status, second.json.error.message]).toEqual([
        409,
        `Subscription Id ${id} already exists for the requested combination`,
      ]);
    }
    world.graph.push.set({ duplicates: 403 });
    const limited = await subscribe({}, BOB);
    expect([limited.status, limited.json.error.code]).toEqual([403, 'ExtensionError']);
    expect(limited.json.error.message).toMatch(/has reached its limit of '1' 'CHATS\/.+\/MESSAGES' subscription/);
    expect((await world.call(ALICE, 'DELETE', `/subscriptions/${id}`)).status).toBe(204);
    expect((await subscribe({}, BOB)).status).toBe(201);
  });

  it('is renewed by its maker till it has run out', async () => {
    const { id } = (await subscribe()).json;
    world.pass(50 * MINUTE);
    const renew = (expirationDateTime: string) =>
      world.call(ALICE, 'PATCH', `/subscriptions/${id}`, { expirationDateTime });
    const renewed = await renew(at(60 * MINUTE));
    expect([renewed.status, renewed.json.expirationDateTime]).toEqual([200, at(60 * MINUTE)]);
    expect((await renew(at(61 * MINUTE))).status).toBe(400);
    const empty = await world.call(ALICE, 'PATCH', `/subscriptions/${id}`, {});
    expect(empty.json.error.message).toMatch(/either the 'expirationDateTime' or 'notificationUrl'/);
    expect((await world.call(ALICE, 'PATCH', `/subscriptions/${id}`, { clientState: 'x' })).status).toBe(400);
    world.pass(60 * MINUTE);
    world.consent('Chat.Read');
    expect((await renew(at(MINUTE))).json.error.code).toBe('ResourceNotFound');
    expect((await subscribe()).status).toBe(201);
  });
});

describe('the handshake', () => {
  it.each([
    ['the encoded token', (token: string) => new Response(encodeURIComponent(token), plain), /exactly match/],
    ['quotes around it', (token: string) => new Response(JSON.stringify(token), plain), /exactly match/],
    ['JSON', (token: string) => Response.json(token), /must respond with 200 OK/],
    ['another status', (token: string) => new Response(token, { ...plain, status: 202 }), /must respond with 200 OK/],
    ['a redirect', () => new Response('', { status: 302, headers: { location: '/' } }), /must respond with 200 OK/],
  ])('fails on %s', async (_, given, message) => {
    answer = given;
    const { status, json } = await subscribe();
    expect([status, json.error.code]).toEqual([400, 'ValidationError']);
    expect(json.error.message).toMatch(message);
  });

  it('fails where nobody is there, or too slow, or only one of two answers', async () => {
    const nobody = await subscribe({ notificationUrl: 'http://127.0.0.1:1/' });
    expect(nobody.json.error.message).toMatch(/must respond with 200 OK/);
    answer = (token) => new Response(new ReadableStream({ start: () => void token }), plain);
    await expect(validateEndpoint(here('/slow'), 50)).rejects.toThrow('Subscription validation request timed out.');
    let asked = 0;
    answer = (token) => new Response(asked++ === 0 ? token : '', plain);
    expect((await subscribe({ lifecycleNotificationUrl: here('/life') })).status).toBe(400);
    expect(asked).toBe(2);
  });

  it('goes to where a public address really lies', async () => {
    world.graph.push.set({ http: false, hosts: { 'https://erp.contoso.test': here('') } });
    const made = await subscribe({ notificationUrl: 'https://erp.contoso.test/api/method/bell?key=2' });
    expect(made.status).toBe(201);
    say('one');
    world.graph.push.scan();
    await hears(1);
    expect(heard[0]?.path).toBe('/api/method/bell?key=2');
  });
  const plain = { headers: { 'content-type': 'text/plain' } };
});

describe('notifications', () => {
  it('tell of new, changed and deleted messages by their address, never what they say', async () => {
    const { json } = await subscribe();
    const { id } = say('one');
    world.tenant.react({ chatId: chat, id, from: ALICE, type: '👍' });
    await world.call(ALICE, 'GET', '/me/chats');
    await hears(1);
    world.pass(10);
    world.tenant.editMessage({ chatId: chat, id, html: 'two' });
    world.graph.push.scan();
    world.pass(10);
    world.tenant.deleteMessage({ chatId: chat, id });
    world.graph.push.scan();
    await hears(3);
    expect(items().map((item) => item.changeType)).toEqual(['created', 'updated', 'deleted']);
    const resource = `chats('${chat}')/messages('${id}')`;
    expect(items()[0]).toEqual({
      subscriptionId: json.id,
      subscriptionExpirationDateTime: json.expirationDateTime,
      tenantId: world.tenant.directory.require(ALICE).tenantId,
      clientState: 'secret',
      changeType: 'created',
      resource,
      resourceData: { id, '@odata.type': '#Microsoft.Graph.chatMessage', '@odata.id': resource },
    });
    expect(heard[0]?.path).toBe('/bell?key=1');
  });

  it('come for what was asked for alone, one’s own messages and the chat’s events too', async () => {
    world.consent('Chat.Read', 'Chat.ReadWrite');
    await subscribe({ changeType: 'created' });
    const path = `/chats/${chat}/messages`;
    const { id } = (await world.call(ALICE, 'POST', path, { body: { content: 'mine' } })).json;
    await world.call(ALICE, 'PATCH', `${path}/${id}`, { body: { content: 'changed' } });
    await world.call(ALICE, 'PATCH', `/chats/${chat}`, { topic: 'Other' });
    await hears(2);
    expect(items().every((item) => item.changeType === 'created')).toBe(true);
  });

  it('are tried again till they are taken', async () => {
    await subscribe();
    refusals = 2;
    say('one');
    world.graph.push.scan();
    await hears(3);
    expect(new Set(items().map((item) => JSON.stringify(item))).size).toBe(1);
  });

  it('stop with the subscription, its time and its maker’s place in the chat', async () => {
    const { id } = (await subscribe({ lifecycleNotificationUrl: here('/life') })).json;
    world.tenant.changeMembers({ chatId: chat, from: BOB, remove: ALICE });
    world.graph.push.scan();
    await hears(1);
    expect(items()[0]).toMatchObject({ subscriptionId: id, lifecycleEvent: 'subscriptionRemoved' });
    await subscribe({}, BOB);
    world.pass(60 * MINUTE);
    say('late');
    world.graph.push.scan();
    await new Promise((done) => setTimeout(done, 50));
    expect(items()).toHaveLength(1);
  });

  it('are held back from who was challenged till they answer, and from a token that has run out', async () => {
    const lifecycleNotificationUrl = here('/life');
    const made = await subscribe({ lifecycleNotificationUrl, expirationDateTime: at(71 * 60 * MINUTE) });
    const [subscription] = world.tenant.subscriptions.live(world.clock.now());
    if (!subscription) throw new Error('it was just made');
    world.graph.push.lifecycle(subscription, 'reauthorizationRequired');
    await hears(1);
    expect(items()[0]).toEqual({
      subscriptionId: made.json.id,
      subscriptionExpirationDateTime: made.json.expirationDateTime,
      tenantId: subscription.tenantId,
      clientState: 'secret',
      lifecycleEvent: 'reauthorizationRequired',
    });
    expect(heard[0]?.path).toBe('/life');
    say('held');
    world.graph.push.scan();
    await new Promise((done) => setTimeout(done, 30));
    expect(items()).toHaveLength(1);
    const again = () => world.call(ALICE, 'POST', `/subscriptions/${made.json.id}/reauthorize`);
    expect((await again()).status).toBe(204);
    await hears(2);
    world.pass(3 * 60 * MINUTE);
    world.consent('Chat.Read');
    say('after the token');
    world.graph.push.scan();
    await new Promise((done) => setTimeout(done, 30));
    expect(items()).toHaveLength(2);
    await again();
    await hears(3);
  });

  it('can fall silent, and say later that some were missed', async () => {
    await subscribe({ lifecycleNotificationUrl: here('/life') });
    world.graph.push.set({ silent: true });
    say('unheard');
    world.graph.push.scan();
    world.graph.push.set({ silent: false });
    const [subscription] = world.tenant.subscriptions.live(world.clock.now());
    if (subscription) world.graph.push.lifecycle(subscription, 'missed');
    await hears(1);
    expect(items()[0]).toMatchObject({ lifecycleEvent: 'missed' });
    expect(() => world.graph.push.set({ loud: true } as object)).toThrow('No switch "loud"');
  });

  it('come from channels where an administrator consented to reading them', async () => {
    const team = world.tenant.teams.all()[0];
    const channel = team?.channels[0];
    if (!team || !channel) throw new Error('there is a team');
    const resource = `teams/${team.id}/channels/${channel.id}/messages`;
    expect((await subscribe({ resource })).status).toBe(403);
    world.consent('Chat.Read', 'ChannelMessage.Read.All');
    expect((await subscribe({ resource })).status).toBe(201);
    const post = world.tenant.postInChannel({ teamId: team.id, channelId: channel.id, from: BOB, html: 'x' });
    world.pass(5);
    const place = { teamId: team.id, channelId: channel.id, from: BOB };
    const reply = world.tenant.postInChannel({ ...place, html: 'y', replyToId: post.id });
    world.graph.push.scan();
    await hears(2);
    expect(items().map((item) => item.resource)).toEqual([
      `teams('${team.id}')/channels('${channel.id}')/messages('${post.id}')`,
      `teams('${team.id}')/channels('${channel.id}')/messages('${post.id}')/replies('${reply.id}')`,
    ]);
  });
});
