import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const ADMIN = 'admin@contoso.test';
const LISTING = ['Team.ReadBasic.All', 'Channel.ReadBasic.All'];
const READ = 'ChannelMessage.Read.All';
const teamNamed = (name: string) => {
  const team = world.tenant.teams.all().find((one) => one.displayName === name);
  if (!team) throw new Error(`no team ${name}`);
  return team;
};
const channelNamed = (team: string, name: string) => {
  const channel = teamNamed(team).channels.find((one) => one.displayName === name);
  if (!channel) throw new Error(`no channel ${name}`);
  return channel;
};
const pathOf = (team: string, channel: string) =>
  `/teams/${teamNamed(team).id}/channels/${encodeURIComponent(channelNamed(team, channel).id)}`;

const get = (email: string, path: string, headers = {}) => world.call(email, 'GET', path, undefined, headers);
const html = (content: string) => ({ body: { contentType: 'html', content } });
let tenders = '';
beforeEach(() => {
  world.reset();
  world.pass(5000);
  tenders = pathOf('Sales Europe', 'Tenders');
});
afterAll(async () => expect(await world.problems()).toEqual([]));

/** A colleague posts or replies; each a little later than the last. */
const say = (content: string, replyToId?: string, subject?: string) => {
  world.pass(10);
  const { id: channelId, teamId } = channelNamed('Sales Europe', 'Tenders');
  const place = { teamId, channelId, from: BOB, html: content };
  return world.tenant.postInChannel({ ...place, ...(replyToId ? { replyToId } : {}), ...(subject ? { subject } : {}) });
};
const contents = (json: { value: { body: { content: string } }[] }) => json.value.map((one) => one.body.content);

describe('teams and channels', () => {
  it.each(['/me/joinedTeams', `/teams/${'{t}'}`, `/teams/${'{t}'}/channels`])('needs a scope for %s', async (path) => {
    const answer = await get(ALICE, path.replace('{t}', teamNamed('Sales Europe').id));
    expect(answer.status).toBe(403);
    expect(answer.json.error.message).toMatch(/API requires one of '(Team|Channel)\.ReadBasic\.All/);
  });

  it('lists one’s own teams by id, name and description alone', async () => {
    world.consent(...LISTING);
    const { json, status } = await get(ALICE, '/me/joinedTeams');
    expect(status).toBe(200);
    expect(json.value.map((team: { displayName: string }) => team.displayName)).toEqual(['Sales Europe', 'Projects']);
    expect(json.value[0]).toMatchObject({ id: teamNamed('Sales Europe').id, isArchived: null, webUrl: null });
    expect((await get('nodesk@contoso.test', '/me/joinedTeams')).json.value).toEqual([]);
    expect((await get(ALICE, '/me/joinedTeams?$top=1')).status).toBe(400);
    expect((await get(ALICE, `/users/${world.idOf(BOB)}/joinedTeams`)).status).toBe(403);
    const whole = (await get(ALICE, `/teams/${teamNamed('Sales Europe').id}`)).json;
    expect(whole).toMatchObject({ displayName: 'Sales Europe', isArchived: false, visibility: 'private' });
  });

  it('lists the channels that one belongs to, General first', async () => {
    world.consent(...LISTING);
    const path = `/teams/${teamNamed('Sales Europe').id}/channels`;
    const names = async (email: string, query = '') =>
      (await get(email, path + query)).json.value.map((one: { displayName: string }) => one.displayName);
    expect(await names(ALICE)).toEqual(['General', 'Tenders', 'Preise und Rabatte', 'Suppliers', 'Fair 2025']);
    expect(await names('carol@contoso.test')).toEqual(['General', 'Tenders', 'Fair 2025']);
    expect(await names(ALICE, "?$filter=membershipType eq 'shared'")).toEqual(['Suppliers']);
    expect((await get(ALICE, `${path}?$filter=isArchived eq true`)).status).toBe(400);
    expect((await get(ALICE, `${path}?$top=2`)).status).toBe(400);
    const [general, , , , fair] = (await get(ALICE, path)).json.value;
    expect(general).toMatchObject({ membershipType: 'standard', isArchived: false, tenantId: expect.any(String) });
    expect(general.id).toMatch(/^19:[0-9a-f]{32}@thread\.tacv2$/);
    expect(general.webUrl).toContain(`groupId=${teamNamed('Sales Europe').id}`);
    expect(fair.isArchived).toBe(true);
    expect((await get(ALICE, `${path}?$select=id,displayName`)).json.value[0]).toEqual({
      id: general.id,
      displayName: 'General',
    });
    expect((await get(ALICE, tenders)).json).toMatchObject({
      displayName: 'Tenders',
      description: 'One thread a tender',
    });
  });

  it('lets a stranger see nothing', async () => {
    world.consent(...LISTING, 'ChannelMessage.Send');
    const board = teamNamed('Board').id;
    expect((await get(ALICE, `/teams/${board}`)).status).toBe(403);
    expect((await get(ALICE, `/teams/${board}/channels`)).status).toBe(403);
    expect((await get(BOB, pathOf('Sales Europe', 'Preise und Rabatte'))).status).toBe(403);
    expect((await get(ALICE, `/teams/${crypto.randomUUID()}/channels`)).status).toBe(404);
    expect((await get(ALICE, '/teams/sales/channels')).json.error.message).toBe('teamId needs to be a valid GUID.');
    expect((await get(ALICE, `/teams/${board}/channels/19:x@thread.v2`)).status).toBe(400);
    const gone = `/teams/${teamNamed('Projects').id}/channels/${encodeURIComponent('19:abc@thread.tacv2')}`;
    expect((await get(ALICE, gone)).status).toBe(404);
    expect((await get('gina@fabrikam.test', '/me/joinedTeams')).json.error?.code ?? 'none').toBe('Forbidden');
    // Somebody from outside the team belongs to its shared channel, whose host is not among their teams.
    const suppliers = pathOf('Sales Europe', 'Suppliers');
    expect((await world.call('nodesk@contoso.test', 'POST', `${suppliers}/messages`, html('x'))).status).toBe(201);
  });
});

describe('posting', () => {
  beforeEach(() => world.consent('ChannelMessage.Send'));

  it('posts with a subject, importance and mentions, and replies', async () => {
    const mentioned = { user: { id: world.idOf(BOB), displayName: 'Bob Bhatt', userIdentityType: 'aadUser' } };
    const post = await world.call(ALICE, 'POST', `${tenders}/messages`, {
      ...html('<at id="0">Bob</at> look'),
      subject: 'Tender 12',
      importance: 'high',
      mentions: [{ id: 0, mentionText: 'Bob', mentioned }],
    });
    const { id: channelId, teamId } = channelNamed('Sales Europe', 'Tenders');
    expect(post.status).toBe(201);
    expect(post.json).toMatchObject({
      replyToId: null,
      chatId: null,
      subject: 'Tender 12',
      importance: 'high',
      channelIdentity: { teamId, channelId },
      from: { user: { id: world.idOf(ALICE) } },
    });
    expect(post.json.webUrl).toMatch(
      `/${encodeURIComponent(channelId)}/${post.json.id}?groupId=${teamId}&tenantId=${teamNamed('Sales Europe').tenantId}`,
    );
    const reply = await world.call(BOB, 'POST', `${tenders}/messages/${post.json.id}/replies`, html('done'));
    expect(reply.status).toBe(201);
    expect(reply.json.replyToId).toBe(post.json.id);
    expect(reply.json.webUrl).toContain(`parentMessageId=${post.json.id}`);
    const state = world.tenant.state().teams.find((team) => team.id === teamId);
    expect(state?.channels[1]?.messages).toMatchObject([
      { subject: 'Tender 12', replyToId: null, from: ALICE },
      { content: '<p>done</p>', replyToId: post.json.id, from: BOB },
    ]);
  });

  it('refuses what it cannot place or take', async () => {
    const post = (path: string, body: unknown = html('x')) => world.call(ALICE, 'POST', path, body);
    const { id } = say('root');
    const reply = say('reply', id);
    expect((await post(`${tenders}/messages/${reply.id}/replies`)).status).toBe(404);
    expect((await post(`${tenders}/messages/1/replies`)).status).toBe(404);
    expect((await post(`${tenders}/messages/${id}/replies`, { ...html('x'), subject: 's' })).status).toBe(400);
    expect((await post(`${tenders}/messages`, { body: { content: ' ' } })).status).toBe(400);
    expect((await post(`${tenders}/messages`, html('x'.repeat(29 * 1024)))).status).toBe(413);
    expect((await post(`${tenders}/messages?$top=1`)).status).toBe(400);
    expect((await post(`${pathOf('Sales Europe', 'Fair 2025')}/messages`)).status).toBe(403);
    expect((await post(`${pathOf('Board', 'General')}/messages`)).status).toBe(403);
    world.consent(...LISTING);
    await world.tenant.consents.adminConsented.delete('ChannelMessage.Send');
    world.consent();
    expect((await post(`${tenders}/messages`)).status).toBe(403);
  });

  it('takes reactions with the right to send, changes only with an administrator’s consent', async () => {
    const { id } = (await world.call(ALICE, 'POST', `${tenders}/messages`, html('draft'))).json;
    const path = `${tenders}/messages/${id}`;
    expect((await world.call(ALICE, 'POST', `${path}/setReaction`, { reactionType: '👍' })).status).toBe(204);
    expect((await world.call(ALICE, 'PATCH', path, html('final'))).status).toBe(403);
    expect((await world.call(ALICE, 'POST', `${path}/softDelete`)).status).toBe(403);
    world.consent('ChannelMessage.ReadWrite', READ);
    expect((await world.call(ALICE, 'PATCH', path, html('final'))).status).toBe(204);
    expect((await world.call(BOB, 'PATCH', path, html('his'))).status).toBe(403);
    const changed = (await get(ALICE, path)).json;
    expect(changed).toMatchObject({ body: { content: '<p>final</p>' }, reactions: [{ reactionType: '👍' }] });
    expect(changed.lastEditedDateTime).toBe(changed.lastModifiedDateTime);
    expect((await world.call(ALICE, 'POST', `${path}/softDelete`)).status).toBe(204);
    expect((await get(ALICE, path)).json).toMatchObject({ body: { content: '' }, deletedDateTime: expect.any(String) });
    expect((await world.call(ALICE, 'POST', `${path}/setReaction`, { reactionType: '👍' })).status).toBe(400);
    expect((await world.call(ALICE, 'POST', `${path}/undoSoftDelete`)).status).toBe(204);
  });
});

describe('reading', () => {
  it('takes an administrator’s consent', async () => {
    world.tenant.consents.policy = 'user';
    expect(world.tenant.consents.userMayGrant(READ)).toBe(false);
    for (const scope of [...LISTING, 'ChannelMessage.Send', 'Files.ReadWrite'])
      expect(world.tenant.consents.userMayGrant(scope)).toBe(true);
    world.tenant.consents.policy = 'managed';
    expect(world.tenant.consents.userMayGrant('ChannelMessage.Send')).toBe(true);
    const { id } = say('x');
    for (const path of ['', '/delta', `/${id}`, `/${id}/replies`])
      expect((await get(ALICE, `${tenders}/messages${path}`)).status).toBe(403);
  });

  describe('with it', () => {
    beforeEach(() => world.consent(READ));

    it('lists posts by the last touch of their thread, without the replies, in pages', async () => {
      const one = say('one');
      for (const text of ['two', 'three', 'four']) say(text);
      say('late', one.id);
      const page = await get(ALICE, `${tenders}/messages?$top=2`);
      expect(contents(page.json)).toEqual(['one', 'four']);
      expect(page.json['@odata.count']).toBe(2);
      const next = await get(ALICE, page.json['@odata.nextLink']);
      expect(contents(next.json)).toEqual(['three', 'two']);
      expect(next.json['@odata.nextLink']).toBeUndefined();
    });

    it('gives the replies with the post, newest first, and the rest behind a link', async () => {
      const { id } = say('root');
      for (let i = 0; i < 1003; i++) say(`reply ${i}`, id);
      const [post] = (await get(ALICE, `${tenders}/messages?$expand=replies`)).json.value;
      expect(post.replies).toHaveLength(1000);
      expect(post.replies[0]).toMatchObject({ replyToId: id, body: { content: 'reply 1002' } });
      expect(post['replies@odata.count']).toBe(1000);
      const rest = await get(ALICE, post['replies@odata.nextLink']);
      expect(contents(rest.json)).toEqual(['reply 2', 'reply 1', 'reply 0']);
    });

    it('lists the replies of a post and gives each by itself', async () => {
      const { id } = say('root');
      const replies = ['a', 'b', 'c'].map((text) => say(text, id));
      const page = await get(ALICE, `${tenders}/messages/${id}/replies?$top=2`);
      expect(contents(page.json)).toEqual(['c', 'b']);
      expect(contents((await get(ALICE, page.json['@odata.nextLink'])).json)).toEqual(['a']);
      const single = await get(ALICE, `${tenders}/messages/${id}/replies/${replies[0]?.id}`);
      expect(single.json).toMatchObject({ replyToId: id, body: { content: 'a' } });
      expect((await get(ALICE, `${tenders}/messages/${replies[0]?.id}`)).status).toBe(404);
    });

    it.each([
      '$top=51',
      '$filter=lastModifiedDateTime gt 2026-01-01T00:00:00Z',
      '$orderby=createdDateTime desc',
      '$select=id',
      '$expand=hostedContents',
      '$search=x',
      '$count=true',
    ])('refuses ?%s', async (query) => {
      expect((await get(ALICE, `${tenders}/messages?${query}`)).status).toBe(400);
      const { id } = say('root');
      expect((await get(ALICE, `${tenders}/messages/${id}/replies?${query}`)).status).toBe(400);
    });

    it('refuses who is no member, whatever the token holds', async () => {
      expect((await get(ALICE, `${pathOf('Board', 'General')}/messages`)).status).toBe(403);
      expect((await get(ADMIN, `${pathOf('Board', 'General')}/messages`)).status).toBe(200);
      const { id: teamId } = teamNamed('Sales Europe');
      world.tenant.changeTeam({ teamId, remove: ALICE });
      expect((await get(ALICE, `${tenders}/messages`)).status).toBe(403);
    });

    it('tells by delta what is new, what was changed and which threads were answered', async () => {
      const one = say('one');
      for (const text of ['two', 'three']) say(text);
      const first = await get(ALICE, `${tenders}/messages/delta?$top=2`);
      expect(contents(first.json)).toEqual(['one', 'two']);
      expect(first.json['@odata.deltaLink']).toBeUndefined();
      const second = await get(ALICE, first.json['@odata.nextLink']);
      expect(contents(second.json)).toEqual(['three']);
      const later = () => get(ALICE, second.json['@odata.deltaLink']);
      expect((await later()).json.value).toEqual([]);
      say('answer', one.id);
      world.pass(10);
      const four = say('four');
      const place = { teamId: teamNamed('Sales Europe').id, channelId: channelNamed('Sales Europe', 'Tenders').id };
      world.tenant.deleteChannelMessage({ ...place, id: four.id });
      const delta = (await later()).json;
      expect(contents(delta)).toEqual(['one', '']);
      expect(delta.value[1].deletedDateTime).not.toBeNull();
    });

    it('takes a moment to begin the delta with, and nothing older than eight months', async () => {
      say('old');
      const mark = new Date(world.clock.now()).toISOString();
      say('new');
      const since = (filter: string) => get(ALICE, `${tenders}/messages/delta?$expand=replies&$filter=${filter}`);
      const { json } = await since(`lastModifiedDateTime gt ${mark}`);
      expect(contents(json)).toEqual(['new']);
      expect(json.value[0].replies).toEqual([]);
      say('newest');
      expect(contents((await get(ALICE, json['@odata.deltaLink'])).json)).toEqual(['newest']);
      expect((await since(`lastModifiedDateTime lt ${mark}`)).status).toBe(400);
      expect((await since(`createdDateTime gt ${mark}`)).status).toBe(400);
      expect((await get(ALICE, `${json['@odata.deltaLink']}&$top=3`)).status).toBe(400);
      expect((await get(ALICE, `${tenders}/messages/delta?$deltatoken=x`)).status).toBe(400);
      world.pass(9 * 30 * 24 * 3_600_000);
      world.consent(READ);
      expect((await get(ALICE, `${tenders}/messages/delta`)).json.value).toEqual([]);
      expect(contents((await get(ALICE, `${tenders}/messages`)).json)).toEqual(['newest', 'new', 'old']);
    });
  });
});

describe('the control server’s side', () => {
  it('makes teams, moves people and refuses what is misspelt', () => {
    const made = world.tenant.createTeam({
      displayName: 'Crew',
      members: [ALICE, BOB],
      channels: [{ displayName: 'Secret', membershipType: 'private', members: [ALICE] }],
    });
    expect(made.channels.map((one) => one.displayName)).toEqual(['General', 'Secret']);
    const [general, secret] = made.channels.map(({ id }) => ({ teamId: made.id, channelId: id }));
    if (!general || !secret) throw new Error('two channels were made');
    expect(() => world.tenant.createTeam({ displayName: 'Crew', members: [ALICE] })).toThrow('already');
    expect(() => world.tenant.postInChannel({ ...secret, from: BOB, html: 'x' })).toThrow('not a member');
    expect(() => world.tenant.postInChannel({ ...general, from: ADMIN, html: 'x' })).toThrow('not a member');
    expect(() => world.tenant.postInChannel({ ...general, from: BOB, html: 'x', replyToId: '1' })).toThrow(
      'no message',
    );
    world.tenant.changeTeam({ teamId: made.id, add: ADMIN });
    const post = world.tenant.postInChannel({ ...general, from: ADMIN, html: 'hello' });
    world.tenant.editChannelMessage({ ...general, id: post.id, html: 'bye' });
    expect(post.content).toBe('bye');
    expect(() => world.tenant.changeTeam({ teamId: made.id, remove: 'carol@contoso.test' })).toThrow('not a member');
    world.reset();
    expect(world.tenant.teams.all().map((team) => team.displayName)).toEqual(['Sales Europe', 'Projects', 'Board']);
  });
});

describe('throttling', () => {
  it('lets one read and one post a second pass in a channel, and four calls a second in a team', async () => {
    const hurried = createWorld({ throttle: 'real' });
    hurried.consent(READ, 'ChannelMessage.Send', ...LISTING);
    const read = () => hurried.call(ALICE, 'GET', `${tenders}/messages`);
    expect((await read()).status).toBe(200);
    const refused = await read();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await hurried.call(BOB, 'POST', `${tenders}/messages`, html('x'))).status).toBe(201);
    expect((await hurried.call(ALICE, 'POST', `${tenders}/messages`, html('x'))).status).toBe(429);
    hurried.pass(2000);
    const list = () => hurried.call(ALICE, 'GET', `/teams/${teamNamed('Sales Europe').id}/channels`);
    for (let i = 0; i < 4; i++) expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(429);
    for (let i = 0; i < 5; i++) expect((await hurried.call(ALICE, 'GET', '/me/joinedTeams')).status).toBe(200);
  });
});
