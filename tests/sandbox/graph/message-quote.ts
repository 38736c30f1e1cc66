import type { ChatRecord, MemberRecord } from '../tenant/chat-records.ts';
import { messageById } from '../tenant/message-order.ts';
import { quoteOf } from '../tenant/quotes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { badRequest, notFound } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';
import { type Content, readContent } from './message-content.ts';

const MAX_QUOTES = 10;

/**
 * The message that replyWithQuote makes (chatmessage-replywithquote.md): the quotes as attachments above the reply, all
 * as HTML. At most ten messages, each of them one that the caller can see.
 */
export function readReply(given: JsonObject, tenant: Tenant, chat: ChatRecord, member: MemberRecord): Content {
  checkProperties(given, 'microsoft.graph.replyWithQuote', ['messageIds', 'replyMessage']);
  const ids = asArray(given.messageIds, 'messageIds').map((id) => asString(id, 'messageIds'));
  if (ids.length === 0) throw badRequest("'messageIds' must name at least one message.");
  if (ids.length > MAX_QUOTES)
    throw badRequest(`At most ${MAX_QUOTES} messages can be quoted; ${ids.length} were given.`);
  if (new Set(ids).size !== ids.length) throw badRequest("'messageIds' names a message twice.");
  for (const id of ids) {
    const quoted = messageById(chat.messages, id);
    if (!quoted || quoted.createdAt < member.historyFrom)
      throw notFound(`NotFound: no message with id '${id}' in the chat.`);
    if (quoted.event || quoted.deletedAt !== null) throw badRequest(`The message '${id}' cannot be quoted.`);
  }
  const reply = readContent(asObject(given.replyMessage, 'replyMessage'), chat);
  const tags = ids.map((id) => `<attachment id="${id}"></attachment>`).join('\n');
  const text = reply.contentType === 'html' ? reply.content : escaped(reply.content);
  return {
    ...reply,
    contentType: 'html',
    content: `<p></p>\n${tags}\n${text}\n<p></p>`,
    attachments: [...ids.map((id) => quoteOf(tenant.directory, chat, id)), ...reply.attachments],
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
