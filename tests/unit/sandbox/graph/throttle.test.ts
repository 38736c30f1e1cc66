import { beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, member, READING } from './world.ts';

const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
let world = createWorld({ throttle: 'real' });
beforeEach(() => {
  world = createWorld({ throttle: 'real' });
  world.consent('User.Read', ...READING);
});

describe('throttling', () => {
  it('lets one read and one write of messages a second pass in a chat, whoever asks', async () => {
    const chat = await groupChat(world, [ALICE, BOB]);
    const read = (email: string) => world.call(email, 'GET', `/chats/${chat}/messages`);
    expect((await read(ALICE)).status).toBe(200);
    const refused = await read(BOB);
    expect(refused.status).toBe(429);
    expect(refused.json.error.code).toBe('TooManyRequests');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await world.call(ALICE, 'GET', `/me/chats/${encodeURIComponent(chat)}/messages`)).status).toBe(429);
    expect((await world.call(ALICE, 'POST', `/chats/${chat}/messages`, { body: { content: 'x' } })).status).toBe(201);
    world.pass(999);
    expect((await read(ALICE)).status).toBe(429);
    world.pass(1000);
    expect((await read(ALICE)).status).toBe(200);
  });

  it('counts a reply with quote as a message, and images as other reads', async () => {
    const chat = await groupChat(world, [ALICE, BOB]);
    const { id } = world.tenant.addMessage({ chatId: chat, from: BOB, html: 'x', images: [{}, {}] });
    const quote = (email: string) =>
      world.call(email, 'POST', `/chats/${chat}/messages/replyWithQuote`, {
        messageIds: [id],
        replyMessage: { body: { content: 'x' } },
      });
    expect((await quote(ALICE)).status).toBe(201);
    expect((await world.call(ALICE, 'POST', `/chats/${chat}/messages`, { body: { content: 'x' } })).status).toBe(429);
    const hosted = `/chats/${chat}/messages/${id}/hostedContents`;
    expect((await world.call(BOB, 'GET', `/chats/${chat}/messages/${id}`)).status).toBe(200);
    expect((await world.call(ALICE, 'GET', hosted)).status).toBe(200);
    expect((await world.call(BOB, 'GET', `${hosted}/x/$value`)).status).toBe(429);
    world.pass(2000);
    expect((await world.call(BOB, 'GET', `${hosted}/x/$value`)).status).toBe(404);
    expect((await quote(BOB)).status).toBe(201);
  });

  it('counts writes of a batch like any other', async () => {
    const chat = await groupChat(world, [ALICE, BOB]);
    const other = await groupChat(world, [ALICE, BOB]);
    const part = (id: string, to: string) => ({
      id,
      method: 'POST',
      url: `/chats/${to}/messages`,
      headers: { 'Content-Type': 'application/json' },
      body: { body: { content: id } },
    });
    const requests = [part('1', chat), part('2', chat), part('3', other)];
    const { json } = await world.call(ALICE, 'POST', '/$batch', { requests });
    const statuses = Object.fromEntries(json.responses.map((r: { id: string; status: number }) => [r.id, r.status]));
    expect(statuses).toEqual({ 1: 201, 2: 429, 3: 201 });
  });

  it('counts files in SharePoint’s units, sharing above all', async () => {
    world.consent('User.Read', 'Files.ReadWrite');
    const text = { 'content-type': 'text/plain' };
    const { id } = (await world.call(ALICE, 'PUT', '/me/drive/root:/a.txt:/content', 'x', text)).json;
    const share = () => world.call(ALICE, 'POST', `/me/drive/items/${id}/createLink`, { type: 'view' });
    for (let i = 0; i < 239; i++) expect((await share()).status).toBeLessThan(300);
    const refused = await share();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    world.pass(60_000);
    expect((await world.call(BOB, 'GET', '/me/drive/root')).status).toBe(200);
  });

  it('lets four changes of members a minute pass', async () => {
    const chat = await groupChat(world, [ALICE, BOB]);
    const add = (i: number) =>
      world.call(
        ALICE,
        'POST',
        `/chats/${chat}/members`,
        member(['carol', 'limited', 'nodesk', 'admin', 'ken.sato'][i] + '@contoso.test'),
      );
    for (let i = 0; i < 4; i++) {
      expect((await add(i)).status).toBe(201);
      world.pass(1000);
    }
    const refused = await add(4);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '57']);
    world.pass(57_000);
    expect((await add(4)).status).toBe(201);
  });

  it('lets 1,500 questions about presence pass in half a minute', async () => {
    world.consent('User.Read', 'Presence.Read.All');
    const ask = (email: string) =>
      world.call(email, 'POST', '/communications/getPresencesByUserId', { ids: [world.idOf(ALICE)] });
    for (let i = 0; i < 1500; i++) await ask(ALICE);
    expect((await ask(BOB)).status).toBe(429);
    world.pass(30_000);
    expect((await ask(BOB)).status).toBe(200);
  });

  it('lets a person list chats five times a second', async () => {
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await world.call(ALICE, 'GET', '/me/chats')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await world.call(BOB, 'GET', '/me/chats')).status).toBe(200);
  });
});
