import { describe, expect, it, vi } from 'vitest';
import { toDriveFile } from '../../../lib/graph/drive-file.ts';
import { checkUploadUrl, createUploadCalls } from '../../../lib/graph/upload.ts';

const URL_ = 'https://contoso-my.sharepoint.com/personal/a/_api/v2.0/drive/items/1/uploadSession?guid=1&tempauth=t';
const ITEM = {
  id: '01A',
  name: 'a.pdf',
  size: 3,
  createdDateTime: '2028-11-22T10:00:00Z',
  eTag: '"{0C4A1F2B-0000-4000-8000-00000000000A},1"',
  parentReference: { id: '01F' },
};
const FILE = {
  ...{ id: '01A', name: 'a.pdf', size: 3, createdAt: ITEM.createdDateTime, folderId: '01F' },
  guid: '0c4a1f2b-0000-4000-8000-00000000000a',
};

function calls(status: number, body: unknown = {}, headers: Record<string, string> = {}) {
  const fetchFn = vi.fn(
    async (_url: string, _init: RequestInit) =>
      new Response(status === 204 ? null : JSON.stringify(body), { status, headers }),
  );
  return { ...createUploadCalls(fetchFn as unknown as typeof fetch, () => 0), fetchFn };
}

describe('an upload’s address', () => {
  it.each(['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn'])('may lie in %s', (host) => {
    const url = `https://contoso-my.${host}/x`;
    expect(checkUploadUrl(url)).toBe(url);
  });

  it.each([
    'http://contoso-my.sharepoint.com/x',
    'https://sharepoint.com.evil.test/x',
    'https://evilsharepoint.com/x',
    'https://a.sharepoint.com@evil.test/',
    'nonsense',
  ])('is not %s', async (url) => {
    expect(() => checkUploadUrl(url)).toThrow();
    const { put, fetchFn } = calls(202);
    await expect(put(url, new Blob(['x']), 0, 1)).rejects.toThrow();
    expect(fetchFn).not.toHaveBeenCalled();
  });
});

describe('a range', () => {
  it('goes with its place and without a token', async () => {
    const { put, fetchFn } = calls(202, { nextExpectedRanges: ['5-9', '12-'] });
    expect(await put(URL_, new Blob(['abc']), 2, 10)).toEqual({ kind: 'more', next: 5 });
    const { method, headers, credentials, referrerPolicy } = fetchFn.mock.calls[0]![1];
    expect({ method, headers, credentials, referrerPolicy }).toEqual({
      method: 'PUT',
      headers: { 'Content-Range': 'bytes 2-4/10' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  });

  it.each([
    [201, ITEM, { kind: 'whole', file: FILE }],
    [200, ITEM, { kind: 'whole', file: FILE }],
    [404, {}, { kind: 'gone' }],
    [410, {}, { kind: 'gone' }],
    [200, { nextExpectedRanges: [] }, { kind: 'gone' }],
    [409, {}, { kind: 'taken' }],
    [416, {}, { kind: 'later', after: null }],
    [503, {}, { kind: 'later', after: null }],
  ])('answered %i %o', async (status, body, wanted) => {
    expect(await calls(status, body).put(URL_, new Blob(['abc']), 0, 3)).toEqual(wanted);
    expect(await calls(status, body).state(URL_)).toEqual(wanted);
  });

  it('keeps to what SharePoint asks, says when OneDrive is full, and what it refuses', async () => {
    const after = { 'Retry-After': '17' };
    expect(await calls(429, {}, after).put(URL_, new Blob(['a']), 0, 1)).toEqual({ kind: 'later', after: 17 });
    await expect(calls(507).put(URL_, new Blob(['a']), 0, 1)).rejects.toMatchObject({
      error: { title: 'Your OneDrive is full' },
    });
    await expect(calls(400).put(URL_, new Blob(['a']), 0, 1)).rejects.toMatchObject({
      error: { code: 'refused-by-microsoft', detail: 'upload 400' },
    });
  });
});

it('a driveItem without what messages need is not believed', () => {
  expect(toDriveFile(ITEM)).toEqual(FILE);
  for (const broken of [{ ...ITEM, eTag: '"1"' }, { ...ITEM, parentReference: undefined }, null])
    expect(() => toDriveFile(broken)).toThrow();
});
