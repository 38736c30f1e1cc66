import { describe, expect, it } from 'vitest';
import { createGroupChat, getChat, listChats, markRead, renameChat } from '../../../lib/graph/chats.ts';
import { changeMessage, getMessage } from '../../../lib/graph/message-acts.ts';
import { changesIn, listBefore, listChangedSince, sendMessage, writtenBefore } from '../../../lib/graph/messages.ts';
import { findPeople, me } from '../../../lib/graph/people.ts';
import { photos } from '../../../lib/graph/photos.ts';
import { presences } from '../../../lib/graph/presence.ts';
import { asChatId, asMessageId, asUserId, type Email } from '../../../lib/model/ids.ts';
import { type MessageContent, plainContent } from '../../../lib/model/message.ts';
import { type Answer, errorOf, fakeGraph, graphError, json, type Sent } from './fake-graph.ts';

const CHAT = asChatId('19:abc@thread.v2');
const ADA = asUserId('aaaaaaaa-0000-4000-8000-000000000001');
const GUS = asUserId('cccccccc-0000-4000-8000-000000000003');
const email = (text: string) => text as Email;

const chat = (id: string, more: object = {}) => ({
  id,
  topic: 'Launch · EV-1',
  chatType: 'group',
  createdDateTime: '2026-11-01T10:00:00Z',
  webUrl: 'https://teams.example/l/chat/1',
  ...more,
});
const message = (n: number) => ({
  id: String(n),
  etag: String(n),
  messageType: 'message',
  createdDateTime: new Date(n).toISOString(),
  lastModifiedDateTime: new Date(n).toISOString(),
  from: { user: { id: ADA, displayName: 'Ada' } },
  body: { contentType: 'html', content: `<p>${n}</p>` },
});
const person = (name: string, more: object = {}) => ({
  id: `id-${name}`,
  displayName: name,
  mail: `${name}@example.org`,
  userPrincipalName: `${name}@example.org`,
  ...more,
});

describe('chats', () => {
  it('are created by one POST with everybody and their roles', async () => {
    const { graph, sent } = fakeGraph([json(chat(CHAT), 201)]);
    const created = await createGroupChat(graph, {
      topic: 'Launch · EV-1',
      members: [
        { userId: ADA, role: 'owner' },
        { userId: GUS, role: 'guest' },
        { userId: asUserId('far'), role: 'owner', tenantId: '99999999-0000-4000-8000-000000000000' },
      ],
    });
    expect(created.id).toBe(CHAT);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.method).toBe('POST');
    expect(sent[0]?.body).toEqual({
      chatType: 'group',
      topic: 'Launch · EV-1',
      members: [
        {
          '@odata.type': '#microsoft.graph.aadUserConversationMember',
          roles: ['owner'],
          'user@odata.bind': `https://graph.microsoft.com/v1.0/users('${ADA}')`,
        },
        {
          '@odata.type': '#microsoft.graph.aadUserConversationMember',
          roles: ['guest'],
          'user@odata.bind': `https://graph.microsoft.com/v1.0/users('${GUS}')`,
        },
        {
          '@odata.type': '#microsoft.graph.aadUserConversationMember',
          roles: ['owner'],
          'user@odata.bind': "https://graph.microsoft.com/v1.0/users('far')",
          tenantId: '99999999-0000-4000-8000-000000000000',
        },
      ],
    });
  });

  it('name the member whom Graph refuses, and only where Graph named one of ours', async () => {
    const members = [
      { userId: ADA, role: 'owner' as const },
      { userId: GUS, role: 'guest' as const },
    ];
    const named = fakeGraph([graphError(400, 'BadRequest', `Failed to resolve user '${GUS.toUpperCase()}'`)]);
    expect(await errorOf(createGroupChat(named.graph, { topic: 't', members }))).toMatchObject({
      code: 'member-refused',
      detail: GUS,
    });
    const nobody = fakeGraph([graphError(400, 'BadRequest', 'The topic is not valid')]);
    expect((await errorOf(createGroupChat(nobody.graph, { topic: 't', members }))).code).toBe('refused-by-microsoft');
  });

  it('whose creation was answered strangely may exist', async () => {
    const { graph } = fakeGraph([json({ hello: 1 }, 201)]);
    const members = [{ userId: ADA, role: 'owner' as const }];
    expect((await errorOf(createGroupChat(graph, { topic: 't', members }))).code).toBe('outcome-unknown');
  });

  it('are read with their members', async () => {
    const { graph, sent } = fakeGraph([
      json(
        chat(CHAT, {
          members: [
            { '@odata.type': '#x', roles: ['owner'], displayName: 'Ada', userId: ADA, email: 'ada@example.org' },
            { '@odata.type': '#x', roles: ['guest'], displayName: 'Gus', userId: GUS, email: null },
            { '@odata.type': '#x', roles: [], displayName: null },
          ],
          viewpoint: { isHidden: false, lastMessageReadDateTime: '2026-11-02T00:00:00Z' },
        }),
      ),
    ]);
    expect(await getChat(graph, CHAT)).toEqual({
      id: CHAT,
      topic: 'Launch · EV-1',
      kind: 'group',
      webUrl: 'https://teams.example/l/chat/1',
      createdAt: '2026-11-01T10:00:00Z',
      readUpTo: '2026-11-02T00:00:00Z',
      newestAt: null,
      members: [
        { userId: ADA, displayName: 'Ada', email: 'ada@example.org', role: 'owner' },
        { userId: GUS, displayName: 'Gus', email: null, role: 'guest' },
        { userId: null, displayName: '', email: null, role: 'member' },
      ],
    });
    expect(sent[0]?.path).toBe(`/chats/${CHAT}?$expand=members`);
  });

  it('are listed over all pages, and no page more than was asked for', async () => {
    const pages: Answer[] = [
      json({
        value: [chat('1'), chat('2')],
        '@odata.nextLink': 'https://graph.microsoft.com/v1.0/me/chats?$expand=members&$top=50&$skiptoken=a%20b',
      }),
      json({ value: [chat('3', { chatType: 'meeting', lastMessagePreview: { id: '1', createdDateTime: 'T' } })] }),
    ];
    const all = fakeGraph(pages);
    const ids = [];
    for await (const one of listChats(all.graph, { previews: true })) ids.push([one.id, one.kind, one.newestAt]);
    expect(ids).toEqual([
      ['1', 'group', null],
      ['2', 'group', null],
      ['3', 'meeting', 'T'],
    ]);
    expect(all.sent.map((s) => s.path)).toEqual([
      '/me/chats?$expand=members,lastMessagePreview&$top=50&$orderby=lastMessagePreview/createdDateTime desc',
      '/me/chats?$expand=members&$top=50&$skiptoken=a b',
    ]);
    const few = fakeGraph(pages);
    for await (const one of listChats(few.graph, { previews: false })) if (one.id === '1') break;
    expect(few.sent.map((s) => s.path)).toEqual(['/me/chats?$expand=members&$top=50']);
  });

  it('end where a next link comes twice or leads elsewhere', async () => {
    const loop = { value: [], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/me/chats?$skiptoken=1' };
    const drain = async (answer: object) => {
      for await (const _ of listChats(fakeGraph([json(answer)]).graph, { previews: false }));
    };
    expect((await errorOf(drain(loop))).code).toBe('microsoft-down');
    const elsewhere = { ...loop, '@odata.nextLink': 'https://evil.example/v1.0/me/chats' };
    expect((await errorOf(drain(elsewhere))).code).toBe('microsoft-down');
  });

  it('are marked as read, which may be repeated', async () => {
    const { graph, sent } = fakeGraph([graphError(503, 'x', 'x'), json(undefined, 204)]);
    await markRead(graph, CHAT, { userId: ADA, tenantId: '11111111-1111-4111-8111-111111111111' });
    expect(sent).toHaveLength(2);
    expect(sent[1]?.path).toBe(`/chats/${CHAT}/markChatReadForUser`);
    expect(sent[1]?.body).toEqual({ user: { id: ADA, tenantId: '11111111-1111-4111-8111-111111111111' } });
  });
});

describe('a chat’s name', () => {
  it('is written once more where the answer was lost, since that changes nothing', async () => {
    const { graph, sent } = fakeGraph([new TypeError('fetch failed'), json(chat(CHAT))]);
    await renameChat(graph, CHAT, 'Launch day · EV-1');
    expect(sent.map((one) => one.method)).toEqual(['PATCH', 'PATCH']);
    expect(sent[1]?.path).toBe(`/chats/${CHAT}`);
    expect(sent[1]?.body).toEqual({ topic: 'Launch day · EV-1' });
  });
});

describe('messages', () => {
  const next = `https://graph.microsoft.com/v1.0/chats/${CHAT}/messages?$top=50&$skiptoken=x`;

  it('changed since a watermark come with filter and order on one property, over all pages', async () => {
    const { graph, sent } = fakeGraph([
      json({ value: [message(4), message(3)], '@odata.nextLink': next }),
      json({ value: [message(2)] }),
    ]);
    const found = await listChangedSince(graph, CHAT, '2026-11-01T10:00:00.123Z');
    expect(found.map((m) => m.id)).toEqual(['4', '3', '2']);
    expect(sent[0]?.path).toBe(
      `/chats/${CHAT}/messages?$top=50&$orderby=lastModifiedDateTime desc&$filter=lastModifiedDateTime gt 2026-11-01T10:00:00.123Z`,
    );
    expect(sent[0]?.headers.get('prefer')).toBe('include-unknown-enum-members');
    expect(sent[1]?.headers.get('prefer'), 'pages too').toBe('include-unknown-enum-members');
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0), 'one read a second in a chat').toBeGreaterThanOrEqual(1000);
  });

  it('of a span come page by page, and each page says where the next one is', async () => {
    const { graph, sent } = fakeGraph([
      json({ value: [message(4), message(3)], '@odata.nextLink': next }),
      json({ value: [message(2)] }),
    ]);
    const span = { after: '2026-11-01T10:00:00.123Z', until: '2026-11-02T10:00:00.000Z' };
    const pages = await Array.fromAsync(changesIn(graph, CHAT, span));
    expect(pages.map((page) => [page.messages.map((m) => m.id), page.next])).toEqual([
      [['4', '3'], next],
      [['2'], null],
    ]);
    expect(sent[0]?.path).toBe(
      `/chats/${CHAT}/messages?$top=50&$orderby=lastModifiedDateTime desc&$filter=lastModifiedDateTime gt 2026-11-01T10:00:00.123Z and lastModifiedDateTime lt 2026-11-02T10:00:00.000Z`,
    );
    const older = fakeGraph([json({ value: [message(1)], '@odata.nextLink': next })]);
    for await (const page of writtenBefore(older.graph, CHAT, '2026-11-01T10:00:00Z')) {
      expect(page.next).toBe(next);
      break;
    }
    expect(
      older.sent.map((s) => s.path),
      'a page that nobody asks for is not read',
    ).toEqual([
      `/chats/${CHAT}/messages?$top=50&$orderby=createdDateTime desc&$filter=createdDateTime lt 2026-11-01T10:00:00Z`,
    ]);
  });

  it('before a time come in the number asked for, and say whether older ones exist', async () => {
    const three = { value: [message(3), message(2), message(1)] };
    const exact = await listBefore(fakeGraph([json(three)]).graph, CHAT, null, 3);
    expect([exact.messages.length, exact.more]).toEqual([3, false]);
    const cut = await listBefore(fakeGraph([json(three)]).graph, CHAT, null, 2);
    expect([cut.messages.length, cut.more]).toEqual([2, true]);
    const linked = fakeGraph([json({ ...three, '@odata.nextLink': next })]);
    expect((await listBefore(linked.graph, CHAT, '2026-11-01T10:00:00Z', 3)).more).toBe(true);
    expect(linked.sent.map((s) => s.path)).toEqual([
      `/chats/${CHAT}/messages?$top=3&$orderby=createdDateTime desc&$filter=createdDateTime lt 2026-11-01T10:00:00Z`,
    ]);
    const many = fakeGraph([json({ ...three, '@odata.nextLink': next }), json({ value: [] })]);
    expect(await listBefore(many.graph, CHAT, null, 80)).toMatchObject({ more: false });
    expect(many.sent[0]?.path).toContain('$top=50');
  });

  it('are sent as HTML, and refused before sending where Teams would', async () => {
    const { graph, sent } = fakeGraph([json(message(5), 201)]);
    const chat = { chatId: CHAT };
    expect((await sendMessage(graph, chat, plainContent('<p>hi</p>'), null)).id).toBe('5');
    expect(sent[0]?.body).toEqual({ body: { contentType: 'html', content: '<p>hi</p>' } });
    const long = sendMessage(graph, chat, plainContent('ä'.repeat(15_000)), null);
    expect((await errorOf(long)).code).toBe('too-long');
    expect(sent).toHaveLength(1);
  });

  it('carry mentions, cards, pictures and importance as Graph takes them, and a quote goes its own way', async () => {
    const { graph, sent } = fakeGraph([json(message(5), 201), json(message(6), 201)]);
    const card = {
      id: 'g',
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: '{"type":"AdaptiveCard"}',
    };
    const content: MessageContent = {
      html: '<at id="0">Bob</at><attachment id="g"></attachment><img src="../hostedContents/1/$value">',
      importance: 'urgent',
      mentions: [{ id: 0, name: 'Bob', userId: asUserId('bob') }],
      attachments: [card],
      images: [{ id: '1', contentType: 'image/png', bytes: 'AAAA' }],
    };
    const posted = {
      body: { contentType: 'html', content: content.html },
      importance: 'urgent',
      mentions: [
        {
          id: 0,
          mentionText: 'Bob',
          mentioned: { user: { id: 'bob', displayName: 'Bob', userIdentityType: 'aadUser' } },
        },
      ],
      attachments: [card],
      hostedContents: [{ '@microsoft.graph.temporaryId': '1', contentBytes: 'AAAA', contentType: 'image/png' }],
    };
    await sendMessage(graph, { chatId: CHAT }, content, null);
    expect(sent[0]?.body).toEqual(posted);
    await sendMessage(graph, { chatId: CHAT }, content, asMessageId('4'));
    expect(sent[1]?.path).toBe(`/chats/${CHAT}/messages/replyWithQuote`);
    expect(sent[1]?.body).toEqual({ messageIds: ['4'], replyMessage: posted });
  });
});

describe('what is done to a message', () => {
  const place = { chatId: CHAT };
  const id = asMessageId('5');
  const done = () => new Response(null, { status: 204 });

  it('goes where Graph takes it, by way of the person but for an edit', async () => {
    const { graph, sent } = fakeGraph([done()]);
    await changeMessage(graph, place, { kind: 'edit', id, content: plainContent('<p>new</p>') }, ADA);
    await changeMessage(graph, place, { kind: 'delete', id }, ADA);
    await changeMessage(graph, place, { kind: 'restore', id }, ADA);
    await changeMessage(graph, place, { kind: 'react', id, reaction: '🎉', on: true }, ADA);
    await changeMessage(graph, place, { kind: 'react', id, reaction: 'like', on: false }, ADA);
    const mine = `/users/${ADA}/chats/${CHAT}/messages/5`;
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PATCH', `/chats/${CHAT}/messages/5`, { body: { contentType: 'html', content: '<p>new</p>' } }],
      ['POST', `${mine}/softDelete`, undefined],
      ['POST', `${mine}/undoSoftDelete`, undefined],
      ['POST', `${mine}/setReaction`, { reactionType: '🎉' }],
      ['POST', `${mine}/unsetReaction`, { reactionType: 'like' }],
    ]);
  });

  it('in a channel goes to the message, or to the answer in its thread', async () => {
    const { graph, sent } = fakeGraph([done()]);
    const channel = { teamId: 't', channelId: CHAT, threadId: asMessageId('4') };
    await changeMessage(graph, { chatId: CHAT, channel }, { kind: 'delete', id }, ADA);
    await changeMessage(graph, { chatId: CHAT, channel }, { kind: 'delete', id: asMessageId('4') }, ADA);
    expect(sent.map(({ path }) => path)).toEqual([
      `/teams/t/channels/${CHAT}/messages/4/replies/5/softDelete`,
      `/teams/t/channels/${CHAT}/messages/4/softDelete`,
    ]);
  });

  it('a lost answer is not repeated by itself, but for a reaction', async () => {
    const edit = { kind: 'edit', id, content: plainContent('x') } as const;
    const lost = fakeGraph([new Error('reset')]);
    expect((await errorOf(changeMessage(lost.graph, place, edit, ADA))).code).toBe('outcome-unknown');
    expect(lost.sent).toHaveLength(1);
    const down = fakeGraph([graphError(503, 'serviceUnavailable', 'x')]);
    expect((await errorOf(changeMessage(down.graph, place, { kind: 'delete', id }, ADA))).code).toBe('outcome-unknown');
    expect(down.sent).toHaveLength(1);
    const react = { kind: 'react', id, reaction: '🎉', on: true } as const;
    const dropped = fakeGraph([new Error('reset'), done()]);
    await changeMessage(dropped.graph, place, react, ADA);
    expect(dropped.sent).toHaveLength(2);
  });

  it('is looked for at the message', async () => {
    const { graph, sent } = fakeGraph([json(message(5))]);
    expect((await getMessage(graph, place, id)).html).toBe('<p>5</p>');
    expect(sent[0]?.path).toBe(`/chats/${CHAT}/messages/5`);
  });
});

describe('people', () => {
  it('say who is signed in', async () => {
    const { graph, sent } = fakeGraph([json(person('ada'))]);
    expect(await me(graph)).toEqual({
      id: 'id-ada',
      displayName: 'ada',
      mail: 'ada@example.org',
      userPrincipalName: 'ada@example.org',
      guest: false,
    });
    expect(sent[0]?.path).toBe('/me?$select=id,displayName,mail,userPrincipalName');
  });

  it('are found by mail or sign-in name, guests too, several where several answer', async () => {
    const { graph, sent } = fakeGraph([
      json({
        value: [
          person('ada', { mail: 'Ada@Example.org' }),
          person('bob', { mail: 'robert@example.org' }),
          person('gus', { mail: 'gus@far.example', userPrincipalName: 'gus_far.example#EXT#@example.org' }),
          person('twin1', { mail: 'twin@example.org', userPrincipalName: 't1@example.org' }),
          person('twin2', { mail: null, userPrincipalName: 'twin@example.org' }),
        ],
      }),
    ]);
    const asked = ['ada@example.org', 'bob@example.org', 'gus@far.example', 'twin@example.org', 'nobody@example.org'];
    const found = await findPeople(graph, asked.map(email));
    expect(asked.map((a) => found.get(email(a))?.map((p) => p.displayName))).toEqual([
      ['ada'],
      ['bob'],
      ['gus'],
      ['twin1', 'twin2'],
      [],
    ]);
    expect(found.get(email('gus@far.example'))?.[0]?.guest).toBe(true);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.path).toContain("mail in ('ada@example.org','bob@example.org','gus@far.example'");
  });

  it('in numbers go in $batch, at most 15 expressions a filter, and a throttled part is asked again', async () => {
    let first = true;
    const answer = (sent: Sent) => {
      const { requests } = sent.body as { requests: { id: string; url: string }[] };
      const responses = requests.map(({ id, url }) => {
        const limited = first && id === '1';
        const who = /mail in \('([^']+)'/.exec(decodeURIComponent(url))?.[1] ?? '';
        return limited
          ? { id, status: 429, headers: { 'Retry-After': '4' }, body: { error: { code: 'TooManyRequests' } } }
          : { id, status: 200, body: { value: [person(who.split('@')[0] ?? '')] } };
      });
      first = false;
      return json({ responses: responses.reverse() });
    };
    const { graph, sent } = fakeGraph([answer]);
    const asked = Array.from({ length: 150 }, (_, i) => email(`p${i}@example.org`));
    const found = await findPeople(graph, asked);
    expect(found.size).toBe(150);
    expect(found.get(email('p7@example.org')), 'the part that was throttled').toHaveLength(1);
    const sizes = sent.map((s) => (s.body as { requests: unknown[] }).requests.length);
    expect(sizes).toEqual([20, 1, 2]);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(4000);
    for (const { body } of sent)
      for (const { url } of (body as { requests: { url: string }[] }).requests)
        expect(decodeURIComponent(url).match(/@example\.org/g)?.length).toBeLessThanOrEqual(15);
  });

  it('whose part of a batch is refused are an error, not nobody', async () => {
    const answer = (sent: Sent) =>
      json({
        responses: (sent.body as { requests: { id: string }[] }).requests.map(({ id }) => ({
          id,
          status: 403,
          body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } },
        })),
      });
    const asked = Array.from({ length: 8 }, (_, i) => email(`p${i}@example.org`));
    expect((await errorOf(findPeople(fakeGraph([answer]).graph, asked))).code).toBe('missing-scope');
  });

  it('whose address holds a quote do not end the filter early', async () => {
    const { graph, sent } = fakeGraph([json({ value: [] })]);
    await findPeople(graph, [email("o'brien@example.org")]);
    expect(sent[0]?.path).toContain("mail in ('o''brien@example.org') or");
  });

  it('asks nothing for nobody', async () => {
    const { graph, sent } = fakeGraph([json({})]);
    expect((await findPeople(graph, [])).size).toBe(0);
    expect(sent).toHaveLength(0);
  });
});

describe('photos', () => {
  const part = (id: number, status: number, type: string, body: unknown) => ({
    id: String(id),
    status,
    headers: { 'Content-Type': type },
    body,
  });
  const people = Array.from({ length: 23 }, (_, i) => asUserId(`person-${i}`));

  it('come as data: URLs, of images only, 20 people a request', async () => {
    const { graph, sent } = fakeGraph([
      (one) => {
        const { requests } = one.body as { requests: { id: string; url: string }[] };
        return json({ responses: requests.map(({ id }) => part(Number(id), 200, 'image/jpeg', 'AQL/')).reverse() });
      },
    ]);
    const found = await photos(graph, people);
    expect(sent.map(({ path }) => path)).toEqual(['/$batch', '/$batch']);
    const { requests } = sent[0]!.body as { requests: { url: string }[] };
    expect(requests).toHaveLength(20);
    expect(requests[0]?.url).toBe('/users/person-0/photos/48x48/$value');
    expect([...found.values()]).toEqual(people.map(() => 'data:image/jpeg;base64,AQL/'));
  });

  it('are null where there is none, or something else than an image came', async () => {
    const answers = [
      part(0, 404, 'application/json', { error: { code: 'ImageNotFound' } }),
      part(1, 200, 'image/svg+xml', 'AQL/'),
      part(2, 200, 'image/png', '"><script>'),
      part(3, 200, 'image/png', { not: 'text' }),
      part(4, 403, 'application/json', { error: { code: 'x' } }),
      part(5, 200, 'image/png', 'AQL/'),
    ];
    const { graph } = fakeGraph([json({ responses: answers })]);
    const found = await photos(graph, people.slice(0, 6));
    expect([...found.values()]).toEqual([null, null, null, null, null, 'data:image/png;base64,AQL/']);
  });

  it('are asked for again where Graph was too busy for one, and an error where it is down', async () => {
    const busy = { ...part(0, 429, 'application/json', {}), headers: { 'Retry-After': '3' } };
    const { graph, sent, clock } = fakeGraph([
      json({ responses: [busy] }),
      json({ responses: [part(0, 200, 'image/png', 'AQL/')] }),
    ]);
    expect((await photos(graph, people.slice(0, 1))).get(people[0]!)).toBe('data:image/png;base64,AQL/');
    expect(sent).toHaveLength(2);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(3000);
    const down = fakeGraph([json({ responses: [part(0, 500, 'application/json', {})] })]);
    expect((await errorOf(photos(down.graph, people.slice(0, 1)))).code).toBe('microsoft-down');
  });
});

describe('presence', () => {
  const presence = (id: string, availability: string, activity = availability, more: object = {}) => ({
    id,
    availability,
    activity,
    ...more,
  });

  it('is one call for up to 650 people, and may be repeated', async () => {
    const many = Array.from({ length: 651 }, (_, i) => asUserId(`person-${i}`));
    const { graph, sent } = fakeGraph([
      (one) => json({ value: (one.body as { ids: string[] }).ids.map((id) => presence(id, 'Available')) }),
    ]);
    const found = await presences(graph, many);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /communications/getPresencesByUserId',
      'POST /communications/getPresencesByUserId',
    ]);
    expect(sent.map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([650, 1]);
    expect(found.size).toBe(651);
    const lost = fakeGraph([new Error('network'), json({ value: [] })]);
    expect((await presences(lost.graph, many.slice(0, 1))).get(many[0]!)).toBeNull();
    expect(lost.sent).toHaveLength(2);
  });

  it('says what Teams would say', async () => {
    const out = { outOfOfficeSettings: { isOutOfOffice: true, message: 'private' } };
    const { graph } = fakeGraph([
      json({
        value: [
          presence('a', 'Busy', 'InACall'),
          presence('b', 'DoNotDisturb', 'Presenting'),
          presence('c', 'Available', 'Available', out),
          presence('d', 'Away', 'Away', out),
          presence('e', 'PresenceUnknown'),
          presence('f', 'inAMeeting', 'available'),
          presence('g', 'Offline', 'OffWork', { outOfOfficeSettings: null }),
          presence('h', 'Away', 'BeRightBack'),
        ],
      }),
    ]);
    const ids = [...'abcdefgh'].map(asUserId);
    const found = await presences(graph, ids);
    const said = (look: string, word: string, alsoOut = false) => ({ look, word, alsoOut });
    expect(ids.map((id) => found.get(id))).toEqual([
      said('busy', 'inACall'),
      said('doNotDisturb', 'presenting'),
      said('available', 'available', true),
      said('outOfOffice', 'outOfOffice'),
      null,
      said('busy', 'inAMeeting'),
      said('offline', 'offline'),
      said('away', 'beRightBack'),
    ]);
    expect(JSON.stringify([...found.values()])).not.toContain('private');
  });
});
