import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import { type Attachment, readAttachment } from './attachments.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { readHosted } from './hosted-write.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';
import { checkMentions, readMention } from './mentions.ts';
import { rewriteHtml } from './rewrite-html.ts';

const PROPERTIES = [
  'body',
  'mentions',
  'attachments',
  'hostedContents',
  'importance',
  'subject',
  'locale',
  'summary',
  'messageType',
];
const MAX_BYTES = 28 * 1024;

export type Content = Pick<
  MessageRecord,
  'content' | 'contentType' | 'mentions' | 'attachments' | 'hosted' | 'importance' | 'subject'
>;

/**
 * What a new message carries (chatmessage-post.md), checked, and rewritten as Teams stores it. The URLs of its images
 * still want the message's own (hosted.ts).
 *
 * @param chat whose messages can be quoted
 */
export function readContent(given: JsonObject, chat?: ChatRecord): Content {
  checkProperties(given, 'microsoft.graph.chatMessage', PROPERTIES);
  const body = asObject(given.body, 'body');
  checkProperties(body, 'microsoft.graph.itemBody', ['content', 'contentType']);
  const content = asString(body.content, 'body/content');
  const contentType = body.contentType ?? 'text';
  if (contentType !== 'text' && contentType !== 'html')
    throw badRequest(`Invalid body content type '${String(contentType)}'.`);
  const mentions = listOf(given, 'mentions').map(readMention);
  const attachments = listOf(given, 'attachments').map((attachment) => readAttachment(attachment, chat));
  if (content.trim() === '' && attachments.length === 0)
    throw badRequest('Missing body content: a message cannot be empty.');
  // Roughly what Teams counts: the text with its mentions and cards.
  const size = Buffer.byteLength(content) + Buffer.byteLength(JSON.stringify([mentions, attachments]));
  if (size > MAX_BYTES)
    throw new GraphError(413, 'RequestEntityTooLarge', 'The message is too large: at most about 28 KB are allowed.');
  checkMentions(content, contentType, mentions);
  checkTags(content, contentType, attachments);
  if (given.messageType !== undefined && given.messageType !== 'message')
    throw badRequest(`Invalid message type '${String(given.messageType)}'.`);
  const html = contentType === 'html';
  const { hosted, rename } = readHosted(given.hostedContents, [
    ...(html ? [content] : []),
    ...attachments.map((attachment) => attachment.content ?? ''),
  ]);
  return {
    content: html ? rewriteHtml(rename(content)) : content,
    contentType,
    mentions,
    attachments: attachments.map((one) => ({ ...one, content: one.content ? rename(one.content) : null })),
    hosted,
    importance: readImportance(given.importance),
    subject: given.subject === undefined || given.subject === null ? null : asString(given.subject, 'subject'),
  };
}

/** Each attachment has its tag in the HTML, and each tag its attachment. */
function checkTags(content: string, contentType: string, attachments: Attachment[]): void {
  if (contentType !== 'html') {
    if (attachments.length > 0) throw badRequest('Attachments need a body of content type html.');
    return;
  }
  const ids = attachments.map(({ id }) => id ?? '');
  if (new Set(ids).size !== ids.length) throw badRequest('The ids of attachments must be unique.');
  for (const id of ids) {
    if (!content.includes(`<attachment id="${id}">`))
      throw badRequest(`The body has no <attachment> tag with the id '${id}'.`);
  }
  for (const [, id = ''] of content.matchAll(/<attachment id="([^"]*)">/g)) {
    if (!ids.includes(id))
      throw badRequest(`The body's <attachment> tag names '${id}', which is not in 'attachments'.`);
  }
}

function listOf(given: JsonObject, name: string): unknown[] {
  return given[name] === undefined ? [] : asArray(given[name], name);
}

function readImportance(value: unknown): MessageRecord['importance'] {
  if (value === undefined) return 'normal';
  if (value === 'normal' || value === 'high' || value === 'urgent') return value;
  throw badRequest(`Invalid importance '${String(value)}'.`);
}
