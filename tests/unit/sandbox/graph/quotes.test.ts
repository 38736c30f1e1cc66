import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../entra/browser.ts';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent('ChatMessage.Send', ...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const say = (html: string) => world.tenant.addMessage({ chatId: chat, from: BOB, html }).id;
const quote = (messageIds: unknown, content = 'Yes', contentType = 'text', email = ALICE) =>
  world.call(email, 'POST', `/chats/${chat}/messages/replyWithQuote`, {
    messageIds,
    replyMessage: { body: { contentType, content } },
  });

describe('replyWithQuote', () => {
  it('makes a message with the quotes as attachments', async () => {
    const first = say('<p>Is it <b>there</b>?</p><p>A &amp; B</p>');
    const second = say('Hello?');
    const { status, json } = await quote([first, second], 'Yes <now>');
    expect(status).toBe(201);
    expect(json.body).toEqual({
      contentType: 'html',
      content: `<p></p>\n<attachment id="${first}"></attachment>\n<attachment id="${second}"></attachment>\nYes &lt;now&gt;\n<p></p>`,
    });
    expect(json.attachments).toMatchObject([
      { id: first, contentType: 'messageReference', contentUrl: null, name: null },
      { id: second, contentType: 'messageReference' },
    ]);
    const sender = { userIdentityType: 'aadUser', id: world.idOf(BOB), displayName: 'Bob Bhatt' };
    expect(JSON.parse(json.attachments[0].content)).toMatchObject({
      messageId: first,
      messagePreview: 'Is it there? A & B',
      messageSender: { application: null, device: null, user: sender },
    });
    expect((await world.call(BOB, 'GET', `/chats/${chat}/messages/${json.id}`)).json.attachments).toHaveLength(2);
  });

  it('keeps HTML, mentions and cards of the reply', async () => {
    const id = say('Hello?');
    const user = { id: world.idOf(BOB), displayName: 'Bob', userIdentityType: 'aadUser' };
    const { json } = await world.call(ALICE, 'POST', `/chats/${chat}/messages/replyWithQuote`, {
      messageIds: [id],
      replyMessage: {
        body: { contentType: 'html', content: '<p><at id="0">Bob</at> yes</p>' },
        mentions: [{ id: 0, mentionText: 'Bob', mentioned: { user } }],
      },
    });
    expect(json.body.content).toContain('<p><at id="0">Bob</at> yes</p>');
    expect(json.mentions).toHaveLength(1);
  });

  it('takes ten and no more, of messages that are there', async () => {
    const ids = Array.from({ length: 11 }, (_, i) => say(String(i)));
    expect((await quote(ids.slice(1))).status).toBe(201);
    expect((await quote(ids)).status).toBe(400);
    expect((await quote([])).status).toBe(400);
    expect((await quote([ids[0], ids[0]])).status).toBe(400);
    expect((await quote(ids[0])).status).toBe(400);
    expect((await quote(['1'])).status).toBe(404);
    expect((await quote([ids[0]], ' ')).status).toBe(400);
    const event = world.tenant.state().chats[0]?.messages[0]?.id;
    expect((await quote([event])).status).toBe(400);
    world.tenant.deleteMessage({ chatId: chat, id: ids[0] ?? '' });
    expect((await quote([ids[0]])).status).toBe(400);
    expect((await quote([ids[1]], 'x', 'text', 'carol@contoso.test')).status).toBe(403);
    const none = await world.call(ALICE, 'POST', `/chats/${chat}/messages/replyWithQuote`, { messageIds: [ids[1]] });
    expect(none.status).toBe(400);
  });

  it('needs ChatMessage.Send and takes nothing in its place', async () => {
    const id = say('x');
    world.tenant.consents.adminConsented.clear();
    world.tenant.consents.withdraw(world.idOf(ALICE));
    world.consent('User.Read', 'Chat.ReadWrite');
    const scope = 'User.Read Chat.ReadWrite openid profile offline_access';
    world.useToken(ALICE, (await signIn(world, ALICE, { scope })).tokens.access_token);
    const answer = await quote([id]);
    expect(answer.status).toBe(403);
    expect(answer.json.error.message).toMatch(/requires one of 'ChatMessage\.Send'/);
  });

  it('has no sister that forwards: that is in beta alone', async () => {
    const answer = await world.call(ALICE, 'POST', `/chats/${chat}/messages/forwardToChat`, {
      messageIds: [],
      targetChatIds: [],
    });
    expect(answer.status).toBe(400);
  });
});

describe('a quote sent as an attachment', () => {
  it('is taken as Teams keeps it, of a message of the same chat', async () => {
    const id = say('Hello?');
    const send = (quoted: string, messageId: string) =>
      world.call(ALICE, 'POST', `/chats/${chat}/messages`, {
        body: { contentType: 'html', content: `<attachment id="${quoted}"></attachment>Yes` },
        attachments: [
          {
            id: quoted,
            contentType: 'messageReference',
            content: JSON.stringify({ messageId, messagePreview: 'Hello?' }),
          },
        ],
      });
    expect((await send(id, id)).status).toBe(201);
    expect((await send(id, '1')).status).toBe(400);
    expect((await send('1', '1')).status).toBe(400);
  });
});
