import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const STEP = 320 * 1024;
beforeEach(() => {
  world.reset();
  world.consent('Files.ReadWrite', ...READING);
});
// The model at hand has no drives.
afterAll(async () =>
  expect((await world.problems()).filter((p) => !/\/me\/drive\/|sharepoint/.test(p.split(': ')[0] ?? ''))).toEqual([]),
);

const TEXT = { 'content-type': 'text/plain' };
const put = (path: string, body = 'Hello', headers = TEXT, email = ALICE) =>
  world.call(email, 'PUT', `/me/drive/${path}`, body, headers);
const get = (path: string, email = ALICE) => world.call(email, 'GET', `/me/drive/${path}`);
const post = (path: string, body?: unknown) => world.call(ALICE, 'POST', `/me/drive/${path}`, body);

describe('a small upload', () => {
  it('makes the file and the folders above it', async () => {
    const { status, json } = await put('root:/Deskside/SO-1%20Offer.txt:/content');
    expect(status).toBe(201);
    expect(json).toMatchObject({
      name: 'SO-1 Offer.txt',
      size: 5,
      file: { mimeType: 'text/plain' },
      webUrl: 'https://contoso-my.sharepoint.com/personal/alice_contoso_test/Documents/Deskside/SO-1%20Offer.txt',
      parentReference: { driveType: 'business', name: 'Deskside' },
      createdBy: { user: { id: world.idOf(ALICE) } },
    });
    expect(json.eTag).toMatch(/^"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\},1"$/);
    expect((await get(`items/${json.id}`)).json).toMatchObject({ id: json.id, eTag: json.eTag });
    expect((await get('root:/deskside/so-1%20offer.txt')).json.id).toBe(json.id);
    expect((await get('root:/Deskside')).json).toMatchObject({
      folder: { childCount: 1 },
      id: json.parentReference.id,
    });
    expect((await get('root')).json).toMatchObject({ name: 'root', root: {}, folder: { childCount: 1 } });
    expect((await get(`items/${json.id}?$select=eTag`)).json).toEqual({
      '@odata.context': expect.any(String),
      eTag: json.eTag,
    });
    expect(world.tenant.state().files).toMatchObject([{ owner: ALICE, path: 'Deskside/SO-1 Offer.txt', size: 5 }]);
  });

  it('replaces, fails or renames where the name is taken', async () => {
    const first = (await put('root:/a.txt:/content')).json;
    const again = await put('root:/A.TXT:/content', 'Hello again');
    expect([again.status, again.json.id, again.json.size]).toEqual([200, first.id, 11]);
    expect(again.json.eTag).toBe(first.eTag.replace(',1"', ',2"'));
    const fails = await put('root:/a.txt:/content?@microsoft.graph.conflictBehavior=fail');
    expect([fails.status, fails.json.error.code]).toEqual([409, 'nameAlreadyExists']);
    const renamed = await put('root:/a.txt:/content?@microsoft.graph.conflictBehavior=rename');
    expect([renamed.status, renamed.json.name]).toEqual([201, 'a 1.txt']);
    expect((await put('root:/a.txt:/content?@microsoft.graph.conflictBehavior=ask')).status).toBe(400);
    expect((await put(`items/${first.id}/content`, 'x')).json).toMatchObject({ id: first.id, size: 1 });
    const folder = (await put('root:/F/b.txt:/content')).json.parentReference.id;
    expect((await put(`items/${folder}:/c.txt:/content`)).json.parentReference.id).toBe(folder);
  });

  it('opens Office files elsewhere than where they lie', async () => {
    const { json } = await put('root:/Offer.docx:/content');
    expect(json.webUrl).toMatch(/_layouts\/15\/Doc\.aspx\?sourcedoc=%7B[0-9A-F-]+%7D&file=Offer\.docx/);
  });

  it('takes up to 4 MB', async () => {
    expect((await put('root:/a.bin:/content', 'x'.repeat(4 * 1024 * 1024))).status).toBe(201);
    expect((await put('root:/b.bin:/content', 'x'.repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it.each([
    'a%3Ab.txt',
    'a%2Fb.txt',
    'a%3F.txt',
    '%22a%22.txt',
    'a%23.txt',
    'a%25.txt',
    '~a.txt',
    'a.',
    '%20a.txt',
    'a%5Cb.txt',
  ])('refuses the name %s', async (name) => {
    const answer = await put(`root:/${name}:/content`);
    expect([answer.status, answer.json?.error.code]).toEqual([400, 'invalidRequest']);
  });

  it('is of one’s own drive, with the scope', async () => {
    const { id } = (await put('root:/a.txt:/content')).json;
    const other = await get(`items/${id}`, BOB);
    expect([other.status, other.json.error.code]).toEqual([404, 'itemNotFound']);
    expect((await get('root:/b.txt')).status).toBe(404);
    expect((await post('root:/b.txt:/createLink', { type: 'view' })).status).toBe(404);
    expect((await world.call(ALICE, 'DELETE', `/me/drive/items/${id}`)).status).toBe(204);
    expect((await get(`items/${id}`)).status).toBe(404);
    world.tenant.consents.adminConsented.clear();
    world.consent('Chat.Read');
    const refused = await put('root:/a.txt:/content');
    expect([refused.status, refused.json.error.code]).toEqual([403, 'accessDenied']);
    expect((await get('root')).status).toBe(403);
  });
});

describe('an upload session', () => {
  const open = async (path = 'root:/big.bin:/createUploadSession', body?: unknown) => {
    const { status, json } = await post(path, body);
    expect(status).toBe(200);
    expect(json.nextExpectedRanges).toEqual(['0-']);
    return json.uploadUrl as string;
  };
  const range = (url: string, from: number, to: number, total: number, more: Record<string, string> = {}) =>
    world.call(null, 'PUT', url, 'x'.repeat(to - from + 1), {
      'content-range': `bytes ${from}-${to}/${total}`,
      ...more,
    });

  it('takes ranges in their order, without a token, and makes the file with the last', async () => {
    const url = await open();
    expect(url.startsWith('https://contoso-my.sharepoint.com/personal/alice_contoso_test/_api/')).toBe(true);
    const total = 2 * STEP + 10;
    const first = await range(url, 0, STEP - 1, total);
    expect([first.status, first.json.nextExpectedRanges]).toEqual([202, [`${STEP}-`]]);
    expect((await world.call(null, 'GET', url)).json.nextExpectedRanges).toEqual([`${STEP}-`]);
    expect((await range(url, STEP, 2 * STEP - 1, total)).status).toBe(202);
    const last = await range(url, 2 * STEP, total - 1, total);
    expect(last.status).toBe(201);
    expect(last.json).toMatchObject({ name: 'big.bin', size: total });
    expect((await world.call(null, 'GET', url)).status).toBe(404);
    expect((await get('root:/big.bin')).json.size).toBe(total);
  });

  it.each([
    ['a range twice', 416, [0, STEP - 1, 3 * STEP]],
    ['a range too early', 400, [2 * STEP, 3 * STEP - 1, 3 * STEP]],
    ['another total', 400, [STEP, 2 * STEP - 1, 4 * STEP]],
    ['a size that is no multiple of 320 KiB', 400, [STEP, STEP + 9, 3 * STEP]],
    ['an end beyond the file', 400, [STEP, 3 * STEP, 3 * STEP]],
  ])('refuses %s', async (_, status, [from = 0, to = 0, total = 0]) => {
    const url = await open();
    await range(url, 0, STEP - 1, 3 * STEP);
    expect((await range(url, from, to, total)).status).toBe(status);
    expect((await world.call(null, 'GET', url)).json.nextExpectedRanges).toEqual([`${STEP}-`]);
  });

  it('refuses a missing or wrong Content-Range, a token, a strange address and a late one', async () => {
    const url = await open();
    expect((await world.call(null, 'PUT', url, 'abc')).status).toBe(400);
    expect((await world.call(null, 'PUT', url, 'abc', { 'content-range': 'bytes 0-2/*' })).status).toBe(400);
    expect((await world.call(null, 'PUT', url, 'abc', { 'content-range': 'bytes 0-9/10' })).status).toBe(400);
    expect((await range(url, 0, 2, 3, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await range(url.replace(/guid='[^']*'/, "guid='x'"), 0, 2, 3)).status).toBe(404);
    world.pass(16 * 60 * 1000);
    expect((await range(url, 0, 2, 3)).status).toBe(404);
  });

  it('can be given up', async () => {
    const url = await open();
    expect((await world.call(null, 'DELETE', url)).status).toBe(204);
    expect((await range(url, 0, 2, 3)).status).toBe(404);
  });

  it('fails at its end where the name was taken, unless told otherwise', async () => {
    await put('root:/big.bin:/content');
    const item = (behavior: string) => ({ item: { '@microsoft.graph.conflictBehavior': behavior, name: 'big.bin' } });
    const taken = await range(await open(), 0, 2, 3);
    expect([taken.status, taken.json.error.code]).toEqual([409, 'nameAlreadyExists']);
    expect((await range(await open(undefined, item('rename')), 0, 2, 3)).json.name).toBe('big 1.bin');
    expect((await range(await open(undefined, item('replace')), 0, 2, 3)).status).toBe(200);
    expect((await post('root:/big.bin:/createUploadSession', { item: { name: 'other.bin' } })).status).toBe(400);
    expect((await post('root:/big.bin:/createUploadSession', { colour: 'red' })).status).toBe(400);
  });
});

describe('a sharing link', () => {
  it('is made once for its type and scope', async () => {
    const { id } = (await put('root:/a.txt:/content')).json;
    const first = await post(`items/${id}/createLink`, { type: 'view', scope: 'organization' });
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      roles: ['read'],
      link: {
        type: 'view',
        scope: 'organization',
        webUrl: expect.stringMatching(/^https:\/\/contoso-my\.sharepoint\.com\//),
      },
    });
    const again = await post(`items/${id}/createLink`, { type: 'view', scope: 'organization' });
    expect([again.status, again.json.id]).toEqual([200, first.json.id]);
    expect((await post(`items/${id}/createLink`, { type: 'edit' })).json.roles).toEqual(['write']);
  });

  it.each([
    {},
    { type: 'embed' },
    { type: 'view', scope: 'everybody' },
    { type: 'view', password: 'x' },
    { type: 'view', colour: 'red' },
  ])('refuses %o', async (body) => {
    const { id } = (await put('root:/a.txt:/content')).json;
    expect((await post(`items/${id}/createLink`, body)).status).toBe(400);
  });
});

describe('an invitation', () => {
  it('lets people of the directory open the file, and refuses them all where one is not known', async () => {
    const { id } = (await put('root:/a.txt:/content')).json;
    const invite = (recipients: unknown[], more: object = {}) =>
      post(`items/${id}/invite`, { recipients, roles: ['read'], requireSignIn: true, sendInvitation: false, ...more });
    const bob = { objectId: world.idOf(BOB) };
    const given = await invite([bob]);
    expect([given.status, given.json.value]).toMatchObject([
      200,
      [{ roles: ['read'], grantedTo: { user: { id: world.idOf(BOB) } } }],
    ]);
    expect((await invite([bob, { objectId: '00000000-0000-4000-8000-000000000000' }])).status).toBe(400);
    expect((await invite([{ ...bob, email: BOB }])).status).toBe(400);
    expect((await invite([bob], { roles: ['owner'] })).status).toBe(400);
    expect((await invite([])).status).toBe(400);
    expect(world.tenant.state().files).toMatchObject([{ people: [BOB] }]);
  });
});

describe('a message with a file of OneDrive', () => {
  it('names it by the GUID of its eTag and by its folder’s address', async () => {
    const chat = await groupChat(world, [ALICE, BOB]);
    const { json } = await put('root:/Deskside/Offer%201.docx:/content');
    const folder = (await get('root:/Deskside')).json.webUrl;
    const id = json.eTag.match(/\{(.+)\}/)[1].toLowerCase();
    const send = (attachment: object) =>
      world.call(ALICE, 'POST', `/chats/${chat}/messages`, {
        body: { contentType: 'html', content: `<attachment id="${id}"></attachment>` },
        attachments: [{ id, contentType: 'reference', name: 'Offer 1.docx', ...attachment }],
      });
    expect((await send({ contentUrl: `${folder}/Offer%201.docx` })).status).toBe(201);
    expect((await send({ contentUrl: `${folder}/Offer 1.docx` })).status).toBe(201);
    expect((await send({ contentUrl: json.webUrl })).status).toBe(400);
    expect((await send({ contentUrl: `${folder}/Other.docx` })).status).toBe(400);
    const other = (await put('root:/Deskside/Other.docx:/content')).json;
    expect(other.name).toBe('Other.docx');
    expect((await send({ contentUrl: `${folder}/Other.docx` })).status).toBe(400);
  });
});
