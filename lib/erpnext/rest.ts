import * as v from 'valibot';
import { AppFailure, fail } from '../model/errors.ts';
import type { ErpUser } from '../model/ids.ts';
import type { Csrf } from './csrf.ts';
import { failureOf, type Purpose } from './erp-errors.ts';

/** ERPNext's REST interface as the person looking, from a tab of their own site. */
export interface Rest {
  /** @throws AppFailure: see erp-errors.ts, and `erp-unreachable` where nothing answered in time. */
  get<T>(path: string, schema: v.GenericSchema<unknown, T>, purpose: Purpose): Promise<Answer<T>>;
  /** The same, handing refusals back instead of throwing, for questions whose answer is the refusal. */
  probe(path: string): Promise<{ status: number; body: unknown }>;
  /**
   * A write. What is not certain (no answer, a gateway's error) is thrown as `outcome-unknown`: settle it by reading,
   * never by repeating blindly. `beforeSend` runs before each attempt, with nothing awaited between it and the send.
   */
  send<T>(
    write: Write,
    schema: v.GenericSchema<unknown, T>,
    purpose: Purpose,
    beforeSend: () => void,
  ): Promise<Answer<T>>;
}

export interface Write {
  method: 'PUT' | 'POST' | 'DELETE';
  path: string;
  body: Record<string, unknown>;
}

export interface Answer<T> {
  body: T;
  /** ERPNext's clock by its `Date` header, milliseconds since 1970. */
  serverTime: number;
}

export interface RestDeps {
  fetch: typeof fetch;
  csrf: Csrf;
  now: () => number;
  user: () => ErpUser | null;
  /** Milliseconds until an answer is given up. */
  timeoutMs?: number;
}

export function createRest(deps: RestDeps): Rest {
  const timeoutMs = deps.timeoutMs ?? 15_000;

  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await deps.fetch(path, {
      credentials: 'same-origin',
      ...init,
      headers: { Accept: 'application/json', ...init.headers },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const date = Date.parse(response.headers.get('Date') ?? '');
    return {
      status: response.status,
      body: parseJson(await response.text()),
      serverTime: Number.isNaN(date) ? deps.now() : date,
    };
  };

  const read = async (path: string): Promise<Reply> => {
    try {
      return await ask(path, { method: 'GET' });
    } catch (caught) {
      throw unreachable(caught);
    }
  };

  return {
    async get(path, schema, purpose) {
      const reply = await read(path);
      if (reply.status !== 200) throw failureOf(reply.status, reply.body, purpose, deps.user());
      return parsed(reply, schema);
    },

    probe: read,

    async send(write, schema, purpose, beforeSend) {
      const attempt = (token: string | null) => {
        beforeSend();
        return ask(write.path, {
          method: write.method,
          headers: { 'Content-Type': 'application/json', 'X-Frappe-CSRF-Token': token ?? '' },
          body: JSON.stringify(write.body),
        });
      };
      try {
        let reply = await attempt(await deps.csrf.token());
        if (isStaleToken(reply)) reply = await attempt(await deps.csrf.refresh());
        // A removal is answered with 202.
        if (reply.status === 200 || reply.status === 202) {
          const result = v.safeParse(schema, reply.body);
          if (result.success) return { body: result.output, serverTime: reply.serverTime };
          throw unknownOutcome('unexpected shape');
        }
        // Frappe answers in JSON and has rolled back; anything else came from a proxy that may have passed the write on.
        if (reply.status >= 500 && reply.body === undefined) throw unknownOutcome(`HTTP ${reply.status}`);
        throw failureOf(reply.status, reply.body, purpose, deps.user());
      } catch (caught) {
        if (caught instanceof AppFailure) throw caught;
        throw unknownOutcome(caught instanceof Error ? caught.name : String(caught));
      }
    },
  };
}

/** `/api/resource/Event/EV00001`; a slash in the name travels as %2F. */
export function resourcePath(doctype: string, name?: string): string {
  const base = `/api/resource/${encodeURIComponent(doctype)}`;
  return name === undefined ? base : `${base}/${encodeURIComponent(name)}`;
}

/** A list of a doctype (frappe/api: fields, filters, limit_page_length). */
export function listPath(doctype: string, fields: string[], filters: unknown[][], limit: number): string {
  const query = new URLSearchParams({
    fields: JSON.stringify(fields),
    filters: JSON.stringify(filters),
    limit_page_length: String(limit),
  });
  return `${resourcePath(doctype)}?${query}`;
}

interface Reply {
  status: number;
  /** Undefined where the answer was not JSON. */
  body: unknown;
  serverTime: number;
}

function parsed<T>(reply: Reply, schema: v.GenericSchema<unknown, T>): Answer<T> {
  const result = v.safeParse(schema, reply.body);
  if (result.success) return { body: result.output, serverTime: reply.serverTime };
  if (reply.body === undefined)
    throw fail(
      'erp-signed-out',
      'ERPNext answered with a page instead of data',
      'Most likely it, or a sign-in in front of it, asks you to sign in. Reload this page and sign in, then try again.',
    );
  throw fail(
    'erp-unreachable',
    'ERPNext answered in a way Deskside does not know',
    'Try again; if it stays like this, please report it with the detail below.',
    { detail: 'unexpected shape' },
  );
}

function isStaleToken(reply: Reply): boolean {
  return reply.status === 400 && JSON.stringify(reply.body ?? '').includes('CSRFTokenError');
}

function unreachable(caught: unknown): AppFailure {
  return fail(
    'erp-unreachable',
    'ERPNext does not answer',
    'Check your connection to ERPNext, then try again. Nothing was lost.',
    {
      action: { kind: 'retry', label: 'Try again' },
      detail: caught instanceof Error ? caught.name : String(caught),
    },
  );
}

function unknownOutcome(detail: string): AppFailure {
  return fail(
    'outcome-unknown',
    'ERPNext did not say whether it saved',
    'The connection broke off. Deskside looks at the record again before it does anything else.',
    { detail },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
