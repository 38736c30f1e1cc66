import { AppFailure, type ErrorCode } from '../model/errors.ts';

/** A refusal by Graph, with what it said; `said` stays in this folder, since it may hold names. */
export class GraphRefusal extends AppFailure {
  readonly status: number;
  readonly said: string;
  constructor(error: AppFailure['error'], status: number, said: string) {
    super(error);
    this.status = status;
    this.said = said;
  }
}

/** A path relative to the version and the method: what was asked. */
export interface Asked {
  method: string;
  path: string;
}

/**
 * A Graph answer that is no success, as an error a person can act on.
 * Body: `{error:{code,message,innerError:{'request-id'}}}`; source: Graph documentation, "Error responses".
 */
export function refusal(status: number, body: unknown, asked: Asked, retryAfter: number | null = null): GraphRefusal {
  const error = (
    (body ?? {}) as { error?: { code?: unknown; message?: unknown; innerError?: Record<string, unknown> } }
  ).error;
  const code = typeof error?.code === 'string' ? error.code : '';
  const said = typeof error?.message === 'string' ? error.message : '';
  const id = error?.innerError?.['request-id'];
  const detail = [status, code, typeof id === 'string' ? `request-id ${id}` : ''].filter(Boolean).join(' ');
  const kind = kindOf(status, `${code} ${said}`, asked);
  const after = retryAfter === null ? {} : { retryAfter };
  const sentence = kind === 'not-a-member' && /^\/?teams\//.test(asked.path) ? NOT_IN_CHANNEL : SENTENCES[kind];
  return new GraphRefusal({ ...sentence, code: kind, detail, ...after }, status, said);
}

export function throttled(seconds: number): AppFailure {
  return new AppFailure({ code: 'throttled', ...SENTENCES.throttled, retryAfter: seconds });
}

export function offline(cause: unknown): AppFailure {
  return new AppFailure({ code: 'offline', ...SENTENCES.offline }, { cause });
}

/** A write whose answer never came: it may have happened. Never repeated by itself. */
export function outcomeUnknown(detail: string, cause?: unknown): AppFailure {
  return new AppFailure({ code: 'outcome-unknown', ...SENTENCES['outcome-unknown'], detail }, { cause });
}

/** Graph's answer lacks what its documentation promises. */
export function strangeAnswer(detail: string): AppFailure {
  return new AppFailure({ code: 'microsoft-down', ...SENTENCES['microsoft-down'], detail });
}

/** A member whom Graph will not have in a chat; `detail` is that member's id, as it was sent. */
export function memberRefused(userId: string): AppFailure {
  return new AppFailure({
    code: 'member-refused',
    title: 'Microsoft would not take one of these people',
    text: 'They may have no Teams licence or may not be allowed in chats of your organisation. Leave them out and try again.',
    detail: userId,
  });
}

type Kind = Extract<
  ErrorCode,
  | 'signed-out'
  | 'throttled'
  | 'microsoft-down'
  | 'missing-scope'
  | 'not-a-member'
  | 'not-found'
  | 'refused-by-microsoft'
  | 'too-long'
  | 'offline'
  | 'outcome-unknown'
>;

const SCOPE =
  /missing (scope|role) permissions|requires one of|required one of|Authorization_RequestDenied|insufficient privileges to complete/i;
const POLICY = /polic|blocked|licen[cs]e|disabled|not enabled|federat|external access|information barrier/i;
const ROSTER = /AclCheckFailed|roster|not (a )?(member|participant|part)|NotAMember/i;

function kindOf(status: number, text: string, { path }: Asked): Kind {
  if (status === 401) return 'signed-out';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'microsoft-down';
  if (
    status === 413 ||
    (status === 400 && /too large|exceeds the (maximum|allowed) (size|length)|MessageSizeExceeded/i.test(text))
  )
    return 'too-long';
  if (status === 404 || status === 410) return ROSTER.test(text) ? 'not-a-member' : 'not-found';
  if (status === 403) {
    if (SCOPE.test(text)) return 'missing-scope';
    if (ROSTER.test(text)) return 'not-a-member';
    // For a chat or team one is not in, Graph often says no more than "Forbidden".
    return /^\/?(chats|teams)\/[^/?]+/.test(path) && !POLICY.test(text) ? 'not-a-member' : 'refused-by-microsoft';
  }
  return 'refused-by-microsoft';
}

const NOT_IN_CHANNEL = {
  title: 'This channel is closed to you',
  text: 'You are not in its team or channel, or it was archived. Ask somebody who is in it to add you in Teams, or choose another channel.',
} as const;

const SENTENCES: Record<Kind, Pick<AppFailure['error'], 'title' | 'text' | 'action'>> = {
  'signed-out': {
    title: 'Please sign in to Microsoft again',
    text: 'Microsoft no longer accepts this sign-in. Sign in once more; nothing you wrote is lost.',
    action: { kind: 'sign-in', label: 'Sign in' },
  },
  throttled: {
    title: 'Microsoft asks for a pause',
    text: 'Too many requests came at once. Deskside goes on by itself as soon as Microsoft allows it.',
  },
  'microsoft-down': {
    title: 'Microsoft Teams is not answering properly',
    text: 'This usually passes within minutes. Try again a little later.',
    action: { kind: 'retry', label: 'Try again' },
  },
  'missing-scope': {
    title: 'A permission is missing',
    text: 'Deskside has not been allowed to do this for you. Ask your administrator to allow it, then try again.',
  },
  'not-a-member': {
    title: 'You are not in this chat',
    text: 'Ask somebody who is in the chat to add you in Teams, then try again.',
    action: { kind: 'retry', label: 'Try again' },
  },
  'not-found': {
    title: 'Microsoft does not find this',
    text: 'It may have been deleted in Teams, or it belongs to another organisation.',
    action: { kind: 'retry', label: 'Look again' },
  },
  'refused-by-microsoft': {
    title: 'Microsoft refused this',
    text: "Your organisation's rules or licences may not allow it. Show the detail below to your administrator if it stays.",
  },
  'too-long': {
    title: 'This message is too long for Teams',
    text: 'Teams takes about 28 KB, formatting included. Shorten it or send it in parts.',
  },
  offline: {
    title: 'Microsoft cannot be reached',
    text: 'Check your connection and try again. What you wrote is kept.',
    action: { kind: 'retry', label: 'Try again' },
  },
  'outcome-unknown': {
    title: 'It is not certain that this arrived',
    text: 'The connection broke before Microsoft answered. Deskside looks whether it happened before anything is sent again.',
  },
};
