import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '../shell.ts';

/** What Graph refuses; it is thrown anywhere and turned into Graph's error shape at the edge. */
export class GraphError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** The inner error's own code, where it has one. */
  readonly innerCode: string | undefined;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    innerCode?: string,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.innerCode = innerCode;
  }
}

export const badRequest = (message: string) => new GraphError(400, 'BadRequest', message);
export const notFound = (message: string) => new GraphError(404, 'NotFound', message);
export const forbidden = (message: string) => new GraphError(403, 'Forbidden', message);

/** The answer for a refusal: `{error: {code, message, innerError: {date, request-id, client-request-id}}}`. */
export function errorResponse(c: Context, error: GraphError, clock: Clock): Response {
  const id = randomUUID();
  const innerError = {
    ...(error.innerCode ? { code: error.innerCode } : {}),
    date: new Date(clock.now()).toISOString().slice(0, 19),
    'request-id': id,
    'client-request-id': c.req.header('client-request-id') ?? id,
  };
  return c.json({ error: { code: error.code, message: error.message, innerError } }, error.status, error.headers);
}
