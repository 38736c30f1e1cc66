import type { GraphContext } from './env.ts';
import { forbidden, GraphError } from './graph-error.ts';

/** Teams' calls: 403 that names what would do and what the token has. */
export function needScope(c: GraphContext, ...oneOf: string[]): void {
  const scopes = c.get('scopes');
  if (oneOf.some((scope) => scopes.has(scope))) return;
  const has = [...scopes].join(', ');
  throw forbidden(
    `Missing scope permissions on the request. API requires one of '${oneOf.join(', ')}'. Scopes on the request '${has}'`,
  );
}

/** The directory's calls say less. */
export function needDirectoryScope(c: GraphContext, ...oneOf: string[]): void {
  const scopes = c.get('scopes');
  if (!oneOf.some((scope) => scopes.has(scope))) throw insufficientPrivileges();
}

export const insufficientPrivileges = () =>
  new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** Reads that show who is in which chat, and no word of what is said there. */
export const CHAT_BASIC = ['Chat.ReadBasic', 'Chat.Read', 'Chat.ReadWrite'];
/** Reads of messages. */
export const CHAT_READ = ['Chat.Read', 'Chat.ReadWrite'];

export const mayReadMessages = (c: GraphContext): boolean => CHAT_READ.some((scope) => c.get('scopes').has(scope));
