import { describe, expect, it } from 'vitest';
import { listChangedThreads, listThreads, postMessage } from '../../../lib/graph/channel-messages.ts';
import { channelsOf, getChannel, joinedTeams } from '../../../lib/graph/channels.ts';
import { limitsOf } from '../../../lib/graph/limits.ts';
import { asChatId, asMessageId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { errorOf, fakeGraph, graphError, json } from './fake-graph.ts';

const TEAM = 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b';
const GENERAL = asChatId('19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2');
const general = { teamId: TEAM, id: GENERAL };
const place = { teamId: TEAM, channelId: GENERAL };
const message = (n: number, more: object = {}) => ({
  id: String(n),
  etag: String(n),
  messageType: 'message',
  createdDateTime: new Date(n).toISOString(),
  lastModifiedDateTime: new Date(n).toISOString(),
  from: { user: { id: 'ada', displayName: 'Ada' } },
  body: { contentType: 'html', content: `<p>${n}</p>` },
  ...more,
});
const of = (n: number, thread: number) => message(n, { replyToId: String(thread) });

describe('teams and channels', () => {
  it('are listed without what is archived, each channel with its team and kind', async () => {
    const { graph, sent } = fakeGraph([
      json({
        value: [
          { id: TEAM, displayName: 'Sales', isArchived: null },
          { id: 'old', displayName: 'Old', isArchived: true },
        ],
      }),
      json({
        responses: [
          {
            id: '0',
            status: 200,
            body: {
              value: [
                { id: GENERAL, displayName: 'General', membershipType: 'standard', isArchived: false },
                { id: '19:p@thread.tacv2', displayName: 'Prices', membershipType: 'private' },
                { id: '19:s@thread.tacv2', displayName: 'Suppliers', membershipType: 'shared' },
                { id: '19:a@thread.tacv2', displayName: 'Fair', membershipType: 'standard', isArchived: true },
              ],
            },
          },
        ],
      }),
    ]);
    const teams = await joinedTeams(graph);
    expect(teams.map(({ name }) => name)).toEqual(['Sales']);
    const channels = await channelsOf(graph, teams);
    expect(channels.map(({ team, name, kind }) => [team, name, kind])).toEqual([
      ['Sales', 'General', 'standard'],
      ['Sales', 'Prices', 'private'],
      ['Sales', 'Suppliers', 'shared'],
    ]);
    expect((sent[1]!.body as { requests: { url: string }[] }).requests[0]?.url).toMatch(
      new RegExp(`^/teams/${TEAM}/channels\\?\\$select=`),
    );
  });

  it('of a team that is closed by now are none, and the others still come', async () => {
    const value = [{ id: GENERAL, displayName: 'General', membershipType: 'standard' }];
    const closed = { id: '0', status: 403, body: { error: { code: 'Forbidden' } } };
    const { graph } = fakeGraph([json({ responses: [closed, { id: '1', status: 200, body: { value } }] })]);
    const teams = ['gone', TEAM].map((id) => ({ id, name: id, archived: false }));
    expect((await channelsOf(graph, teams)).map(({ teamId }) => teamId)).toEqual([TEAM]);
  });

  it('are found one by one, and who is not in them is told so', async () => {
    const parts = [
      { id: '0', status: 200, body: { id: TEAM, displayName: 'Sales' } },
      { id: '1', status: 200, body: { id: GENERAL, displayName: 'General', membershipType: 'standard' } },
    ];
    const there = fakeGraph([json({ responses: parts })]);
    expect(await getChannel(there.graph, general)).toEqual({
      ...general,
      team: 'Sales',
      name: 'General',
      kind: 'standard',
    });
    const refused = [parts[0], { id: '1', status: 403, body: { error: { code: 'Forbidden', message: 'No.' } } }];
    const closed = fakeGraph([json({ responses: refused })]);
    const error = await errorOf(getChannel(closed.graph, general));
    expect(error.code).toBe('not-a-member');
    expect(error.title).toMatch(/channel/);
  });
});

describe('messages of a channel', () => {
  it('come by the page with their replies, those that had no room too, and with the way to older ones', async () => {
    const rest = `https://graph.microsoft.com/v1.0/teams/${TEAM}/channels/${GENERAL}/messages/5/replies?$skiptoken=a`;
    const older = `https://graph.microsoft.com/v1.0/teams/${TEAM}/channels/${GENERAL}/messages?$skiptoken=b`;
    const { graph, sent } = fakeGraph([
      json({
        value: [
          { ...message(9, { subject: 'Offer', replyToId: null }), replies: [of(10, 9)] },
          { ...message(5), replies: [of(7, 5)], 'replies@odata.nextLink': rest },
        ],
        '@odata.nextLink': older,
      }),
      json({ value: [of(6, 5)] }),
      json({ value: [message(1)] }),
    ]);
    const page = await listThreads(graph, general, null);
    expect(page.messages.map(({ id, thread, subject }) => [id, thread, subject])).toEqual([
      ['9', undefined, 'Offer'],
      ['10', '9', undefined],
      ['5', undefined, undefined],
      ['7', '5', undefined],
      ['6', '5', undefined],
    ]);
    expect(page.older).toBe(older);
    expect(sent[0]?.path).toBe(`/teams/${TEAM}/channels/${GENERAL}/messages?$top=20&$expand=replies`);
    expect(sent[0]?.headers.get('prefer')).toBe('include-unknown-enum-members');
    const last = await listThreads(graph, general, page.older);
    expect(last.messages.map(({ id }) => id)).toEqual(['1']);
    expect(last.older).toBeNull();
  });

  it('that changed come by delta, all pages, whole threads', async () => {
    const delta = `https://graph.microsoft.com/v1.0/teams/${TEAM}/channels/${GENERAL}/messages/delta?`;
    const { graph, sent } = fakeGraph([
      json({ value: [{ ...message(3), replies: [of(4, 3)] }], '@odata.nextLink': `${delta}$skiptoken=a` }),
      json({ value: [{ ...message(5), replies: [] }], '@odata.deltaLink': `${delta}$deltatoken=b` }),
    ]);
    const found = await listChangedThreads(graph, general, '2026-11-22T10:00:00.000Z');
    expect(found.map(({ id }) => id)).toEqual(['3', '4', '5']);
    expect(sent[0]?.path).toContain(
      '/messages/delta?$filter=lastModifiedDateTime gt 2026-11-22T10:00:00.000Z&$expand=replies',
    );
  });

  it('are posted with a subject, or as an answer in a thread', async () => {
    const { graph, sent } = fakeGraph([json(message(8, { subject: 'Offer' }), 201), json(of(9, 8), 201)]);
    const content = { ...plainContent('<p>Hello</p>'), subject: 'Offer', importance: 'high' as const };
    expect((await postMessage(graph, { ...place, threadId: null }, content)).subject).toBe('Offer');
    const answer = await postMessage(graph, { ...place, threadId: asMessageId('8') }, plainContent('<p>Yes</p>'));
    expect(answer.thread).toBe('8');
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /teams/${TEAM}/channels/${GENERAL}/messages`,
      `POST /teams/${TEAM}/channels/${GENERAL}/messages/8/replies`,
    ]);
    const body = { contentType: 'html', content: '<p>Hello</p>' };
    expect(sent[0]?.body).toEqual({ subject: 'Offer', importance: 'high', body });
  });

  it('that may not be read lead to the page where an administrator allows it', async () => {
    const refused = "Missing scope permissions on the request. API requires one of 'ChannelMessage.Read.All'.";
    const asked: string[] = [];
    const consentUrl = async (path: string) => {
      asked.push(path);
      return 'https://login.test/adminconsent';
    };
    const { graph } = fakeGraph([graphError(403, 'Forbidden', refused)], { consentUrl });
    const error = await errorOf(listThreads(graph, general, null));
    expect(error.code).toBe('missing-scope');
    expect(error.action).toMatchObject({ kind: 'consent', url: 'https://login.test/adminconsent' });
    expect(asked[0]).toMatch(/^\/teams\//);
  });
});

describe("Graph's limits of teams", () => {
  const keys = (method: string, path: string) => limitsOf(method, path).map(({ key, count }) => `${key} ${count}`);
  it('are one call a second for a channel’s messages, and four for its team', () => {
    const messages = `/teams/${TEAM}/channels/${GENERAL}/messages`;
    expect(keys('GET', `${messages}?$top=20`)).toEqual([
      `channel-read:${GENERAL} 1`,
      `team:${TEAM} 4`,
      'channel-read 20',
    ]);
    expect(keys('POST', `${messages}/1/replies`)).toEqual([
      `channel-send:${GENERAL} 1`,
      `team:${TEAM} 4`,
      'channel-send 50',
    ]);
    expect(keys('GET', `/teams/${TEAM}/channels?$select=id`)).toEqual([
      `channels:${TEAM} 1`,
      `team:${TEAM} 4`,
      'channels 60',
    ]);
    expect(keys('GET', '/me/joinedTeams')).toEqual(['teams 30']);
  });
});
