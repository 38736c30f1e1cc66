import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, member, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const CAROL = 'carol@contoso.test';
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent(...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  world.pass(5000);
});
afterAll(async () => expect(await world.problems()).toEqual([]));

const say = (html: string, more: object = {}) => {
  world.pass(2000);
  return world.tenant.addMessage({ chatId: chat, from: BOB, html, ...more }).id;
};
const ask = (queryString: unknown, more: object = {}, email = ALICE) =>
  world.call(email, 'POST', '/search/query', {
    requests: [{ entityTypes: ['chatMessage'], query: { queryString }, ...more }],
  });
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
const container = async (...given: Parameters<typeof ask>): Promise<any> => {
  const { status, json } = await ask(...given);
  expect([status, json?.error?.message]).toEqual([200, undefined]);
  return json.value[0].hitsContainers[0];
};
const ids = async (...given: Parameters<typeof ask>): Promise<string[]> =>
  ((await container(...given)).hits ?? []).map((hit: { resource: { id: string } }) => hit.resource.id);

describe('the search for messages', () => {
  it('answers hits as the documentation shows them, without a body', async () => {
    const id = say('<p>The <b>delivery</b> of Ürümqi &amp; co</p>', { importance: 'high' });
    const { json } = await ask('delivery');
    expect(json.value[0].searchTerms).toEqual(['delivery']);
    const { hits, total, moreResultsAvailable } = json.value[0].hitsContainers[0];
    expect([total, moreResultsAvailable]).toEqual([1, false]);
    expect(hits[0]).toEqual({
      hitId: expect.any(String),
      rank: 1,
      summary: 'The <c0>delivery</c0> of Ürümqi & co',
      resource: {
        '@odata.type': 'microsoft.graph.chatMessage',
        id,
        createdDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        lastModifiedDateTime: expect.any(String),
        subject: '',
        importance: 'high',
        webLink: expect.stringMatching(/^https:\/\/outlook\.office365\.com\/owa\/\?ItemID=/),
        from: { emailAddress: { name: 'Bob Bhatt', address: BOB } },
        channelIdentity: {},
        etag: id,
        chatId: chat,
      },
    });
  });

  it('has no list of hits where there are none', async () => {
    expect(await container('nothing')).toEqual({ total: 0, moreResultsAvailable: false });
  });

  it('is newest first and in pages, the total being the page’s', async () => {
    const all = Array.from({ length: 60 }, (_, i) => say(`<p>pallet ${i}</p>`)).reverse();
    expect((await ids('pallet')).length).toBe(25);
    const first = await container('pallet', { size: 50 });
    expect(first).toMatchObject({ total: 50, moreResultsAvailable: true });
    const second = await container('pallet', { from: 50, size: 50 });
    expect(second).toMatchObject({ total: 10, moreResultsAvailable: false });
    expect(second.hits[0].rank).toBe(51);
    expect([...first.hits, ...second.hits].map((hit) => hit.resource.id)).toEqual(all);
  });

  it('can put the three most relevant first', async () => {
    const best = say('pallet pallet pallet');
    const later = [say('pallet'), say('pallet'), say('pallet'), say('pallet')];
    expect((await ids('pallet'))[0]).toBe(later[3]);
    expect((await ids('pallet', { enableTopResults: true }))[0]).toBe(best);
  });

  it('sees what the caller may see: members, history, no events, nothing deleted', async () => {
    const id = say('secret');
    const gone = say('secret too');
    world.tenant.deleteMessage({ chatId: chat, id: gone });
    world.tenant.renameChat({ chatId: chat, from: BOB, topic: 'secret' });
    expect(await ids('secret')).toEqual([id]);
    expect(await ids('secret', {}, CAROL)).toEqual([]);
    await world.call(ALICE, 'POST', `/chats/${chat}/members`, member(CAROL));
    const after = say('secret again');
    expect(await ids('secret', {}, CAROL)).toEqual([after]);
  });

  it('cuts the summary around the first hit, marks each, and escapes nothing', async () => {
    say(`<p>${'filler '.repeat(40)}&lt;b&gt;Straße&lt;/b&gt; und die strasse STRASSE ${'end '.repeat(60)}</p>`);
    const { summary } = (await container('STRASSE')).hits[0];
    expect(summary).toMatch(/^\.\.\..*<b>Straße<\/b> und die <c0>strasse<\/c0> <c0>STRASSE<\/c0>.*\.\.\.$/);
  });
});

describe('its query language', () => {
  it.each([
    ['delivery late', true],
    ['late AND delivery', true],
    ['DELIVERY', true],
    ['deliv*', true],
    ['deliv', false],
    ['liver', false],
    ['"delivery is late"', true],
    ['"late delivery"', false],
    ['nothing OR late', true],
    ['late NOT delivery', false],
    ['late -nothing', true],
    ['(nothing OR delivery) late', true],
    ['cafe', true],
    ['CAFÉ', true],
    ['会議', true],
    ['Bhatt', true],
    ['Offer', true],
    ['from:bob', true],
    ['from:"Bob Bhatt" late', true],
    ['from:bob@contoso.test', true],
    ['from:alice', false],
    ['to:alice', false],
    ['hasAttachment:true', true],
    ['hasAttachment:false', false],
    ['IsMentioned:true', true],
    ['ismentioned:false', false],
    ['sent>=2026-11-22', true],
    ['sent > 2026-11-22', false],
    ['sent>2026-11-21', true],
    ['sent<2026-11-22', false],
    ['sent<=2026-11-22', true],
    ['sent:2026-11-20..2026-11-22', true],
    ['sent>=2026-11-22T00:00:00Z sent<2026-11-23', true],
    ['late from:bob sent>2026-01-01', true],
  ])('%s: %s', async (query, found) => {
    const id = say('<p><at id="0">x</at> The delivery is late, café 明日の会議です</p>', {
      files: [{ name: 'Offer.pdf' }],
      mentions: [ALICE],
    });
    expect(await ids(query)).toEqual(found ? [id] : []);
  });

  it('finds whom a message mentions, and what was said to one person alone', async () => {
    const id = say('<at id="0">x</at> hello', { mentions: [ALICE] });
    expect(await ids(`mentions:${world.idOf(ALICE).replaceAll('-', '')}`)).toEqual([id]);
    const single = await world.call(ALICE, 'POST', '/chats', {
      chatType: 'oneOnOne',
      members: [member(ALICE), member(BOB)],
    });
    const alone = world.tenant.addMessage({ chatId: single.json.id, from: BOB, html: 'hello' });
    expect(await ids('hello to:alice')).toEqual([alone.id]);
  });

  it.each([
    '"open',
    '(late',
    'late)',
    'AND',
    'NOT',
    '',
    '  ',
    'sent:yesterday',
    'subject:x',
    'https://x.test',
    'hasAttachment:yes',
    'from>bob',
    'mentions:bob',
    '()',
  ])('refuses “%s”', async (query) => {
    const answer = await ask(query);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'BadRequest']);
  });

  it('fails on IsRead, as others have met it', async () => {
    expect((await ask('IsRead:true')).status).toBe(500);
  });
});

describe('what it refuses', () => {
  it.each([
    ['two requests', { requests: [{}, {}] }],
    ['none', { requests: [] }],
    ['an unknown property', { requests: [], colour: 'red' }],
    ['no query', { requests: [{ entityTypes: ['chatMessage'] }] }],
  ])('%s', async (_, body) => {
    expect((await world.call(ALICE, 'POST', '/search/query', body)).status).toBe(400);
  });

  it.each([
    { entityTypes: ['message'] },
    { entityTypes: ['chatMessage', 'driveItem'] },
    { sortProperties: [{ name: 'createdDateTime' }] },
    { aggregations: [] },
    { size: 51 },
    { size: 0 },
    { size: '25' },
    { from: -1 },
    { enableTopResults: 'yes' },
    { colour: 'red' },
  ])('%o', async (more) => {
    expect((await ask('x', more)).status).toBe(400);
  });

  it('tokens without a scope that reads', async () => {
    world.tenant.consents.adminConsented.clear();
    world.consent('Chat.ReadBasic');
    const answer = await ask('x');
    expect(answer.status).toBe(403);
    expect(answer.json.error.message).toMatch(/requires the following permissions: Chat\.Read or Chat\.ReadWrite/);
  });
});
