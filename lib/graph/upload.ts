import { type AppFailure, fail } from '../model/errors.ts';
import type { RangeAnswer } from '../model/upload.ts';
import { toDriveFile } from './drive-file.ts';
import { strangeAnswer } from './errors.ts';
import { retryAfterOf } from './middleware/retry.ts';

/** Where SharePoint lives in each cloud. Source: Microsoft 365 endpoints, by cloud. */
const SHAREPOINT = /\.(sharepoint\.com|sharepoint\.us|sharepoint-mil\.us|sharepoint\.cn)$/;
/** A worker may be ended when a fetch takes 30 s. */
const PATIENCE = 28_000;

/**
 * The address of an upload, as far as it leads into SharePoint: bytes go nowhere else.
 * @throws AppFailure `microsoft-down`
 */
export function checkUploadUrl(url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' || !SHAREPOINT.test(hostname)) throw strangeAnswer('uploadUrl: not in SharePoint');
  return url;
}

/**
 * The upload addresses that Graph hands out. They take no token: whoever knows one may write there. CORS is allowed on
 * them. Docs: api/driveitem-createuploadsession, "Upload bytes to the upload session".
 */
export function createUploadCalls(fetchFn: typeof fetch, now: () => number) {
  const call = (url: string, init: RequestInit) =>
    fetchFn(checkUploadUrl(url), {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });

  async function read(response: Response): Promise<RangeAnswer> {
    const { status } = response;
    if (status === 404 || status === 410) return { kind: 'gone' };
    if (status === 409) return { kind: 'taken' };
    if (status === 507) throw driveFull();
    // Somebody counts differently: whoever asks how far it came goes on from there.
    if (status === 416 || status === 429 || status >= 500)
      return { kind: 'later', after: retryAfterOf(response, now()) };
    if (!response.ok)
      throw fail('refused-by-microsoft', 'OneDrive refused this file', REFUSED, { detail: `upload ${status}` });
    const answer = (await response.json().catch(() => null)) as { nextExpectedRanges?: unknown; id?: unknown } | null;
    if (typeof answer?.id === 'string') return { kind: 'whole', file: toDriveFile(answer) };
    const [first] = Array.isArray(answer?.nextExpectedRanges) ? answer.nextExpectedRanges : [];
    const next = /^\d+/.exec(String(first))?.[0];
    return next === undefined ? { kind: 'gone' } : { kind: 'more', next: Number(next) };
  }

  return {
    /** Sends the bytes from `from` on, of `total`. Rejects where no answer came: some of them may be there then. */
    async put(url: string, bytes: Blob, from: number, total: number): Promise<RangeAnswer> {
      const headers = { 'Content-Range': `bytes ${from}-${from + bytes.size - 1}/${total}` };
      return read(await call(url, { method: 'PUT', body: bytes, headers }));
    },
    /** How far it came. */
    async state(url: string): Promise<RangeAnswer> {
      return read(await call(url, { method: 'GET' }));
    },
    /** Gives it up: nothing of it is kept. Where that is not heard, OneDrive forgets it by itself. */
    async giveUp(url: string): Promise<void> {
      await call(url, { method: 'DELETE' });
    },
  };
}

export function driveFull(): AppFailure {
  return fail(
    'too-long',
    'Your OneDrive is full',
    'There is no room for this file. Make room in OneDrive and try again, or discard the message.',
  );
}

const REFUSED =
  'Your organisation may not allow this kind of file. Try again, or discard the message and send the file another way.';
