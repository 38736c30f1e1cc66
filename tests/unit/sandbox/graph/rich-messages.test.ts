import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const GUID = '153fa47d-18c9-4179-be08-9879815a9f90';
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent(...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const send = (content: string, more: Record<string, unknown> = {}, email = ALICE) =>
  world.call(email, 'POST', `/chats/${chat}/messages`, { body: { contentType: 'html', content }, ...more });
const read = async (id: string, email = BOB) => (await world.call(email, 'GET', `/chats/${chat}/messages/${id}`)).json;
const tag = (id: string) => `<attachment id="${id}"></attachment>`;
const user = (email: string) => ({ id: world.idOf(email), displayName: email, userIdentityType: 'aadUser' });
const mention = (id: number, email = BOB) => ({ id, mentionText: 'Bob', mentioned: { user: user(email) } });
const card = (content: unknown, contentType = 'application/vnd.microsoft.card.adaptive') => ({
  id: 'c1',
  contentType,
  content: typeof content === 'string' ? content : JSON.stringify(content),
});
const file = (more: Record<string, unknown> = {}) => ({
  id: GUID,
  contentType: 'reference',
  contentUrl: 'https://contoso.sharepoint.com/sites/x/Offer.pdf',
  name: 'Offer.pdf',
  ...more,
});
const ADAPTIVE = { type: 'AdaptiveCard', version: '1.4', body: [] };

describe('a message with more than words', () => {
  it('has importance, subject and mentions, each mention with every kind of identity', async () => {
    const { status, json } = await send('<at id="0">Bob</at> and <at id="1">all</at>', {
      importance: 'urgent',
      subject: 'Offer',
      mentions: [
        mention(0),
        {
          id: 1,
          mentionText: 'all',
          mentioned: { conversation: { id: chat, displayName: 'all', conversationIdentityType: 'chat' } },
        },
      ],
    });
    expect(status).toBe(201);
    const stored = await read(json.id);
    expect(stored).toMatchObject({ importance: 'urgent', subject: 'Offer' });
    expect(stored.mentions[0]).toEqual({
      id: 0,
      mentionText: 'Bob',
      mentioned: { application: null, device: null, conversation: null, user: user(BOB) },
    });
  });

  it.each([
    ['an adaptive card', card(ADAPTIVE)],
    ['a thumbnail card', card({ title: 'x', buttons: [] }, 'application/vnd.microsoft.card.thumbnail')],
    ['a file', file()],
  ])('takes %s and gives all its properties back', async (_, attachment) => {
    const { status, json } = await send(`See ${tag(attachment.id)}`, { attachments: [attachment] });
    expect(status).toBe(201);
    expect(json.body.content).toBe(`<p>See ${tag(attachment.id)}</p>`);
    const empty = { contentUrl: null, content: null, name: null, thumbnailUrl: null, teamsAppId: null };
    expect((await read(json.id)).attachments).toEqual([{ ...empty, ...attachment }]);
  });

  it('can be a card alone', async () => {
    expect((await send(tag('c1'), { attachments: [card(ADAPTIVE)] })).status).toBe(201);
  });

  it.each([
    ['an unknown importance', 'x', { importance: 'low' }],
    ['another message type', 'x', { messageType: 'systemEventMessage' }],
    ['a mention of nobody', '<at id="0">x</at>', { mentions: [{ id: 0, mentionText: 'x', mentioned: {} }] }],
    ['a mention without a list', '<at id="0">x</at>', { mentions: [] }],
    ['a list without a mention', 'x', { mentions: [{ id: 0, mentionText: 'x', mentioned: { user: { id: 'x' } } }] }],
    ['a mention without a text', '<at id="0">x</at>', { mentions: [{ id: 0, mentioned: { user: { id: 'x' } } }] }],
    ['a mention whose id is text', '<at id="0">x</at>', { mentions: [{ id: '0', mentionText: 'x', mentioned: {} }] }],
    ['an attachment that the body does not name', 'x', { attachments: [card(ADAPTIVE)] }],
    ['a tag without its attachment', tag('c1'), {}],
    ['an id twice', tag('c1'), { attachments: [card(ADAPTIVE), card(ADAPTIVE)] }],
    ['an attachment without a type', tag('c1'), { attachments: [{ id: 'c1' }] }],
    ['an attachment of another type', tag('c1'), { attachments: [card(ADAPTIVE, 'application/pdf')] }],
    ['a card that is an object', tag('c1'), { attachments: [{ ...card(ADAPTIVE), content: ADAPTIVE }] }],
    ['a card that is no JSON', tag('c1'), { attachments: [card('{')] }],
    ['a card of another kind', tag('c1'), { attachments: [card({ type: 'MessageCard' })] }],
    ['a card at a URL', tag('c1'), { attachments: [{ ...card(ADAPTIVE), contentUrl: 'https://x.test' }] }],
    ['a file whose id is no GUID', tag('f'), { attachments: [file({ id: 'f' })] }],
    ['a file outside SharePoint', tag(GUID), { attachments: [file({ contentUrl: 'https://erp.example/x.pdf' })] }],
    ['a file without a URL', tag(GUID), { attachments: [file({ contentUrl: undefined })] }],
    ['an unknown property', tag(GUID), { attachments: [file({ size: 3 })] }],
  ])('refuses %s', async (_, content, more) => {
    const answer = await send(content, more);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'BadRequest']);
  });

  it('wants HTML for attachments and mentions', async () => {
    const text = (more: object) =>
      world.call(ALICE, 'POST', `/chats/${chat}/messages`, { body: { content: `${tag('c1')}` }, ...more });
    expect((await text({ attachments: [card(ADAPTIVE)] })).status).toBe(400);
    expect((await text({ mentions: [mention(0)] })).status).toBe(400);
  });

  it('counts cards among its 28 KB', async () => {
    const big = card({ ...ADAPTIVE, body: [{ type: 'TextBlock', text: 'x'.repeat(28 * 1024) }] });
    expect((await send(tag('c1'), { attachments: [big] })).status).toBe(413);
  });
});

describe('a change of one’s own message', () => {
  const patch = (id: string, body: unknown, email = ALICE) =>
    world.call(email, 'PATCH', `/chats/${chat}/messages/${id}`, body);

  it('is of the properties that are sent, and all others stay', async () => {
    const { id } = (
      await send(`<at id="0">Bob</at>${tag('c1')}`, {
        mentions: [mention(0)],
        attachments: [card(ADAPTIVE)],
        subject: 'Old',
      })
    ).json;
    expect((await patch(id, { importance: 'high' })).status).toBe(204);
    const changed = await read(id);
    expect(changed).toMatchObject({ importance: 'high', subject: 'Old', attachments: [{ id: 'c1' }] });
    expect(changed.lastEditedDateTime).toBe(changed.lastModifiedDateTime);
    const plain = { body: { contentType: 'html', content: 'plain' } };
    expect((await patch(id, plain)).status).toBe(400);
    expect((await patch(id, { ...plain, mentions: [], attachments: [], subject: null })).status).toBe(204);
    expect(await read(id)).toMatchObject({
      body: { content: '<p>plain</p>' },
      mentions: [],
      attachments: [],
      subject: null,
    });
  });

  it('takes back what was read, as the documentation’s examples send it', async () => {
    const { id } = (await send('one')).json;
    const { from, reactions, importance, locale, messageType } = await read(id);
    const body = { contentType: 'text', content: 'Edit text only' };
    const given = { from, reactions, importance, locale, messageType, body, attachments: [], mentions: [] };
    expect((await patch(id, given)).status).toBe(204);
    expect((await read(id)).body).toEqual(body);
  });

  it('refuses what the delegated caller must not touch, and others’ messages', async () => {
    const { id } = (await send('one')).json;
    expect((await patch(id, { policyViolation: {} })).status).toBe(400);
    expect((await patch(id, { importance: 'high' }, BOB)).status).toBe(403);
    expect((await patch('1', { importance: 'high' })).status).toBe(404);
  });
});

describe('reactions', () => {
  const react = (path: string, reactionType: string) => world.call(BOB, 'POST', path, { reactionType });

  it.each(['👍', '❤️', '👩🏽‍💻', '🇮🇳', '1️⃣', 'like', 'surprised'])('can be %s, under both paths', async (type) => {
    const { id } = (await send('x')).json;
    expect((await react(`/chats/${chat}/messages/${id}/setReaction`, type)).status).toBe(204);
    expect((await read(id)).reactions).toMatchObject([{ reactionType: type, user: { user: { id: world.idOf(BOB) } } }]);
    const own = `/users/${world.idOf(BOB)}/chats/${chat}/messages/${id}/unsetReaction`;
    expect((await react(own, type)).status).toBe(204);
    expect((await read(id)).reactions).toEqual([]);
  });

  it.each(['', 'x', 'thumbsup', '👍👍', '👍 '])('refuse “%s”', async (type) => {
    const { id } = (await send('x')).json;
    expect((await react(`/chats/${chat}/messages/${id}/setReaction`, type)).status).toBe(400);
  });

  it('need no more than ChatMessage.Send', async () => {
    const { id } = (await send('x')).json;
    world.tenant.consents.adminConsented.clear();
    world.consent('ChatMessage.Send');
    expect((await react(`/chats/${chat}/messages/${id}/setReaction`, '👍')).status).toBe(204);
    const own = `/users/${world.idOf(ALICE)}/chats/${chat}/messages/${id}/softDelete`;
    expect((await world.call(ALICE, 'POST', own)).status).toBe(403);
  });
});
