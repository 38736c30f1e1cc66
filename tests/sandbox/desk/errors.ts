import { createHash } from 'node:crypto';
import type { Flavour } from './flavour.ts';

/** One entry of `_server_messages`: what Desk would have shown in a dialog. HTML. */
export interface ServerMessage {
  message: string;
  title?: string;
  indicator?: 'red' | 'green';
  /** Set by frappe.throw, missing on what was only printed before a bare `raise`. */
  raised?: boolean;
  alert?: boolean;
}

export interface Refusal {
  status: 400 | 401 | 403 | 404 | 417 | 429 | 500;
  /** The Python class; clients find it in `exc_type`, or else in `exception`. */
  type: string;
  /** Text after the class name in `exception`. */
  text?: string;
  module?: string;
  messages?: ServerMessage[];
  /** `_error_message` of the answer. */
  errorMessage?: string;
  /** Raised without frappe.throw: v14 then leaves `exc_type` out. */
  bare?: boolean;
  /** No `exception` and no `exc`, as for DoesNotExistError. */
  terse?: boolean;
  /** The type whose document is missing: from v15 on those who may not read the type are told that instead. */
  missingFrom?: string;
  /** `message` of the answer (a failed login). */
  message?: string;
}

/** Thrown anywhere below a request; becomes the HTTP answer a real site gives. */
export class FrappeError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.type}: ${refusal.text ?? ''}`);
    this.refusal = refusal;
  }
}

/** As Document.load_from_db: of a type that does not exist too, where the type itself is looked up ("DocType Nope not found"). */
export function notFound(doctype: string, name: string): FrappeError {
  return new FrappeError({
    status: 404,
    type: 'DoesNotExistError',
    terse: true,
    messages: [{ message: `${doctype} ${name} not found`, indicator: 'red', raised: true }],
    missingFrom: doctype,
  });
}

/** What `frappe.throw(text, type, title)` answers: status 417 unless said otherwise. */
export function thrown(type: string, text: string, more: { status?: Refusal['status']; title?: string } = {}) {
  return new FrappeError({
    status: more.status ?? 417,
    type,
    text,
    messages: [{ message: text, title: more.title ?? 'Message', indicator: 'red', raised: true }],
  });
}

/** The JSON body of a refusal; keys, their order and what is missing where follow the recordings of each version. */
export function errorBody(flavour: Flavour, refusal: Refusal, sessionExpired: boolean): Record<string, unknown> {
  const terse = refusal.terse || (refusal.type === 'CSRFTokenError' && flavour === 'v14');
  const className = refusal.module === '' ? '' : `${refusal.module ?? 'frappe.exceptions'}.${refusal.type}`;
  const exception = [className, refusal.text].filter(Boolean).join(': ');
  const named = { exc_type: refusal.type };
  const told = { exception };
  const nameIt = !(refusal.bare && flavour === 'v14');
  return {
    ...(refusal.message === undefined ? {} : { message: refusal.message }),
    ...(sessionExpired ? { session_expired: 1 } : {}),
    ...(terse ? named : flavour === 'v14' ? { ...(nameIt ? named : {}), ...told } : { ...told, ...named }),
    ...(terse
      ? {}
      : { exc: JSON.stringify([`Traceback (most recent call last):\n  File "sandbox", line 1\n${exception}\n`]) }),
    ...(refusal.messages ? { _server_messages: serverMessages(flavour, refusal.messages) } : {}),
    ...(refusal.errorMessage ? { _error_message: refusal.errorMessage } : {}),
  };
}

/** `_server_messages`: a JSON string holding a list of JSON strings. v16 writes compact JSON, the others Python's. */
export function serverMessages(flavour: Flavour, messages: ServerMessage[]): string {
  const texts = messages.map((entry) => {
    const flat = {
      message: entry.message,
      ...(flavour === 'v16' ? { as_table: false } : {}),
      title: entry.title ?? 'Message',
      ...(entry.indicator ? { indicator: entry.indicator } : {}),
      ...(entry.alert ? { alert: 1 } : {}),
      ...(entry.raised ? { raise_exception: 1 } : {}),
      ...(entry.raised && flavour !== 'v14'
        ? { __frappe_exc_id: createHash('sha224').update(entry.message).digest('hex') }
        : {}),
    };
    return flavour === 'v16' ? JSON.stringify(flat) : pythonJson(flat);
  });
  return flavour === 'v16' ? JSON.stringify(texts) : pythonJson(texts);
}

/** JSON as Python's json.dumps writes it: a space after `,` and `:`. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (value && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, held]) => `${JSON.stringify(key)}: ${pythonJson(held)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
