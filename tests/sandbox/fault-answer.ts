import { randomUUID } from 'node:crypto';
import type { FaultRule } from './faults.ts';
import type { RecordedRequest } from './shell.ts';

/** The answer of a fault that names a status, in the shape the service itself would use. */
export function faultAnswer(rule: FaultRule, service: RecordedRequest['service'], now: number): Response {
  const status = rule.status ?? 503;
  const content = rule.body ?? usualBody(service, status, now);
  const text = typeof content === 'string';
  const headers = new Headers({
    'content-type': text ? 'text/plain; charset=utf-8' : 'application/json',
    // Without these a browser hides the answer from the extension, and a 429 would look like a broken line.
    ...(service === 'erpnext' ? {} : { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED }),
    ...(rule.retryAfter === undefined ? {} : { 'retry-after': String(rule.retryAfter) }),
    ...rule.headers,
  });
  const body = status === 204 || status === 304 ? null : text ? content : JSON.stringify(content);
  return new Response(body, { status, headers });
}

const EXPOSED = 'ETag, Location, request-id, client-request-id, WWW-Authenticate, Retry-After, Date';

const GRAPH_CODES: Record<number, string> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  423: 'Locked',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** Graph: resource-type `error` (graph docs, errors.md); Entra: OAuth 2.0; ERPNext: Frappe's v1 body. */
function usualBody(service: RecordedRequest['service'], status: number, now: number): unknown {
  if (service === 'graph') {
    const code = GRAPH_CODES[status] ?? 'UnknownError';
    const id = randomUUID();
    const innerError = { date: new Date(now).toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id };
    return { error: { code, message: `The sandbox was told to answer ${status}.`, innerError } };
  }
  if (service === 'entra') {
    const error = status >= 500 ? 'temporarily_unavailable' : 'invalid_request';
    return {
      error,
      error_description: `The sandbox was told to answer ${status}.`,
      error_codes: [90033],
      correlation_id: randomUUID(),
    };
  }
  const names: Record<number, string> = { 403: 'PermissionError', 404: 'DoesNotExistError', 417: 'ValidationError' };
  const type = names[status] ?? 'InternalServerError';
  const message = JSON.stringify({ message: `The sandbox was told to answer ${status}.`, indicator: 'red' });
  return { exc_type: type, exception: `frappe.exceptions.${type}`, _server_messages: JSON.stringify([message]) };
}
