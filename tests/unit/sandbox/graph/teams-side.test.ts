import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../sandbox/tenant/event-kinds.ts';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const TOLD = { Prefer: 'include-unknown-enum-members' };
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent(...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
const newest = async () =>
  (await world.call(ALICE, 'GET', `/chats/${chat}/messages?$top=1`, undefined, TOLD)).json.value[0];

describe('what colleagues write', () => {
  it('is stored as they gave it, with all that a message can hold', async () => {
    const quoted = world.tenant.addMessage({ chatId: chat, from: ALICE, html: '<p>Where?</p>' });
    const html = '<at id="0">x</at><img src=x onerror="alert(1)"><script>alert(2)</script>';
    world.tenant.addMessage({
      chatId: chat,
      from: BOB,
      html,
      subject: '<b>Subject</b>',
      importance: 'high',
      mentions: [ALICE],
      quotes: [quoted.id],
      card: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'Image', url: 'javascript:alert(3)' }] },
      files: [{ name: 'Offer.pdf' }, { name: 'Evil', url: 'javascript:alert(4)' }],
      attachments: [{ contentType: 'application/x-unheard-of', contentUrl: 'file:///etc/passwd' }],
      images: [{}, { contentType: 'image/svg+xml', bytes: Buffer.from('<svg/>').toString('base64') }],
    });
    const message = await newest();
    expect(message.body.content.startsWith(`<attachment id="${quoted.id}"></attachment>${html}`)).toBe(true);
    expect(message).toMatchObject({ subject: '<b>Subject</b>', importance: 'high' });
    expect(message.mentions[0]).toMatchObject({
      id: 0,
      mentionText: 'Alice Anders',
      mentioned: { user: { id: world.idOf(ALICE) } },
    });
    const types = message.attachments.map((a: { contentType: string }) => a.contentType);
    expect(types).toEqual([
      'messageReference',
      'application/x-unheard-of',
      'application/vnd.microsoft.card.adaptive',
      'reference',
      'reference',
    ]);
    for (const { id } of message.attachments) expect(message.body.content).toContain(`<attachment id="${id}">`);
    const urls = [...message.body.content.matchAll(/src="(https:[^"]+)"/g)].map((match) => match[1]);
    const answers = await Promise.all(urls.map((url) => world.call(ALICE, 'GET', url)));
    expect(answers.map((a) => a.headers.get('content-type'))).toEqual(['image/png', 'image/svg+xml']);
  });

  it('can be changed: the HTML alone, or all of it', async () => {
    const { id } = world.tenant.addMessage({ chatId: chat, from: BOB, html: '<p>a</p>', files: [{ name: 'a.pdf' }] });
    world.tenant.editMessage({ chatId: chat, id, html: '<p>b</p>' });
    expect(await newest()).toMatchObject({ body: { content: '<p>b</p>' }, attachments: [{ name: 'a.pdf' }] });
    world.tenant.editMessage({ chatId: chat, id, html: '<p>c</p>', files: [{ name: 'c.pdf' }] });
    expect((await newest()).attachments).toMatchObject([{ name: 'c.pdf' }]);
  });

  it('is refused where it names nobody or nothing', () => {
    const write = (more: object) => () => world.tenant.addMessage({ chatId: chat, from: BOB, html: 'x', ...more });
    expect(write({ mentions: ['nobody@contoso.test'] })).toThrow(/Nobody/);
    expect(write({ quotes: ['1'] })).toThrow(/no message 1/);
    expect(write({ from: 'carol@contoso.test' })).toThrow(/not a member/);
  });
});

describe('what happens in a chat', () => {
  it.each(Object.keys(EVENT_KINDS))('is told by Graph: %s', async (kind) => {
    world.tenant.addEvent({ chatId: chat, kind, from: BOB });
    const message = await newest();
    expect(message).toMatchObject({
      messageType: 'systemEventMessage',
      from: null,
      body: { contentType: 'html', content: '<systemEventMessage/>' },
      eventDetail: { '@odata.type': `#microsoft.graph.${kind}EventMessageDetail` },
    });
    expect(message.eventDetail.initiator?.user.id).toBe(kind === 'callTranscript' ? undefined : world.idOf(BOB));
  });

  it('names people in their parts', async () => {
    world.tenant.addEvent({
      chatId: chat,
      kind: 'callEnded',
      from: BOB,
      callParticipants: [ALICE, BOB],
      callDuration: 'PT1H',
    });
    const { eventDetail } = await newest();
    expect(eventDetail).toMatchObject({
      callDuration: 'PT1H',
      callEventType: 'meeting',
      callParticipants: [{ participant: { user: { id: world.idOf(ALICE), displayName: null } } }, {}],
    });
    world.tenant.addEvent({ chatId: chat, kind: 'membersJoined', members: [ALICE] });
    expect((await newest()).eventDetail).toMatchObject({ members: [{ id: world.idOf(ALICE) }], initiator: null });
    expect(world.tenant.state().chats[0]?.messages.at(-1)?.event).toBe('membersJoined');
  });

  it('can be something that Graph does not know yet, and no misspelling', async () => {
    world.tenant.addEvent({ chatId: chat, kind: 'teaServed', from: BOB, invented: true, cups: 3 });
    expect((await newest()).eventDetail).toMatchObject({
      '@odata.type': '#microsoft.graph.teaServedEventMessageDetail',
      cups: 3,
    });
    expect(() => world.tenant.addEvent({ chatId: chat, kind: 'teaServed' })).toThrow(/No kind of event/);
    expect(() => world.tenant.addEvent({ chatId: chat, kind: 'callEnded', members: [BOB] })).toThrow(
      /has no "members"/,
    );
  });

  it.runIf(existsSync('../shared/graph/model.json'))('has the kinds and properties of Microsoft’s own model', () => {
    const { types } = JSON.parse(readFileSync('../shared/graph/model.json', 'utf8')) as {
      types: Record<string, { properties?: Record<string, unknown> }>;
    };
    const published = Object.entries(types)
      .filter(([name]) => name.endsWith('EventMessageDetail') && !name.endsWith('.eventMessageDetail'))
      .map(([name, { properties = {} }]) => [
        name.replace('microsoft.graph.', '').replace('EventMessageDetail', ''),
        Object.keys(properties)
          .filter((property) => property !== 'initiator')
          .sort(),
      ]);
    const here = Object.entries(EVENT_KINDS).map(([kind, usual]) => [kind, Object.keys(usual).sort()]);
    expect(Object.fromEntries(here)).toEqual(Object.fromEntries(published));
  });
});
