import { beforeEach, describe, expect, it } from 'vitest';
import { createFaults } from '../../../sandbox/faults.ts';
import { createLog } from '../../../sandbox/record.ts';
import { surround } from '../../../sandbox/surround.ts';
import { createWorld, groupChat, READING } from './world.ts';

const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const world = createWorld({ dispatch: (part) => app.fetch(part) });
const faults = createFaults();
const app = surround(world.graph.app, { service: 'graph', clock: world.clock, log: createLog(), faults });
let chat = '';
let quoted = '';
beforeEach(async () => {
  faults.clear();
  world.reset();
  world.consent('Files.ReadWrite', ...READING);
  chat = await groupChat(world, [ALICE, BOB]);
  quoted = world.tenant.addMessage({ chatId: chat, from: BOB, html: 'x', images: [{}] }).id;
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const url = path.startsWith('https:') ? path : `https://graph.microsoft.com/v1.0${path}`;
  const token = url.includes('sharepoint') ? {} : { authorization: `Bearer ${await world.tokenOf(ALICE)}` };
  const type = { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' };
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  return app.request(url, { method, body: text, headers: { ...token, ...type, ...headers } });
}

const messages = () => world.tenant.state().chats[0]?.messages.length ?? 0;
const files = () => world.tenant.state().files.length;
const nothing = () => 0;
const QUERY = { requests: [{ entityTypes: ['chatMessage'], query: { queryString: 'x' } }] };

/** Each new call, the rule that hits it, and how to see what it did. */
const CALLS: [match: string, () => Promise<Response>, (() => number)?][] = [
  [
    'POST /chats/*/messages/replyWithQuote',
    () =>
      call('POST', `/chats/${chat}/messages/replyWithQuote`, {
        messageIds: [quoted],
        replyMessage: { body: { content: 'y' } },
      }),
    messages,
  ],
  ['GET /chats/*/messages/*/hostedContents', () => call('GET', `/chats/${chat}/messages/${quoted}/hostedContents`)],
  ['POST /search/query', () => call('POST', '/search/query', QUERY)],
  ['PUT /me/drive/root:/**', () => call('PUT', '/me/drive/root:/a%20b.txt:/content', 'Hello'), files],
  ['PUT /personal/**/uploadSession', upload, files],
];

async function upload(): Promise<Response> {
  const { uploadUrl } = (await (await call('POST', '/me/drive/root:/big.bin:/createUploadSession', {})).json()) as {
    uploadUrl: string;
  };
  return call('PUT', uploadUrl, 'abc', { 'content-range': 'bytes 0-2/3' });
}

describe.each(CALLS)('%s', (match, ask, effect = nothing) => {
  it('can be throttled, fail or be lost before the effect', async () => {
    const before = effect();
    faults.add([
      { match, status: 429, retryAfter: 7, times: 1 },
      { match, status: 503, times: 1 },
      { match, drop: 'before', times: 1 },
    ]);
    const throttled = await ask();
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await ask()).status).toBe(503);
    // Without a line to cut, a cut is told as the gateway's timeout.
    expect((await ask()).status).toBe(504);
    expect(effect()).toBe(before);
    expect((await ask()).ok).toBe(true);
  });

  it('can be lost after the effect', async () => {
    const before = effect();
    faults.add([{ match, status: 500, after: true, times: 1 }]);
    expect((await ask()).status).toBe(500);
    expect(effect()).toBe(effect === nothing ? 0 : before + 1);
    faults.add([{ match, drop: 'after', times: 1 }]);
    expect((await ask()).status).toBe(504);
  });
});

describe('parts of a batch', () => {
  it('are hit one by one, writes too, before and after their effect', async () => {
    const write = (id: string, more: object = {}) => ({
      id,
      method: 'POST',
      url: `/chats/${chat}/messages`,
      headers: { 'Content-Type': 'application/json' },
      body: { body: { content: id } },
      ...more,
    });
    faults.add([
      { match: 'POST /chats/*/messages', status: 429, retryAfter: 3, times: 1 },
      { match: 'POST /chats/*/messages', status: 503, after: true, times: 1 },
    ]);
    const answer = await call('POST', '/$batch', {
      requests: [write('1'), write('2'), write('3'), write('4', { dependsOn: ['1'] })],
    });
    const { responses } = (await answer.json()) as {
      responses: { id: string; status: number; headers: Record<string, string> }[];
    };
    const byId = Object.fromEntries(responses.map((part) => [part.id, part]));
    expect(['1', '2', '3', '4'].map((id) => byId[id]?.status)).toEqual([429, 503, 201, 424]);
    expect(byId['1']?.headers['Retry-After']).toBe('3');
    const said = world.tenant
      .state()
      .chats[0]?.messages.slice(-2)
      .map((m) => m.content);
    expect(said).toEqual(['2', '3']);
  });
});
