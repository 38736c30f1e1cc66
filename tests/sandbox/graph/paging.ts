import type { GraphContext } from './env.ts';
import { GRAPH } from './env.ts';
import { badRequest } from './graph-error.ts';

/** Opaque to clients; holds where the next page begins. */
export function writeSkipToken(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

export function readSkipToken<T>(query: Map<string, string>): T | undefined {
  const token = query.get('$skiptoken');
  if (token === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as T;
  } catch {
    throw badRequest('The $skiptoken is not valid.');
  }
}

/** The same call with the place to go on from. */
export function nextLink(c: GraphContext, position: unknown): string {
  const url = new URL(c.req.url);
  url.searchParams.delete('$skiptoken');
  url.searchParams.append('$skiptoken', writeSkipToken(position));
  const options = [...url.searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${GRAPH}${url.pathname.replace(/^\/v1\.0/, '')}?${options}`;
}
