/**
 * Everything that can go wrong, as a value that can cross contexts and that a person can act on. Raw texts of ERPNext
 * or Graph never travel further than the module that made the error; `detail` is for the log of the developer tools.
 */
export interface AppError {
  code: ErrorCode;
  /** One line: what happened. */
  title: string;
  /** What it means and what to do next. */
  text: string;
  action?: ErrorAction;
  /** Seconds to wait, where a server said so. */
  retryAfter?: number;
  /** Microsoft's or ERPNext's own code and request id; never a token, a name or a body. */
  detail?: string;
}

export type ErrorCode =
  // signing in
  | 'signed-out'
  | 'sign-in-cancelled'
  | 'sign-in-refused'
  | 'sign-in-blocked'
  | 'admin-consent-needed'
  | 'wrong-tenant'
  | 'not-configured'
  // the network and Microsoft
  | 'offline'
  | 'throttled'
  | 'microsoft-down'
  | 'missing-scope'
  | 'not-a-member'
  | 'not-found'
  | 'refused-by-microsoft'
  | 'member-refused'
  | 'outcome-unknown'
  /** A chat's subscription is a colleague's: theirs rings here as well. */
  | 'push-taken'
  /** Microsoft does not reach the site, or is not answered there as it wants. */
  | 'push-unreachable'
  // ERPNext
  | 'erp-signed-out'
  | 'erp-other-user'
  | 'erp-forbidden'
  | 'erp-conflict'
  | 'erp-not-found'
  | 'erp-refused'
  | 'erp-unreachable'
  | 'field-missing'
  | 'no-tab'
  // this extension
  | 'record-changed'
  | 'message-changed'
  | 'too-long'
  | 'not-permitted'
  /** A panel whose pass the worker does not know: it asks its tab for a fresh nonce. */
  | 'unknown-frame'
  | 'storage-unavailable'
  /** Nothing more can be kept; what is kept already, and what waits to be sent, stays. */
  | 'storage-full'
  | 'bug';

export type ErrorAction =
  | { kind: 'sign-in'; label: string; pickAccount?: boolean }
  | { kind: 'open'; label: string; url: string }
  | { kind: 'retry'; label: string }
  /** To the page of the options that says what is stored and takes old messages away. */
  | { kind: 'make-room'; label: string }
  | { kind: 'consent'; label: string; url: string }
  | { kind: 'create-field'; label: string }
  /** Go on with the creation without the person whom Microsoft would not take. */
  | { kind: 'leave-out'; label: string; userId: string }
  | { kind: 'copy'; label: string; text: string };

/** Thrown inside a context; at the rpc boundary it becomes `{ ok: false, error }`. */
export class AppFailure extends Error {
  readonly error: AppError;
  constructor(error: AppError, options?: ErrorOptions) {
    super(`${error.code}: ${error.title}`, options);
    this.name = 'AppFailure';
    this.error = error;
  }
}

export function fail(code: ErrorCode, title: string, text: string, more: Partial<AppError> = {}): AppFailure {
  return new AppFailure({ code, title, text, ...more });
}

/** Nothing more can be kept on this machine. */
export function isFull(caught: unknown): boolean {
  return caught instanceof AppFailure && caught.error.code === 'storage-full';
}

/** Whatever was caught, as an AppError: our own as it is, anything else as a bug with its text kept in `detail`. */
export function toAppError(caught: unknown): AppError {
  if (caught instanceof AppFailure) return caught.error;
  return {
    code: 'bug',
    title: 'Deskside met something it did not expect',
    text: 'Nothing was lost. Try again; if it happens again, please report it with the detail below.',
    action: { kind: 'retry', label: 'Try again' },
    detail: caught instanceof Error ? `${caught.name}: ${caught.message}`.slice(0, 300) : String(caught).slice(0, 300),
  };
}

/** The answer of every call between contexts: errors don't survive structured cloning, values do. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };
