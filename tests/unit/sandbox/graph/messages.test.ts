import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
let chat = '';
beforeEach(async () => {
  world.reset();
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const send = (content: string, more: Record<string, unknown> = {}, email = ALICE) =>
  world.call(email, 'POST', `/chats/${chat}/messages`, { body: { contentType: 'html', content }, ...more });
const list = (query = '', headers = {}) =>
  world.call(ALICE, 'GET', `/chats/${chat}/messages${query}`, undefined, headers);
const contents = async (query: string) =>
  (await list(query)).json.value.map((m: { body: { content: string } }) => m.body.content);
const say = (html: string) => {
  world.pass(10);
  return world.tenant.addMessage({ chatId: chat, from: BOB, html });
};

describe('scopes', () => {
  it('lets the base tier write and not read', async () => {
    expect((await send('Hello')).status).toBe(201);
    const read = await list();
    expect(read.status).toBe(403);
    expect(read.json.error.message).toMatch(
      /^Missing scope permissions on the request\. API requires one of 'Chat\.Read, Chat\.ReadWrite'/,
    );
    const { id } = (await send('Again')).json;
    expect((await world.call(ALICE, 'PATCH', `/chats/${chat}/messages/${id}`, { body: { content: 'x' } })).status).toBe(
      403,
    );
  });
});

describe('with the reading tier', () => {
  beforeEach(() => world.consent(...READING));

  it('stores a message by the millisecond and gives it back rewritten', async () => {
    const { json } = await send(
      '<b style="color:red">Hi</b>  &#39;you&#39; <a href="https://x.test/?a=1&amp;b=2" onclick="x()">link</a><script>x</script>',
    );
    expect(json.body.content).toBe(
      '<p><b>Hi</b> &nbsp;\'you\' <a href="https://x.test/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">link</a></p>',
    );
    const second = (await send('now')).json;
    expect(Number(second.id)).toBe(Number(json.id) + 1);
    expect(Date.parse(second.createdDateTime)).toBe(Number(second.id));
    expect(second).toMatchObject({
      etag: second.id,
      messageType: 'message',
      from: { user: { id: world.idOf(ALICE), displayName: 'Alice Anders' } },
    });
    const text = await send('a <b>', { body: { contentType: 'text', content: 'a <b>' } });
    expect(text.json.body).toEqual({ contentType: 'text', content: 'a <b>' });
  });

  it('keeps a colleague’s words byte for byte', async () => {
    const html = '<img src=x onerror="alert(1)"><b>x</b>';
    say(html);
    expect((await contents('?$top=1'))[0]).toBe(html);
  });

  it.each([
    ['emptiness', { body: { content: ' ' } }],
    ['no body', {}],
    ['an unknown property', { body: { content: 'x' }, colour: 'red' }],
    ['a mention that is not listed', { body: { contentType: 'html', content: '<at id="0">Bob</at>' } }],
    ['another content type', { body: { contentType: 'markdown', content: 'x' } }],
  ])('refuses %s', async (_, body) => {
    expect((await world.call(ALICE, 'POST', `/chats/${chat}/messages`, body)).status).toBe(400);
  });

  it('refuses more than 28 KB', async () => {
    expect((await send('ü'.repeat(14 * 1024 - 10))).status).toBe(201);
    expect((await send('x'.repeat(28 * 1024))).status).toBe(413);
  });

  it('takes mentions that match', async () => {
    const user = { id: world.idOf(BOB), displayName: 'Bob Bhatt', userIdentityType: 'aadUser' };
    const { status, json } = await send('<at id="0">Bob</at> look', {
      mentions: [{ id: 0, mentionText: 'Bob', mentioned: { user } }],
    });
    expect(status).toBe(201);
    expect(json.body.content).toBe('<p><at id="0">Bob</at> look</p>');
  });

  it('lists newest first, by change or by birth, in pages', async () => {
    const first = say('one');
    for (const html of ['two', 'three', 'four']) say(html);
    world.pass(10);
    world.tenant.react({ chatId: chat, id: first.id, from: ALICE, type: '👍' });
    expect((await contents('?$top=2')).at(0)).toBe('one');
    expect(await contents('?$top=2&$orderby=createdDateTime desc')).toEqual(['four', 'three']);
    const page = await list('?$top=2&$orderby=createdDateTime desc');
    const next = await world.call(ALICE, 'GET', page.json['@odata.nextLink']);
    expect(next.json.value.map((m: { body: { content: string } }) => m.body.content)).toEqual(['two', 'one']);
  });

  it('filters on the property it orders by, and else ignores the filter', async () => {
    say('old');
    const mark = new Date(world.clock.now()).toISOString();
    say('new');
    const since = `$filter=lastModifiedDateTime gt ${mark}`;
    expect(await contents(`?${since}&$orderby=lastModifiedDateTime desc`)).toEqual(['new']);
    expect((await contents(`?${since}`)).length).toBe(4);
    expect((await contents(`?${since}&$orderby=createdDateTime desc`)).length).toBe(4);
    expect(await contents(`?$orderby=createdDateTime desc&$filter=createdDateTime lt ${mark}`)).not.toContain('new');
    expect((await list(`?$orderby=createdDateTime desc&$filter=createdDateTime gt ${mark}`)).status).toBe(400);
  });

  it.each([
    '$top=51',
    '$orderby=createdDateTime asc',
    '$orderby=id desc',
    '$select=id',
    '$expand=replies',
    '$skip=1',
    "$filter=body eq 'x'",
  ])('refuses ?%s', async (query) => {
    expect((await list(`?${query}`)).status).toBe(400);
  });

  it('tells system messages by name only to those who prefer it', async () => {
    const plain = (await list()).json.value;
    expect(plain.map((m: { messageType: string }) => m.messageType)).toEqual([
      'unknownFutureValue',
      'unknownFutureValue',
    ]);
    const told = (await list('', { Prefer: 'include-unknown-enum-members' })).json.value;
    expect(told[1]).toMatchObject({
      messageType: 'systemEventMessage',
      from: null,
      body: { content: '<systemEventMessage/>' },
    });
    expect(told[1].eventDetail['@odata.type']).toBe('#microsoft.graph.membersAddedEventMessageDetail');
    expect(told[1].eventDetail.members).toHaveLength(2);
  });

  it('edits, deletes, restores and reacts under the user’s path, each moving the watermark', async () => {
    const { id } = (await send('draft')).json;
    const own = `/users/${world.idOf(ALICE)}/chats/${chat}/messages/${id}`;
    const get = async () => (await world.call(ALICE, 'GET', `/chats/${chat}/messages/${id}`)).json;
    const seen: string[] = [(await get()).lastModifiedDateTime];
    const moved = async () => {
      const message = await get();
      expect(message.lastModifiedDateTime > (seen.at(-1) ?? '')).toBe(true);
      expect(message.etag).toBe(String(Date.parse(message.lastModifiedDateTime)));
      seen.push(message.lastModifiedDateTime);
      return message;
    };
    expect(
      (
        await world.call(ALICE, 'PATCH', `/chats/${chat}/messages/${id}`, {
          body: { contentType: 'html', content: 'final' },
        })
      ).status,
    ).toBe(204);
    const edited = await moved();
    expect(edited.body.content).toBe('<p>final</p>');
    expect(edited.lastEditedDateTime).toBe(edited.lastModifiedDateTime);
    expect((await world.call(ALICE, 'POST', `${own}/setReaction`, { reactionType: '❤' })).status).toBe(204);
    const reacted = await moved();
    expect(reacted.reactions).toMatchObject([{ reactionType: '❤', user: { user: { id: world.idOf(ALICE) } } }]);
    expect(reacted.lastEditedDateTime).toBe(edited.lastEditedDateTime);
    await world.call(ALICE, 'POST', `${own}/unsetReaction`, { reactionType: '❤' });
    expect((await moved()).reactions).toEqual([]);
    expect((await world.call(ALICE, 'POST', `${own}/softDelete`)).status).toBe(204);
    const deleted = await moved();
    expect(deleted.body.content).toBe('');
    expect(deleted.deletedDateTime).toBe(deleted.lastModifiedDateTime);
    await world.call(ALICE, 'POST', `${own}/undoSoftDelete`);
    expect(await moved()).toMatchObject({ deletedDateTime: null, body: { content: '<p>final</p>' } });
    expect((await world.call(ALICE, 'POST', `/chats/${chat}/messages/${id}/softDelete`)).status).toBe(405);
    const asBob = `/users/${world.idOf(BOB)}/chats/${chat}/messages/${id}`;
    expect((await world.call(BOB, 'POST', `${asBob}/softDelete`)).status).toBe(403);
    expect((await world.call(ALICE, 'POST', `${asBob}/softDelete`)).status).toBe(403);
    expect((await world.call(BOB, 'PATCH', `/chats/${chat}/messages/${id}`, { body: { content: 'x' } })).status).toBe(
      403,
    );
  });
});

describe('the state told to the control server', () => {
  it('names people by e-mail', async () => {
    say('<b>x</b>');
    const state = world.tenant.state();
    expect(state.chats[0]?.members.map((m) => m.email)).toEqual([ALICE, BOB]);
    expect(state.chats[0]?.messages.at(-1)).toMatchObject({ from: BOB, content: '<b>x</b>', deleted: false });
    expect(state.consents.people[ALICE]).toContain('Chat.Create');
    world.reset();
    expect(world.tenant.state().chats).toEqual([]);
  });
});
