import type { RecordedRequest } from './shell.ts';

/**
 * Who asks, as far as the request's headers tell it before the stand-in has looked: a fault for one person must act
 * before the effect. Nothing is verified here; the stand-in does that and has the last word in the log.
 */
export function callerOf(service: RecordedRequest['service'], headers: Headers): string | undefined {
  if (service === 'erpnext') {
    const user = headers.get('cookie')?.match(/(?:^|;\s*)user_id=([^;]*)/)?.[1];
    return user && user !== 'Guest' ? decodeURIComponent(user) : undefined;
  }
  const token = headers.get('authorization')?.match(/^Bearer [^.]+\.([^.]+)\./)?.[1];
  if (!token) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<string, unknown>;
    const name = claims.email ?? claims.upn ?? claims.preferred_username;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
