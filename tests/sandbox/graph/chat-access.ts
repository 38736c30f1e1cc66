import type { ChatRecord, MemberRecord, MessageRecord } from '../tenant/chat-records.ts';
import { messageById } from '../tenant/message-order.ts';
import type { Deps, GraphContext } from './env.ts';
import { badRequest, forbidden, notFound } from './graph-error.ts';

/** The paths under which Graph knows a person's chats. Handlers are registered for each. */
export const CHAT_ROOTS = ['/chats', '/me/chats', '/users/:user/chats'] as const;

/** The chat in the path, for its members alone: 404 where there is none, 403 for everybody else. */
export function openChat(c: GraphContext, { tenant }: Deps): { chat: ChatRecord; member: MemberRecord } {
  checkOwnPath(c);
  const id = c.req.param('chat') ?? '';
  if (!/^19:.+@(thread\.v2|unq\.gbl\.spaces|thread\.tacv2|thread\.skype)$/.test(id))
    throw badRequest(`Invalid ThreadId '${id}'.`);
  const chat = tenant.chats.get(id);
  if (!chat) throw notFound(`NotFound: no chat with id '${id}'.`);
  const member = chat.members.find((m) => m.userId === c.get('me').id);
  if (!member) throw forbidden('InsufficientPrivileges: the calling user is not a member of the chat.');
  return { chat, member };
}

/** The message in the path, as far back as this member may see. */
export function openMessage(c: GraphContext, deps: Deps): { chat: ChatRecord; message: MessageRecord } {
  const { chat, member } = openChat(c, deps);
  const id = c.req.param('message') ?? '';
  const message = messageById(chat.messages, id);
  if (!message || message.createdAt < member.historyFrom)
    throw notFound(`NotFound: no message with id '${id}' in the chat.`);
  return { chat, message };
}

/** /users/{…}/chats is one's own alone with a delegated token. */
export function checkOwnPath(c: GraphContext): void {
  const user = c.req.param('user');
  if (user === undefined) return;
  const me = c.get('me');
  if (user.toLowerCase() !== me.id && user.toLowerCase() !== me.userPrincipalName.toLowerCase()) {
    throw forbidden('The requested user does not match the user of the access token.');
  }
}
