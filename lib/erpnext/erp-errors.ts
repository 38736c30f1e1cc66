import * as v from 'valibot';
import { type AppFailure, fail } from '../model/errors.ts';
import { plainText } from './plain-text.ts';
import { shape } from './shape.ts';

/** What was being done, for the words of the error. */
export interface Purpose {
  verb: 'read' | 'change' | 'create';
  /** Doctype as ERPNext spells it. */
  doctype: string;
  /** Empty for lists. */
  name?: string;
}

/**
 * ERPNext's answer as an error of ours. The class of the error is `exc_type`, or, in v14 which often leaves that out,
 * the name before the colon in `exception` (frappe/app.py handle_exception, frappe/utils/response.py report_error).
 * `exc` holds a traceback and is never looked at.
 */
export function failureOf(status: number, body: unknown, purpose: Purpose, user: string | null): AppFailure {
  const parsed = v.safeParse(ErrorBody, body);
  const answer = parsed.success ? parsed.output : {};
  const kind = answer.exc_type || /^[\w.]*?(\w+)(:|$)/.exec(answer.exception ?? '')?.[1] || '';
  const more = { detail: `HTTP ${status} ${kind}`.trim() };
  const what = purpose.name ? `${purpose.doctype} ${purpose.name}` : `${purpose.doctype} records`;

  if (answer.session_expired || status === 401 || (status === 403 && (!user || user === 'Guest')))
    return fail(
      'erp-signed-out',
      'ERPNext asks you to sign in again',
      'Your ERPNext session ended. Sign in to ERPNext in this tab; then try again here.',
      { ...more, action: { kind: 'retry', label: 'Try again' } },
    );
  if (kind === 'CSRFTokenError')
    return fail(
      'erp-signed-out',
      'ERPNext no longer knows this page',
      'Your ERPNext session was renewed since this page was loaded. Reload the page, then try again.',
      more,
    );
  if (kind === 'TimestampMismatchError')
    return fail(
      'erp-conflict',
      'Somebody saved this record just now',
      `${what} changed in ERPNext while Deskside was about to write. Nothing was overwritten; try again.`,
      { ...more, action: { kind: 'retry', label: 'Try again' } },
    );
  if (isUnknownField(status, body))
    return fail(
      'field-missing',
      `${purpose.doctype} has no place for the chat yet`,
      'An ERPNext administrator has to create the custom field that Deskside keeps the chat in.',
      { ...more, action: { kind: 'create-field', label: 'Create the field' } },
    );
  if (status === 403) return forbidden(purpose, what, more);
  if (status === 404)
    return fail(
      'erp-not-found',
      'ERPNext does not have this record',
      `${what} was deleted or renamed, or it was never saved. Reload the page to see what is there.`,
      more,
    );
  if (status === 429)
    return fail('erp-unreachable', 'ERPNext is busy', 'It asks to wait a little. Try again in a minute.', {
      ...more,
      action: { kind: 'retry', label: 'Try again' },
    });
  if (status === 417) {
    const said = ownWords(answer);
    return fail(
      'erp-refused',
      'ERPNext did not accept the change',
      said
        ? `ERPNext says: ${said}`
        : 'It gave no reason. Save the form once in ERPNext to see what is missing, then try again.',
      more,
    );
  }
  return fail(
    'erp-unreachable',
    'ERPNext met an error of its own',
    'It could not answer just now. Try again; if it stays like this, tell your ERPNext administrator.',
    { ...more, action: { kind: 'retry', label: 'Try again' } },
  );
}

/** Whether the list was refused because a field in it does not exist (or is hidden from everybody). */
export function isUnknownField(status: number, body: unknown): boolean {
  const parsed = v.safeParse(ErrorBody, body);
  if (status !== 417 || !parsed.success) return false;
  const { exc_type, exception } = parsed.output;
  return exc_type === 'DataError' || /\bDataError\b/.test(exception ?? '');
}

const ErrorBody = shape({
  exc_type: v.nullish(v.string()),
  exception: v.nullish(v.string()),
  session_expired: v.nullish(v.unknown()),
  _server_messages: v.nullish(v.string()),
  _error_message: v.nullish(v.string()),
});

function forbidden(purpose: Purpose, what: string, more: { detail: string }): AppFailure {
  if (purpose.verb === 'read')
    return fail(
      'erp-forbidden',
      'ERPNext does not let you read this',
      `You have no permission to read ${what}. Ask its owner to share it with you.`,
      more,
    );
  if (purpose.verb === 'create')
    return fail(
      'erp-forbidden',
      'Only an ERPNext administrator can do this',
      `Creating a ${purpose.doctype} needs the role System Manager. Ask your ERPNext administrator.`,
      more,
    );
  return fail(
    'erp-forbidden',
    `ERPNext does not let you change this ${purpose.doctype}`,
    `The chat is kept in the record, so you need permission to change ${what}. Ask its owner to share it with you with the right to write.`,
    more,
  );
}

/** ERPNext's own sentences, as text, cut to what a person reads. */
function ownWords(answer: v.InferOutput<typeof ErrorBody>): string {
  const told = serverMessages(answer._server_messages).map(plainText).filter(Boolean);
  const text = told.join(' ') || plainText((answer.exception ?? '').replace(/^[\w.]+:?\s*/, ''));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

const LONGEST = 300;
const Message = shape({ message: v.string() });

/** `_server_messages` is JSON of an array whose items are JSON again, or plain text. */
function serverMessages(json: string | null | undefined): string[] {
  const list = v.safeParse(v.array(v.string()), parseJson(json ?? ''));
  if (!list.success) return [];
  return list.output.map((item) => {
    const parsed = v.safeParse(Message, parseJson(item));
    return parsed.success ? parsed.output.message : item;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
