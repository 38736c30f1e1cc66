import type { HonoRequest } from 'hono';
import { thrown } from './errors.ts';

/** One request to the API, with query and body merged as Frappe's `form_dict` does. */
export interface Call {
  method: string;
  /** Path segments after /api, decoded one by one, so that a name may hold a slash. */
  path: string[];
  args: Record<string, unknown>;
  /** E-mail, or `Guest`. */
  user: string;
  /** The address as sent, and the headers. */
  url: string;
  headers: Headers;
  /** Milliseconds between a comment's time and its being seen. */
  commitLate: number;
}

const UNSAFE = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

export const isUnsafe = (method: string): boolean => UNSAFE.has(method);

/** Path of the URL as sent: hono would decode `%2F` and `%25` in it. */
export function pathOf(request: HonoRequest): string[] {
  return new URL(request.raw.url).pathname.split('/').slice(1).map(decode);
}

/**
 * Query and body in one, read through hono, which keeps a body that the shell has read before. A body may be JSON, a
 * form, or a form with everything as JSON in `data`; beside a body that says it is JSON the query is not looked at.
 * source: frappe/app.py (make_form_dict)
 */
export async function argsOf(request: HonoRequest): Promise<Record<string, unknown>> {
  const args: Record<string, unknown> = Object.fromEntries(new URL(request.raw.url).searchParams);
  if (!isUnsafe(request.method)) return args;
  const type = request.header('content-type') ?? '';
  if (type.includes('multipart/form-data')) return { ...args, ...Object.fromEntries(await request.formData()) };
  const text = await request.text();
  if (!text) return args;
  if (type.includes('application/x-www-form-urlencoded')) {
    const form = Object.fromEntries(new URLSearchParams(text));
    return { ...args, ...form, ...(typeof form.data === 'string' ? json(form.data) : {}) };
  }
  if (/\bjson\b/i.test(type)) return json(text);
  // Of a resource Frappe tries JSON whatever the type says.
  return { ...args, ...(/^\s*[[{]/.test(text) ? json(text) : {}) };
}

function json(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // falls through: a body that is no object is told so below
  }
  throw thrown('ValidationError', 'Invalid request body');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
