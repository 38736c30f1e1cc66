import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const CAROL = 'carol@contoso.test';
const IMG = '<img src="../hostedContents/1/$value">';
const BYTES = Buffer.from('not really a picture').toString('base64');
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent(...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const image = (id = '1', more: Record<string, unknown> = {}) => ({
  '@microsoft.graph.temporaryId': id,
  contentBytes: BYTES,
  contentType: 'image/jpeg',
  ...more,
});
const send = (content: string, hostedContents: unknown, more: Record<string, unknown> = {}) =>
  world.call(ALICE, 'POST', `/chats/${chat}/messages`, {
    body: { contentType: 'html', content },
    hostedContents,
    ...more,
  });

describe('images that lie with a message', () => {
  it('get ids of their own and absolute URLs', async () => {
    const { status, json } = await send(`a ${IMG} b <img alt="two" src="../hostedContents/zwei/$value">`, [
      image(),
      image('zwei'),
    ]);
    expect(status).toBe(201);
    const urls = [...json.body.content.matchAll(/src="([^"]+)"/g)].map((match: RegExpMatchArray) => match[1] ?? '');
    const root = `https://graph.microsoft.com/v1.0/chats/${chat}/messages/${json.id}/hostedContents/`;
    expect(urls).toHaveLength(2);
    for (const url of urls) expect(url.startsWith(root) && url.endsWith('/$value')).toBe(true);
    const list = await world.call(BOB, 'GET', `/chats/${chat}/messages/${json.id}/hostedContents`);
    expect(list.json).toMatchObject({ '@odata.count': 2 });
    const [first] = list.json.value;
    expect(first).toEqual({ id: expect.stringMatching(/^[\w-]+$/), contentBytes: null, contentType: null });
    expect(urls[0]).toBe(`${root}${first.id}/$value`);
    const bytes = await world.call(BOB, 'GET', urls[0] ?? '');
    expect(bytes.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await bytes.response.arrayBuffer()).toString()).toBe('not really a picture');
    expect((await world.call(BOB, 'GET', `${root}${first.id}`)).json).toMatchObject(first);
  });

  it('can lie in a card', async () => {
    const content = JSON.stringify({
      type: 'AdaptiveCard',
      version: '1.2',
      body: [{ type: 'Image', url: '../hostedContents/1/$value' }],
    });
    const attachments = [{ id: 'c', contentType: 'application/vnd.microsoft.card.adaptive', content }];
    const { json } = await send('<attachment id="c"></attachment>', [image()], { attachments });
    const { url } = JSON.parse(json.attachments[0].content).body[0];
    expect((await world.call(ALICE, 'GET', url)).status).toBe(200);
  });

  it.each([
    ['one that nothing names', 'x', [image()]],
    ['a name without one', IMG, []],
    ['another name', IMG, [image('2')]],
    ['a name twice', IMG, [image(), image()]],
    ['no temporary id', IMG, [{ contentBytes: BYTES, contentType: 'image/png' }]],
    ['no bytes', IMG, [image('1', { contentBytes: '' })]],
    ['what is no base64', IMG, [image('1', { contentBytes: 'data:image/png;base64,AAAA' })]],
    ['base64 cut short', IMG, [image('1', { contentBytes: 'AAAAA' })]],
    ['no type', IMG, [image('1', { contentType: undefined })]],
    ['what is no image', IMG, [image('1', { contentType: 'text/html' })]],
    ['an unknown property', IMG, [image('1', { width: 3 })]],
  ])('refuse %s', async (_, content, hosted) => {
    const answer = await send(content, hosted);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'BadRequest']);
  });

  it('have 4 MB a call', async () => {
    const big = (bytes: number) => image('1', { contentBytes: Buffer.alloc(bytes).toString('base64') });
    expect((await send(IMG, [big(3 * 1024 * 1024 - 3000)])).status).toBe(201);
    expect((await send(IMG, [big(3 * 1024 * 1024)])).status).toBe(413);
  });

  it('are for members who may see the message, with a scope that reads', async () => {
    const { json } = await send(IMG, [image()]);
    const root = `/chats/${chat}/messages/${json.id}/hostedContents`;
    const { id } = (await world.call(ALICE, 'GET', root)).json.value[0];
    const get = async (email: string | null, path: string) => (await world.call(email, 'GET', path)).status;
    expect(await get(CAROL, `${root}/${id}/$value`)).toBe(403);
    expect(await get(null, `${root}/${id}/$value`)).toBe(401);
    expect(await get(BOB, `${root}/nothing/$value`)).toBe(404);
    expect(await get(BOB, `/chats/${chat}/messages/1/hostedContents`)).toBe(404);
    expect(await get(BOB, `${root}?$top=1`)).toBe(400);
    const me = `/users/${world.idOf(ALICE)}/chats/${chat}/messages/${json.id}`;
    expect(await get(ALICE, `${me}/hostedContents/${id}/$value`)).toBe(200);
    await world.call(ALICE, 'POST', `${me}/softDelete`);
    expect(await get(BOB, `${root}/${id}/$value`)).toBe(404);
    world.tenant.consents.adminConsented.clear();
    world.consent('Chat.ReadBasic');
    expect(await get(BOB, `${root}/${id}/$value`)).toBe(403);
  });

  it('stay when the message is changed, and more can come', async () => {
    const { json } = await send(IMG, [image()]);
    const body = { contentType: 'html', content: `${json.body.content} changed ${IMG}` };
    const path = `/chats/${chat}/messages/${json.id}`;
    expect((await world.call(ALICE, 'PATCH', path, { body, hostedContents: [image()] })).status).toBe(204);
    const urls = [...(await world.call(BOB, 'GET', path)).json.body.content.matchAll(/src="([^"]+)"/g)];
    expect(new Set(urls.map((match) => match[1])).size).toBe(2);
    for (const [, url] of urls) expect((await world.call(BOB, 'GET', url)).status).toBe(200);
  });

  it('travel as base64 in a batch', async () => {
    const { json } = await send(IMG, [image()]);
    const { id } = (await world.call(ALICE, 'GET', `/chats/${chat}/messages/${json.id}/hostedContents`)).json.value[0];
    const url = `/chats/${chat}/messages/${json.id}/hostedContents/${id}/$value`;
    const { json: batch } = await world.call(ALICE, 'POST', '/$batch', { requests: [{ id: '1', method: 'GET', url }] });
    expect(batch.responses[0]).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/jpeg' }, body: BYTES });
  });

  it('lie with posts and replies of channels too', async () => {
    const READ = 'ChannelMessage.Read.All';
    world.consent(READ, 'ChannelMessage.Send', 'ChannelMessage.ReadWrite');
    const [team] = world.tenant.teams.all();
    const channel = team?.channels.find((one) => one.memberIds === null && !one.isArchived);
    const [email = ''] = world.tenant
      .people()
      .filter(({ id }) => team?.memberIds.includes(id))
      .map((one) => one.email);
    const root = `/teams/${team?.id}/channels/${channel?.id}/messages`;
    const body = { body: { contentType: 'html', content: IMG }, hostedContents: [image()] };
    const post = (await world.call(email, 'POST', root, body)).json;
    const reply = (await world.call(email, 'POST', `${root}/${post.id}/replies`, body)).json;
    await world.call(email, 'PATCH', `${root}/${post.id}`, { importance: 'high' });
    for (const [message, path] of [
      [post, `${root}/${post.id}`],
      [reply, `${root}/${post.id}/replies/${reply.id}`],
    ]) {
      const url = message.body.content.match(/src="([^"]+)"/)[1];
      expect(url.startsWith(`https://graph.microsoft.com/v1.0${path}/hostedContents/`)).toBe(true);
      expect((await world.call(email, 'GET', url)).status).toBe(200);
      expect((await world.call(email, 'GET', `${path}/hostedContents`)).json.value).toHaveLength(1);
    }
    world.tenant.consents.adminConsented.delete(READ);
    world.consent();
    expect((await world.call(email, 'GET', `${root}/${post.id}/hostedContents`)).status).toBe(403);
  });
});
