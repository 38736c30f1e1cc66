import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, member, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const CAROL = 'carol@contoso.test';
beforeEach(() => world.reset());
afterAll(async () => expect(await world.problems()).toEqual([]));

const create = (body: unknown, email = ALICE) => world.call(email, 'POST', '/chats', body);
const group = (members: unknown[], more: Record<string, unknown> = {}) =>
  create({ chatType: 'group', topic: 'T', members, ...more });

describe('POST /chats', () => {
  it('makes a group chat of everybody, guests as guests, by UPN or id', async () => {
    const { status, json } = await group([
      member(ALICE),
      member(world.idOf(BOB)),
      member('erin_partner.example#EXT#@contoso.onmicrosoft.test', 'guest'),
      member(world.idOf('gina@fabrikam.test'), 'owner', {
        tenantId: world.tenant.directory.require('gina@fabrikam.test').tenantId,
      }),
    ]);
    expect(status).toBe(201);
    expect(json).toMatchObject({ topic: 'T', chatType: 'group', id: expect.stringMatching(/^19:.*@thread\.v2$/) });
    const { json: members } = await world.call(ALICE, 'GET', `/chats/${json.id}/members`);
    expect(members.value.map((m: { email: string; roles: string[] }) => [m.email, ...m.roles])).toEqual([
      [ALICE, 'owner'],
      [BOB, 'owner'],
      ['erin@partner.example', 'guest'],
      ['gina@fabrikam.test', 'owner'],
    ]);
  });

  it.each([
    ['a colon in the topic', { topic: 'a:b' }, [member(ALICE), member(BOB)]],
    ['251 characters', { topic: 'x'.repeat(251) }, [member(ALICE), member(BOB)]],
    ['a property of nothing', { title: 'T' }, [member(ALICE), member(BOB)]],
    ['nobody else', {}, [member(ALICE)]],
    ['the caller missing', {}, [member(BOB), member(CAROL)]],
    ['somebody twice', {}, [member(ALICE), member(BOB), member(BOB)]],
    ['no type', {}, [member(ALICE), { ...member(BOB), '@odata.type': undefined }]],
    ['no role', {}, [member(ALICE), { ...member(BOB), roles: [] }]],
    ['an unknown role', {}, [member(ALICE), { ...member(BOB), roles: ['member'] }]],
    ['a colleague as guest', {}, [member(ALICE), member(BOB, 'guest')]],
    ['a guest as owner', {}, [member(ALICE), member('erin_partner.example#EXT#@contoso.onmicrosoft.test')]],
    ['a bind elsewhere', {}, [member(ALICE), { ...member(BOB), 'user@odata.bind': 'https://example.com/users(1)' }]],
    ['somebody disabled', {}, [member(ALICE), member('frank@contoso.test')]],
    ['an unknown kind of chat', { chatType: 'meeting' }, [member(ALICE), member(BOB)]],
  ])('refuses %s with 400', async (_, more, members) => {
    const { status, json } = await group(members, more);
    expect([status, json.error.code]).toEqual([400, 'BadRequest']);
    expect(world.tenant.chats.all()).toEqual([]);
  });

  it('names the one that is not found, by mail or in another tenant', async () => {
    for (const key of ['nobody@contoso.test', 'dana.diaz@contoso.test', world.idOf('gina@fabrikam.test')]) {
      const { status, json } = await group([member(ALICE), member(key)]);
      expect(status).toBe(404);
      expect(json.error.message).toContain(key);
    }
  });

  it('takes 250 people and no more', async () => {
    world.tenant.directory.hireCrew(250);
    const crew = Array.from({ length: 250 }, (_, i) => member(`crew${String(i + 1).padStart(3, '0')}@contoso.test`));
    expect((await group([member(ALICE), ...crew])).status).toBe(400);
    expect((await group([member(ALICE), ...crew.slice(1)])).status).toBe(201);
  });

  it('never gives an existing group chat, and always the existing one-on-one', async () => {
    const both = [member(ALICE), member(BOB)];
    expect((await group(both)).json.id).not.toBe((await group(both)).json.id);
    const first = (await create({ chatType: 'oneOnOne', members: both })).json.id;
    expect((await create({ chatType: 'oneOnOne', members: [...both].reverse() })).json.id).toBe(first);
    expect((await create({ chatType: 'oneOnOne', topic: 'T', members: both })).status).toBe(400);
    expect((await create({ chatType: 'oneOnOne', members: [...both, member(CAROL)] })).status).toBe(400);
  });

  it('needs JSON and Chat.Create', async () => {
    expect((await world.call(ALICE, 'POST', '/chats', '{"chatType":')).status).toBe(400);
    expect((await world.call(ALICE, 'POST', '/chats', '{}', { 'content-type': 'text/plain' })).status).toBe(400);
    const { signIn } = await import('../entra/browser.ts');
    const { tokens } = await signIn(world, BOB, { scope: 'User.Read openid offline_access' });
    world.useToken(BOB, tokens.access_token);
    const { status, json } = await create({}, BOB);
    expect(status).toBe(403);
    expect(json.error.message).toBe(
      "Missing scope permissions on the request. API requires one of 'Chat.Create, Chat.ReadWrite'. Scopes on the request 'User.Read'",
    );
  });
});

describe('GET /me/chats', () => {
  it('shows a new chat late, and the chat itself at once', async () => {
    const id = await groupChat(world, [ALICE, BOB]);
    expect((await world.call(ALICE, 'GET', `/chats/${id}`)).json.topic).toBe('Budget · EV00001');
    expect((await world.call(ALICE, 'GET', '/me/chats')).json.value).toEqual([]);
    world.pass(2000);
    expect((await world.call(ALICE, 'GET', '/me/chats')).json.value).toHaveLength(1);
    expect((await world.call(CAROL, 'GET', '/me/chats')).json.value).toEqual([]);
  });

  it('has no word of a message in the base tier, and the preview when asked in the reading tier', async () => {
    const id = await groupChat(world, [ALICE, BOB]);
    world.pass(2000);
    world.tenant.addMessage({ chatId: id, from: BOB, html: '<p>Hello</p>' });
    const list = (query: string) => world.call(ALICE, 'GET', `/me/chats${query}`);
    expect((await list('?$expand=lastMessagePreview,members')).json.value[0]).not.toHaveProperty('lastMessagePreview');
    world.consent(...READING);
    expect((await list('')).json.value[0]).not.toHaveProperty('lastMessagePreview');
    const [chat] = (await list('?$expand=lastMessagePreview,members&$orderby=lastMessagePreview/createdDateTime desc'))
      .json.value;
    expect(chat.lastMessagePreview).toMatchObject({
      body: { content: '<p>Hello</p>' },
      isDeleted: false,
      messageType: 'message',
    });
    expect(chat.members).toHaveLength(2);
    expect(chat.viewpoint.lastMessageReadDateTime < chat.lastMessagePreview.createdDateTime).toBe(true);
  });

  it('comes in pages of at most 50, newest message first', async () => {
    world.consent(...READING);
    const ids = [];
    for (let i = 0; i < 5; i++) {
      ids.push(await groupChat(world, [ALICE, BOB], `T ${i}`));
      world.pass(1000);
    }
    world.pass(2000);
    world.tenant.addMessage({ chatId: ids[2] ?? '', from: BOB, html: 'x' });
    const first = await world.call(
      ALICE,
      'GET',
      '/me/chats?$top=3&$expand=lastMessagePreview&$orderby=lastMessagePreview/createdDateTime desc',
    );
    const second = await world.call(ALICE, 'GET', first.json['@odata.nextLink']);
    const topics = [...first.json.value, ...second.json.value].map((c: { topic: string }) => c.topic);
    expect(topics).toEqual(['T 2', 'T 4', 'T 3', 'T 1', 'T 0']);
    expect(second.json['@odata.nextLink']).toBeUndefined();
    const filtered = await world.call(ALICE, 'GET', `/me/chats?$filter=${encodeURIComponent("topic eq 'T 3'")}`);
    expect(filtered.json.value).toHaveLength(1);
  });

  it.each(['$top=51', '$top=0', '$select=id', '$orderby=createdDateTime', '$expand=messages', '$search="x"', 'foo=1'])(
    'refuses ?%s',
    async (query) => {
      expect((await world.call(ALICE, 'GET', `/me/chats?${query}`)).status).toBe(400);
    },
  );
});

describe('one chat', () => {
  it('is for its members', async () => {
    const id = await groupChat(world, [ALICE, BOB]);
    expect((await world.call(CAROL, 'GET', `/chats/${id}`)).json.error.code).toBe('Forbidden');
    expect((await world.call(CAROL, 'GET', `/chats/${id}/members`)).status).toBe(403);
    expect((await world.call(CAROL, 'POST', `/chats/${id}/messages`, { body: { content: 'x' } })).status).toBe(403);
    expect((await world.call(ALICE, 'GET', `/users/${world.idOf(BOB)}/chats`)).status).toBe(403);
    expect((await world.call(ALICE, 'GET', '/chats/19:nothere@thread.v2')).status).toBe(404);
    expect((await world.call(ALICE, 'GET', '/chats/rubbish')).status).toBe(400);
    expect(
      (await world.call(ALICE, 'GET', `/chats/${encodeURIComponent(id)}?$expand=members`)).json.members,
    ).toHaveLength(2);
  });

  it('is renamed with Chat.ReadWrite by the rules of topics', async () => {
    const id = await groupChat(world, [ALICE, BOB]);
    expect((await world.call(ALICE, 'PATCH', `/chats/${id}`, { topic: 'New' })).status).toBe(403);
    world.consent(...READING);
    expect((await world.call(ALICE, 'PATCH', `/chats/${id}`, { topic: 'a:b' })).status).toBe(400);
    expect((await world.call(ALICE, 'PATCH', `/chats/${id}`, { topic: 'New' })).json.topic).toBe('New');
    const { json } = await world.call(ALICE, 'GET', `/chats/${id}/messages?$top=1`, undefined, {
      Prefer: 'include-unknown-enum-members',
    });
    expect(json.value[0].eventDetail).toMatchObject({
      '@odata.type': '#microsoft.graph.chatRenamedEventMessageDetail',
      chatDisplayName: 'New',
    });
  });

  it('is marked read and unread by each for themselves', async () => {
    world.consent(...READING);
    const id = await groupChat(world, [ALICE, BOB]);
    world.pass(5000);
    const { tenantId } = world.tenant.directory.require(BOB);
    const read = async () => (await world.call(BOB, 'GET', `/chats/${id}`)).json.viewpoint.lastMessageReadDateTime;
    expect(await read()).toBe('0001-01-01T00:00:00Z');
    const user = { id: world.idOf(BOB), tenantId };
    expect((await world.call(BOB, 'POST', `/chats/${id}/markChatReadForUser`, { user })).status).toBe(204);
    expect(Date.parse(await read())).toBe(world.clock.now());
    expect((await world.call(ALICE, 'POST', `/chats/${id}/markChatReadForUser`, { user })).status).toBe(403);
    await world.call(BOB, 'POST', `/chats/${id}/markChatUnreadForUser`, {
      user,
      lastMessageReadDateTime: '2026-11-01T00:00:00Z',
    });
    expect(await read()).toBe('2026-11-01T00:00:00.000Z');
  });
});

describe('hiding', () => {
  it('is for oneself, shows in lists, and ends with the next message', async () => {
    world.consent(...READING);
    const id = await groupChat(world, [ALICE, BOB]);
    world.pass(5000);
    const me = (email: string) => ({
      user: { id: world.idOf(email), tenantId: world.tenant.directory.require(email).tenantId },
    });
    const hidden = async (email: string) =>
      (await world.call(email, 'GET', '/me/chats')).json.value[0].viewpoint.isHidden;
    expect((await world.call(ALICE, 'POST', `/chats/${id}/hideForUser`, me(BOB))).status).toBe(403);
    expect((await world.call(ALICE, 'POST', `/chats/${id}/hideForUser`, me(ALICE))).status).toBe(204);
    expect([await hidden(ALICE), await hidden(BOB)]).toEqual([true, false]);
    expect((await world.call(ALICE, 'POST', `/chats/${id}/unhideForUser`, me(ALICE))).status).toBe(204);
    expect(await hidden(ALICE)).toBe(false);
    await world.call(ALICE, 'POST', `/chats/${id}/hideForUser`, me(ALICE));
    await world.call(BOB, 'POST', `/chats/${id}/messages`, { body: { content: 'x' } });
    expect(await hidden(ALICE)).toBe(false);
    expect(await world.problems()).toEqual([]);
  });
});

describe('members', () => {
  it('are added one by one, with or without the history', async () => {
    const id = await groupChat(world, [ALICE, BOB]);
    const add = (key: string, more = {}) =>
      world.call(ALICE, 'POST', `/chats/${id}/members`, member(key, 'owner', more));
    expect((await add(CAROL)).status).toBe(403);
    world.consent(...READING);
    world.pass(1000);
    expect((await add(CAROL)).status).toBe(201);
    expect((await add('limited@contoso.test', { visibleHistoryStartDateTime: '0001-01-01T00:00:00Z' })).status).toBe(
      201,
    );
    expect((await add(CAROL)).status).toBe(400);
    const seen = async (email: string) => (await world.call(email, 'GET', `/chats/${id}/messages`)).json.value.length;
    expect(await seen('limited@contoso.test')).toBe((await seen(CAROL)) + 2);
  });

  it('are removed with an administrator’s scope alone', async () => {
    world.consent(...READING);
    const id = await groupChat(world, [ALICE, BOB, CAROL]);
    const { json } = await world.call(ALICE, 'GET', `/chats/${id}/members`);
    const path = `/chats/${id}/members/${json.value[2].id}`;
    expect((await world.call(ALICE, 'DELETE', path)).status).toBe(403);
    world.consent('ChatMember.ReadWrite');
    expect((await world.call(ALICE, 'DELETE', path)).status).toBe(204);
    expect((await world.call(CAROL, 'GET', `/chats/${id}`)).status).toBe(403);
  });

  it('are removed by their membership, leave by their own, and stay in a chat of two', async () => {
    world.consent(...READING, 'ChatMember.ReadWrite');
    const id = await groupChat(world, [ALICE, BOB, CAROL]);
    expect((await world.call(ALICE, 'DELETE', `/chats/${id}/members/${world.idOf(BOB)}`)).status).toBe(404);
    const { json } = await world.call(ALICE, 'GET', `/chats/${id}/members`);
    const own = json.value.find((m: { userId: string }) => m.userId === world.idOf(ALICE)).id;
    expect((await world.call(ALICE, 'DELETE', `/chats/${id}/members/${own}`)).status).toBe(204);
    expect((await world.call(ALICE, 'DELETE', `/chats/${id}/members/${own}`)).status).toBe(403);
    const said = await world.call(BOB, 'GET', `/chats/${id}/messages?$top=1`, undefined, {
      Prefer: 'include-unknown-enum-members',
    });
    const left = said.json.value[0].eventDetail;
    expect([left['@odata.type'], left.initiator.user.id, left.members[0].id]).toEqual([
      '#microsoft.graph.membersDeletedEventMessageDetail',
      world.idOf(ALICE),
      world.idOf(ALICE),
    ]);
    const pair = await world.call(ALICE, 'POST', '/chats', {
      chatType: 'oneOnOne',
      members: [member(ALICE), member(BOB)],
    });
    const roster = await world.call(ALICE, 'GET', `/chats/${pair.json.id}/members`);
    expect(
      (await world.call(ALICE, 'DELETE', `/chats/${pair.json.id}/members/${roster.json.value[0].id}`)).status,
    ).toBe(400);
  });

  it('come all at once, 250 of them, and take no options', async () => {
    world.tenant.directory.hireCrew(248);
    const crew = Array.from({ length: 248 }, (_, i) => `crew${String(i + 1).padStart(3, '0')}@contoso.test`);
    const id = await groupChat(world, [ALICE, BOB, ...crew]);
    const { json } = await world.call(ALICE, 'GET', `/chats/${id}/members`);
    expect([json.value.length, json['@odata.nextLink']]).toEqual([250, undefined]);
    expect((await world.call(ALICE, 'GET', `/chats/${id}/members?$top=20`)).status).toBe(400);
  });
});
